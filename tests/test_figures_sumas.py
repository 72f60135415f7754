"""For any registry the days add up to months, quarters and years in every breakdown, and every place says the same figure."""

from collections import Counter
from datetime import date

import pytest
from contados import codigos, corregir, cubrir, hallazgo, registro, victima
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import vocabulario as v
from pipeline.figures.breakdowns import TITLES, UNITS, breakdowns
from pipeline.figures.m1 import measure
from pipeline.figures.period import figures_of
from pipeline.figures.spans import Tramos
from pipeline.periodos import parse_period

DAYS = st.sampled_from(["2023-12-31", "2024-01-01", "2024-02-29", "2024-03-31", "2024-04-01", "2024-12-31", "2025-02-28"])
FINDING = st.fixed_dictionaries(
    {
        "dia": DAYS,
        "clase": st.sampled_from([str(one) for one in v.Clase]),
        "ambito": st.sampled_from([str(one) for one in v.Ambito]),
        "estado": st.sampled_from(["validado", "detectado", "descartado"]),
        "alcaldia": st.sampled_from([None, "tlalpan", "coyoacan"]),
        "antecedente": st.integers(0, 1),
        "modalidad": st.sets(st.sampled_from([str(one) for one in v.Modalidad]), max_size=3),
        "agresion": st.sets(st.sampled_from([str(one) for one in v.Agresion]), max_size=3),
        "agresor": st.sets(st.sampled_from([str(one) for one in v.Agresor]), max_size=2),
        "gente": st.lists(st.tuples(st.sampled_from([str(one) for one in v.Genero]), st.integers(1, 4)), max_size=3),
        "corregida": st.sampled_from([None, '["censura"]', "[]"]),
    }
)
PERIODS = ("2024-01", "2024-T1", "2024-B1", "2024-S1", "2024", "12M-2024-11", "2024-02-29..2024-04-01")


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with registro(tmp_path_factory.mktemp("sumas")) as opened:
        cubrir(opened, "2023-12-31", "2024-01-02")
        cubrir(opened, "2024-12-31")
        yield opened


def write(db, given):
    lists = {name: given.pop(name) for name in ("modalidad", "agresion", "agresor")}
    people, corrected = given.pop("gente"), given.pop("corregida")
    folio = hallazgo(db, given.pop("dia"), **given)
    for name, values in lists.items():
        codigos(db, folio, name, *sorted(values))
    for gender, n in people:
        victima(db, folio, genero=gender, cantidad=n)
    if corrected:
        corregir(db, folio, "modalidad", corrected)


def added(db, keys):
    """Every breakdown's rows in every unit, added up over some periods; what waits too."""
    found = Counter()
    for period in map(parse_period, keys):
        for table in breakdowns(db, Tramos(period.inicio.isoformat(), period.fin.isoformat())):
            for row in table.renglones:
                found.update({(table.clave, row.valor, name): n for name, n in vars(row.actual).items()})
    return found


@settings(max_examples=12, deadline=None)
@given(findings=st.lists(FINDING, max_size=8))
def test_days_add_up_to_every_period_and_every_place_says_the_same(db, findings):
    db.execute("BEGIN")
    for one in findings:
        write(db, dict(one))
    daily = list(db.query("SELECT * FROM v_desglose_diario"))
    yearly = list(db.query("SELECT * FROM v_desglose_anual WHERE anio = 2024"))
    compared = {row["periodo"]: row for row in db.query("SELECT * FROM v_comparativo_anual")}
    for name in PERIODS:
        period = parse_period(name)
        found = figures_of(db, period, today=date(2026, 1, 1))
        inside = [row for row in daily if period.inicio.isoformat() <= row["dia"] <= period.fin.isoformat()]
        for table in found.desgloses:
            for unit in UNITS:
                days = Counter()
                for row in inside:
                    if row["desglose"] == table.clave and row["estado"] == "validado":
                        days[row["valor"]] += row[unit]
                assert {row.valor: getattr(row.actual, unit) for row in table.renglones if getattr(row.actual, unit)} == +days
        for key in ("clase", "alcaldia", "vinculo"):
            assert sum(row.actual.hallazgos for row in found.desglose(key).renglones) == (found.figura.registros or 0)
        assert sum(month.registros or 0 for month in found.meses) == (found.figura.registros or 0)
        assert (found.pie["registros"], found.pie["m1"]) == (found.figura.registros, found.figura.m1)
        if name in compared:
            assert (compared[name]["registros"], compared[name]["m1"]) == (found.figura.registros, found.figura.m1)
    quarters = sum(figure.registros or 0 for figure in measure(db, [parse_period(f"2024-T{n}") for n in (1, 2, 3, 4)]))
    of_year = figures_of(db, parse_period("2024"), today=date(2026, 1, 1))
    assert quarters == of_year.figura.registros
    for kind in (
        tuple(f"2024-{n:02}" for n in range(1, 13)),
        ("2024-T1", "2024-T2", "2024-T3", "2024-T4"),
        ("2024-S1", "2024-S2"),
    ):
        assert added(db, kind) == added(db, ("2024",))
    if yearly:
        read = {(table.clave, row.valor): row.actual.actos for table in of_year.desgloses for row in table.renglones}
        assert {(row["desglose"], row["valor"]): row["actos"] for row in yearly} == read
        assert {key for key, _value in read} == set(TITLES)
    db.rollback()
