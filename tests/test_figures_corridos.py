"""Half-years and the twelve months that end in each month: worked out by hand, and the same in view and command."""

from datetime import date

import pytest
from contados import cubrir, hallazgo, registro, total

from crawlers.fechas import local_day
from pipeline.figures.indicators import indicator
from pipeline.periodos import parse_period

VIEWS = ("v_indicador_semestral", "v_indicador_doce_meses")


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        yield opened


def leap_years(db):
    """Everything covered from 2022 to 10 May 2024; one registro on each day told, what never counts, and a paper month."""
    cubrir(db, "2022-01-01", "2024-05-10")
    for dia in (
        "2022-03-01", "2022-12-31", "2023-02-28", "2023-03-01", "2023-06-30", "2023-07-01", "2024-02-28", "2024-02-29",
        "2024-03-01", str(local_day("2023-01-01T05:59:59Z")), str(local_day("2024-01-01T06:00:00Z")),
    ):  # fmt: skip
        hallazgo(db, dia)
    hallazgo(db, "2024-02-29", estado="detectado")
    hallazgo(db, "2024-02-29", estado="descartado")
    hallazgo(db, "2024-02-29", antecedente=1)
    hallazgo(db, "2024-02-29", ambito="fuera")
    total(db, "2021-12", 5)


def told(db, view):
    columns = "registros, registros_anterior, anterior_comparado, m1, marcas"
    return {row[0]: row[1:] for row in db.execute(f"SELECT periodo, {columns} FROM {view}")}


def test_half_years_are_those_counted_by_hand(db):
    leap_years(db)
    assert told(db, "v_indicador_semestral") == {
        "2022-S1": (1, None, None, None, "sin línea base"),
        "2022-S2": (2, 5, 5, 40.0, "línea base incompleta; cambio de método"),
        "2023-S1": (3, 1, 1, 300.0, ""),
        "2023-S2": (1, 2, 2, 50.0, ""),
        "2024-S1": (4, 3, 2, 200.0, "parcial"),  # 30 June 2023 lies after the 10 May that is compared
    }


def test_twelve_months_are_those_counted_by_hand(db):
    leap_years(db)
    found = told(db, "v_indicador_doce_meses")
    assert {key[4:] for key in found} == {
        f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13) if (year, month) <= (2024, 5)
    }
    # March 2023 to February 2024 against March 2022 to February 2023: 29 February 2024 is in, 1 March 2022 too
    assert found["12M-2024-02"] == (6, 4, 4, 150.0, "")
    assert found["12M-2024-03"] == (6, 4, 4, 150.0, "")
    assert found["12M-2023-02"][:2] == (4, 5)
    assert found["12M-2023-12"] == (4, 3, 3, 133.3, "")
    assert found["12M-2024-01"] == (5, 3, 3, 166.7, "")
    assert found["12M-2024-05"][4] == "parcial"
    ends = db.execute("SELECT inicio, fin, comparado_fin FROM v_indicador_doce_meses WHERE periodo = '12M-2024-02'").fetchall()
    assert ends == [("2023-03-01", "2024-02-29", "2023-02-28")]
    waiting = db.execute("SELECT por_revisar, m1_provisional FROM v_indicador_doce_meses WHERE periodo = '12M-2024-02'")
    assert waiting.fetchone() == (1, 175.0)


@pytest.mark.parametrize("view", VIEWS)
def test_the_views_say_what_the_command_says(db, view):
    leap_years(db)
    for row in db.query(f"SELECT * FROM {view}"):
        record = indicator(db, parse_period(row["periodo"]), today=date(2030, 1, 1))
        assert row["marcas"] == "; ".join(record["marcas"])
        assert {key: row[key] for key in set(row) - {"marcas"}} == {key: record[key] for key in set(row) - {"marcas"}}
