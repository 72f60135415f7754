"""Every place that prints a figure prints the same one: command, files, views, pages and report, over any registry."""

import json
from contextlib import contextmanager
from datetime import date

import pytest
from contados import cubrir, registro, total
from hypothesis import given, settings
from hypothesis import strategies as st
from test_figures_sumas import FINDING, write

from pipeline.figures.breakdown_text import rows_of
from pipeline.figures.export_files import as_json
from pipeline.figures.exports import comparison_tables
from pipeline.figures.indicator_text import amount, percent, sections
from pipeline.figures.indicators import indicator
from pipeline.figures.m1 import UNCOVERED, Cuenta, Fecha, Figura, Unidad
from pipeline.pages.dashboard import read_board
from pipeline.pages.panels import panels
from pipeline.pages.period_figures import told
from pipeline.periodos import MONTHS, parse_period
from pipeline.reports.document import Tabla
from pipeline.reports.facts import gather
from pipeline.reports.report import body

TODAY = date(2026, 1, 1)
SAME = ("registros", "registros_anterior", "m1", "por_revisar", "m1_provisional")
VIEWS = {"2024-02": "v_indicador_mensual", "2024-B1": "v_indicador_bimestral", "2024-T1": "v_indicador_trimestral"}
VIEWS |= {"2024": "v_indicador_anual"}


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    """Covered here and there, one month known by a total; findings come and go."""
    with registro(tmp_path_factory.mktemp("lugares")) as opened:
        cubrir(opened, "2023-12-31", "2024-01-02")
        cubrir(opened, "2024-03-10", "2024-03-12")
        cubrir(opened, "2024-12-31")
        total(opened, "2023-02", 3)
        yield opened


def figures(record) -> dict[str, object]:
    found = vars(record) if isinstance(record, Figura) else record
    return {name: found[name] for name in SAME}


def at_the_shell(db, period, counted) -> dict[str, object]:
    found = json.loads(json.dumps(indicator(db, period, counted, today=TODAY)))
    lines = dict(sections(found)[0][1])
    assert lines["Registros del periodo"] == (UNCOVERED if found["registros"] is None else amount(found["registros"]))
    assert lines["M1"].startswith(percent(found["m1"]) if found["m1"] is not None else found["marcas"][0])
    return found


def in_the_report(db, period) -> dict[str, Tabla]:
    blocks = body(db, gather(db, period, today=TODAY))
    return {block.titulo: block for block in blocks if isinstance(block, Tabla)}


@contextmanager
def holding(db, findings):
    """The findings, taken back at the end."""
    db.execute("BEGIN")
    try:
        for one in findings:
            write(db, dict(one))
        yield
    finally:
        db.rollback()


@settings(max_examples=15, deadline=None)
@given(findings=st.lists(FINDING, max_size=8), key=st.sampled_from(list(VIEWS)))
def test_every_place_that_prints_a_figure_prints_the_same_one(db, findings, key):
    with holding(db, findings):
        period = parse_period(key)
        record = at_the_shell(db, period, Cuenta())
        expected = figures(record)
        compared = {row["periodo"]: row for row in db.query("SELECT * FROM v_comparativo_anual")}
        assert (
            figures(compared[key])
            == figures(next(db.query(f"SELECT * FROM {VIEWS[key]} WHERE periodo = ?", [key])))
            == expected
        )
        file = json.loads(as_json(comparison_tables(db, 2024, 2023)))
        rows = {row["periodo"]: row for row in file["comparativo"]}
        ours = ("registros_2024", "registros_2023", "m1", "por_revisar", "m1_provisional")
        assert dict(zip(SAME, (rows[key][name] for name in ours), strict=True)) == expected
        board = read_board(db, period, today=TODAY)
        assert figures(board.figura) == expected
        assert told(db, period, Cuenta(), TODAY).apartados == tuple(sections(record))
        report = in_the_report(db, period)
        assert list(report["Indicador 1.4 con su pie"].filas) == sections(record)[0][1]
        drawn = {row[0]: row[1:3] for row in panels(board)[0].filas}
        for number, row in enumerate(report["Registros por mes, 2023 y 2024"].filas, 1):
            month = f"2024-{number:02}"
            assert row[0] == MONTHS[number - 1].capitalize()
            if month <= period.fin.isoformat()[:7]:
                assert drawn[month] == (row[2], row[1])
                assert [rows[month][name] for name in ours[:2]] == [
                    None if cell == UNCOVERED else cell for cell in (row[2], row[1])
                ]
        if not board.figura.sin_cobertura:
            for table in board.desgloses.values():
                printed = report[f"Registros {table.titulo[0].lower()}{table.titulo[1:]}"].filas
                assert [row[1] for row in printed] == [row["hallazgos"] for row in rows_of(table)]
                if key == "2024":
                    yearly = [row["hallazgos"] for row in file["desgloses"] if row["desglose"] == table.clave]
                    assert yearly == [row["hallazgos"] for row in rows_of(table)]


@settings(max_examples=15, deadline=None)
@given(
    findings=st.lists(FINDING, max_size=8),
    fecha=st.sampled_from(list(Fecha)),
    unidad=st.sampled_from(list(Unidad)),
    key=st.sampled_from(["2024-02", "2024", "2024-02-29..2024-04-01"]),
)
def test_the_pages_count_in_any_unit_by_any_date_what_the_command_counts(db, findings, fecha, unidad, key):
    with holding(db, findings):
        period, counted = parse_period(key), Cuenta(fecha, unidad)
        record = at_the_shell(db, period, counted)
        board = read_board(db, period, counted, today=TODAY)
        assert figures(board.figura) == figures(record)
        assert told(db, period, counted, TODAY).apartados == tuple(sections(record))
        months = {row[0]: row[1] for row in panels(board)[0].filas}
        for month, printed in months.items():
            one = at_the_shell(db, parse_period(month), counted)["registros"]
            assert printed == (UNCOVERED if one is None else one)
        for name, column in (("clase", counted.column), ("alcaldia", counted.column)):
            assert sum(getattr(row.actual, column) for row in board.desgloses[name].renglones) == (record["registros"] or 0)
