"""The year before beside M1: the whole period always, and the stretch that M1 divides by, worked out by hand."""

import re
from datetime import date, timedelta

import pytest
from contados import cubrir, hallazgo, registro, total
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.figures.indicator_text import as_table, gaps, listed
from pipeline.figures.indicators import indicator
from pipeline.figures.m1 import MARKS, Cuenta, measure
from pipeline.periodos import parse_period
from pipeline.views import FOLDER

DAYS = [(date(2024, 1, 1) + timedelta(days=n)).isoformat() for n in range(366)]
MONTHS = [f"2024-{n:02}" for n in range(1, 13)]
LONGER = [f"2024{part}" for part in ("", "-S1", "-S2", *(f"-T{n}" for n in range(1, 5)), *(f"-B{n}" for n in range(1, 7)))]


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        yield opened


def figure(db, period, **cuenta):
    return measure(db, [parse_period(period)], Cuenta(**cuenta))[0]


def lines(db, period):
    text = as_table(indicator(db, parse_period(period), today=date(2030, 1, 1)))
    return {line.split("  ")[0]: line.split("  ")[-1].strip() for line in text.splitlines() if "  " in line}


def monitor_began_in_november(db):
    """Twelve totals of 2025 (each its month's number: 78 in all); one covered day, 30 November 2026, with four registros."""
    for month in range(1, 13):
        total(db, f"2025-{month:02}", month)
    cubrir(db, "2026-11-30")
    for _ in range(4):
        hallazgo(db, "2026-11-30")


@pytest.mark.parametrize(
    ("period", "before", "compared"),
    [
        ("2026-01", 1, None),
        ("2026-09", 9, None),
        ("2026-T1", 1 + 2 + 3, None),
        ("2026-11", 11, 11),
        ("2026-12", 12, None),
        ("2026-B6", 11 + 12, 11),
        ("2026-T4", 10 + 11 + 12, 10 + 11),
        ("2026-S2", 7 + 8 + 9 + 10 + 11 + 12, 7 + 8 + 9 + 10 + 11),
        ("2026", 78, 66),
    ],
)
def test_the_whole_year_before_is_told_though_less_or_nothing_is_compared(db, period, before, compared):
    monitor_began_in_november(db)
    found = figure(db, period)
    assert (found.registros_anterior, found.anterior_comparado) == (before, compared)
    assert found.diferencia == (None if compared is None else 4 - compared)
    assert found.m1 == (None if compared is None else round(400 / compared, 1))
    assert bool({"no calculable", "sin cobertura"} & set(found.marcas)) == (compared is None)


def test_the_views_tell_both_figures(db):
    monitor_began_in_november(db)
    rows = {r["periodo"]: r for r in db.query("SELECT * FROM v_comparativo_anual")}
    keys = ("registros_anterior", "registros_comparados", "anterior_comparado", "diferencia")
    assert [rows["2026"][key] for key in keys] == [78, 4, 66, -62]
    year = next(db.query("SELECT * FROM v_indicador_anual"))
    assert (year["registros_anterior"], year["anterior_comparado"]) == (78, 66)


def test_the_text_tells_the_compared_stretch_only_where_it_is_another(db):
    monitor_began_in_november(db)
    november, quarter, september = lines(db, "2026-11"), lines(db, "2026-T4"), lines(db, "2026-09")
    assert november["Registros del año anterior"] == "11 (2025-11-01 a 2025-11-30), de cifras importadas"
    assert quarter["Registros del año anterior"] == "33 (2025-10-01 a 2025-12-31)"
    assert quarter["Registros comparados"] == "4 (2026-10-01 a 2026-11-30)"
    assert quarter["Registros comparados, año anterior"] == "21 (2025-10-01 a 2025-11-30), de cifras importadas"
    assert quarter["M1"] == "19.0 % = 4 ÷ 21 × 100"
    assert (september["M1"], september["Registros del año anterior"]) == ("sin cobertura", "9 (2025-09-01 a 2025-09-30)")
    assert not [name for name in (*november, *september) if "comparados" in name]


def test_the_text_explains_marks_and_what_is_missing(db):
    monitor_began_in_november(db)
    text = as_table(indicator(db, parse_period("2026-T4"), today=date(2026, 11, 30)))
    assert "cambio de método: se comparan cifras importadas con las del monitoreo" in text
    assert "El último día del periodo con cifras es el 2026-11-30; se compara hasta el 2025-11-30." in text
    assert "60 de los 61 días comparados no tienen cobertura" in text
    assert "4 (año anterior sin desglose, por revisar 0)" in text
    assert "no calculable: los totales importados no dicen de qué fuentes salen" in text
    ahead = indicator(db, parse_period("2026-12"), today=date(2026, 11, 30))
    assert (ahead["fuentes_sin_lectura"], ahead["dias_sin_cobertura"]["periodo"]) == ([], [])
    days = lines(db, "2026-11-15..2026-11-30")
    assert (days["Periodo"], days["Registros del año anterior"]) == ("del 2026-11-15 al 2026-11-30", "—")


def test_every_mark_of_the_rule_is_explained():
    rule = (FOLDER / "partes" / "regla_m1.sql").read_text("utf-8")
    assert set(re.findall(r"'; ([^']+)'", rule)) == set(MARKS)


def test_own_days_of_the_year_before_are_told_whole(db):
    cubrir(db, "2025-05-01", "2025-05-31")
    for dia in ("2025-05-11", "2025-05-12", "2025-05-31"):
        hallazgo(db, dia)
    cubrir(db, "2026-05-01", "2026-05-10")
    hallazgo(db, "2026-05-01")
    found = figure(db, "2026-05")
    assert (found.registros_anterior, found.anterior_comparado, found.diferencia, found.m1) == (3, 0, 1, None)
    assert found.marcas == ("sin línea base", "parcial")


def test_of_a_year_before_without_any_figure_nothing_is_told(db):
    cubrir(db, "2026-05-01", "2026-05-31")
    hallazgo(db, "2026-05-01")
    found = figure(db, "2026-05")
    assert (found.registros_anterior, found.anterior_comparado, found.diferencia) == (None, None, None)
    total(db, "2025-06", 6)
    assert figure(db, "2026-B3").registros_anterior == 6
    assert figure(db, "2026-05-10..2026-06-20").registros_anterior is None


def test_the_month_of_february_on_paper_is_not_compared_by_28_of_29_days(db):
    total(db, "2023-02", 28)
    cubrir(db, "2024-02-01", "2024-02-28")
    hallazgo(db, "2024-02-10")
    assert (figure(db, "2024-02").registros_anterior, figure(db, "2024-02").marcas) == (28, ("no calculable", "parcial"))
    cubrir(db, "2024-02-29")
    assert figure(db, "2024-02").m1 == round(100 / 28, 1)


def known(figures, keys):
    return sum(figures[key].registros_anterior or 0 for key in keys)


def hold(figures):
    """Months add up to everything longer, and what is compared lies within the whole."""
    for count, letter in ((2, "B"), (3, "T"), (6, "S")):
        for n in range(12 // count):
            assert known(figures, [f"2024-{letter}{n + 1}"]) == known(figures, MONTHS[n * count : (n + 1) * count])
    assert known(figures, ["2024"]) == known(figures, MONTHS)
    for found in figures.values():
        assert (found.anterior_comparado or 0) <= (found.registros_anterior or 0)
        assert (found.registros_comparados or 0) <= (found.registros or 0)
        if found.fin == found.hasta and found.anterior_inicio == found.comparado_inicio:
            assert found.anterior_comparado == found.registros_anterior


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.dates(date(2022, 12, 25), date(2024, 12, 31)), max_size=25),
    st.lists(st.dates(date(2023, 1, 1), date(2024, 12, 31)), max_size=4),
)
def test_days_of_the_year_before_add_up(tmp_path_factory, found, covered):
    with registro(tmp_path_factory.mktemp("suma")) as db:
        for day in found:
            hallazgo(db, day.isoformat())
        for day in covered:
            cubrir(db, day.isoformat())
        keys = [*DAYS, *MONTHS, *LONGER]
        figures = {f.periodo: f for f in measure(db, [parse_period(key) for key in keys])}
    hold(figures)
    for month in MONTHS:  # 29 February alone is compared with the 28th, which stands there already
        assert known(figures, [month]) == known(figures, [day for day in DAYS if day[:7] == month and day != "2024-02-29"])
    assert known(figures, ["2024"]) == sum(day.year == 2023 for day in found)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.tuples(st.sampled_from([2023, 2024]), st.integers(1, 12)), st.integers(0, 9), max_size=24),
    st.lists(st.dates(date(2023, 1, 1), date(2024, 12, 31)), max_size=6),
    st.lists(st.dates(date(2023, 1, 1), date(2024, 12, 31)), max_size=6),
)
def test_totals_of_the_year_before_add_up(tmp_path_factory, totals, found, covered):
    with registro(tmp_path_factory.mktemp("suma")) as db:
        for (year, month), cuantos in totals.items():
            total(db, f"{year}-{month:02}", cuantos)
        for day in found:
            hallazgo(db, day.isoformat())
        for day in covered:
            cubrir(db, day.isoformat())
        figures = {f.periodo: f for f in measure(db, [parse_period(key) for key in (*MONTHS, *LONGER)])}
    hold(figures)
    own = {day.isoformat()[:7] for day in (*found, *covered)}
    paper = sum(cuantos for (year, month), cuantos in totals.items() if year == 2023 and f"{year}-{month:02}" not in own)
    assert known(figures, ["2024"]) == paper + sum(day.year == 2023 for day in found)


def test_a_long_list_of_days_stays_short():
    alternate = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29, 2)]
    assert gaps(alternate) == "168 días: 2026-01-01, 2026-01-03, 2026-01-05, 2026-01-07 y 164 más"
    assert gaps(["2026-01-01..2026-12-30"]) == "364 días: 2026-01-01 a 2026-12-30"
    assert (gaps([]), gaps(["2026-05-21"])) == ("ninguno", "1 día: 2026-05-21")
    assert (listed([], "ninguna"), listed(["faro", "voz"], "ninguna")) == ("ninguna", "faro, voz")
