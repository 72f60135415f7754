"""The rows beside M1, the three ámbitos and what stands outside: in the view and in the command the same, and adding up."""

from datetime import date

import pytest
from contados import cubrir, hallazgo, registro, total

from nlp.vocabulario import Ambito
from pipeline.figures.indicators import AMBITOS, OUTSIDE, indicator
from pipeline.periodos import parse_period


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        yield opened


def two_years(db):
    """The first quarters of 2025 and 2026 watched, April 2025 only a total on paper, and rows of every kind."""
    for year in (2025, 2026):
        cubrir(db, f"{year}-01-01", f"{year}-03-31")
    total(db, "2025-04", 4)
    cubrir(db, "2026-04-01", "2026-04-30")
    hallazgo(db, "2025-01-31")
    hallazgo(db, "2025-02-01", estado="descartado")
    for dia, ambito in (
        ("2026-01-01", "hecho_en_cdmx"),
        ("2026-01-31", "hecho_en_cdmx"),
        ("2026-02-28", "persona_en_cdmx"),
        ("2026-03-31", "a_distancia_cdmx"),
        ("2026-04-01", "persona_en_cdmx"),
    ):
        hallazgo(db, dia, ambito=ambito)
    hallazgo(db, "2026-02-01", ambito="hecho_en_cdmx", estado="detectado")
    hallazgo(db, "2026-03-01", ambito="por_determinar", estado="detectado")
    hallazgo(db, "2026-01-20", ambito="fuera")
    hallazgo(db, "2026-01-20", antecedente=1)


def test_the_rows_of_the_view_are_those_of_the_command_and_add_up(db):
    two_years(db)
    found = {}
    for row in db.query("SELECT * FROM v_indicador_ambito"):
        found.setdefault(row["periodo"], {})[row["renglon"]] = (row["validados"], row["por_revisar"])
    figures = {row["periodo"]: row for row in db.query("SELECT * FROM v_comparativo_anual")}
    assert list(found) == list(figures)
    for period, lines in found.items():
        record = indicator(db, parse_period(period), today=date(2030, 1, 1))
        told = {name: (row["registros"], row["por_revisar"]) for name, row in record["ambitos"].items()}
        told |= {name: (row["validados"], row["por_revisar"]) for name, row in record["fuera_de_m1"].items()}
        assert list(lines.items()) == [(name, told[name]) for name in (*AMBITOS, *OUTSIDE)], period
        assert sum(lines[name][1] for name in AMBITOS) == figures[period]["por_revisar"]
        apart = [lines[name][0] for name in AMBITOS]
        if period in ON_PAPER:
            assert (apart, figures[period]["registros"] >= 4) == ([None] * 3, True)
        elif figures[period]["marcas"] == "sin cobertura":
            assert (apart, figures[period]["registros"]) == ([None] * 3, None), period
        else:
            assert sum(apart) == figures[period]["registros"], period


# the periods that hold April 2025, a total that tells no ámbito
ON_PAPER = {"2025-04", "2025-B2", "2025-T2", "2025-S1", "2025"}


def test_the_rows_are_those_counted_by_hand(db):
    two_years(db)
    rows = db.query("SELECT renglon, validados, por_revisar FROM v_indicador_ambito WHERE periodo = '2026-T1'")
    assert [tuple(row.values()) for row in rows] == [
        ("hecho_en_cdmx", 2, 1),
        ("persona_en_cdmx", 1, 0),
        ("a_distancia_cdmx", 1, 0),
        ("por_determinar", 0, 1),
        ("fuera", 1, 0),
        ("antecedente", 1, 0),
    ]


def test_the_rows_that_count_are_those_of_the_count(db):
    for ambito in Ambito:
        hallazgo(db, "2026-05-03", ambito=ambito.value)
    hallazgo(db, "2026-05-03", antecedente=1)
    counted = {row["renglon"]: row["cuenta"] for row in db.query("SELECT renglon, cuenta FROM v_conteo")}
    assert {row["renglon"]: row["cuenta"] for row in db.query("SELECT renglon, cuenta FROM v_indicador_ambito")} == counted
    assert sorted(name for name, counts in counted.items() if counts) == sorted(AMBITOS)
