"""M1 with its footing, against registries whose counts are worked out by hand."""

import json
from datetime import date, timedelta

import pytest
from contados import acto, corregir, cubrir, hallazgo, registro, total, victima
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawlers.fechas import local_day
from pipeline.figures.indicator_text import as_csv, as_table
from pipeline.figures.indicators import as_json, indicator
from pipeline.figures.m1 import Cuenta, Fecha, Unidad, measure
from pipeline.periodos import parse_period, same_period_year_before

LATER = date(2030, 1, 1)


@pytest.fixture
def db(tmp_path):
    with registro(tmp_path) as opened:
        yield opened


def shown(db, period, today=LATER, **cuenta):
    return indicator(db, parse_period(period), Cuenta(**cuenta), today=today)


def figure(db, period, **cuenta):
    return measure(db, [parse_period(period)], Cuenta(**cuenta))[0]


def two_quarters(db):
    """First quarters of 2025 (four registros) and 2026 (six), every day covered; the rest never counts as a registro."""
    cubrir(db, "2025-01-01", "2025-03-31")
    cubrir(db, "2026-01-01", "2026-03-31")
    for dia in ("2025-01-01", "2025-01-31", "2025-02-10", "2025-03-31"):
        hallazgo(db, dia)
    hallazgo(db, "2025-01-15", estado="descartado")
    for dia in ("2026-01-01", "2026-01-02", "2026-02-28", "2026-03-01", "2026-03-15", "2026-03-31"):
        hallazgo(db, dia)
    first = hallazgo(db, "2026-01-20", estado="detectado")
    hallazgo(db, "2026-02-20", estado="detectado")
    hallazgo(db, "2026-01-20", estado="fusionado", fusionado_en=first)
    hallazgo(db, "2026-01-20", estado="descartado")
    hallazgo(db, "2026-01-20", antecedente=1)
    hallazgo(db, "2026-01-20", ambito="fuera")
    hallazgo(db, "2026-01-20", ambito="por_determinar", estado="detectado")
    hallazgo(db, "2026-04-01")


def test_m1_and_its_footing(db):
    two_quarters(db)
    record = shown(db, "2026-T1")
    keys = ("registros", "registros_anterior", "registros_comparados", "anterior_comparado", "diferencia", "m1")
    assert {key: record[key] for key in keys} == {
        "registros": 6,
        "registros_anterior": 4,
        "registros_comparados": 6,
        "anterior_comparado": 4,
        "diferencia": 2,
        "m1": 150.0,
    }
    assert (record["por_revisar"], record["m1_provisional"], record["marcas"]) == (2, 200.0, [])
    assert (record["inicio"], record["fin"]) == ("2026-01-01", "2026-03-31")
    assert (record["comparado_inicio"], record["comparado_fin"]) == ("2025-01-01", "2025-03-31")
    assert (record["anterior_inicio"], record["anterior_fin"]) == ("2025-01-01", "2025-03-31")
    assert record["base"] == "monitoreo"


def test_what_stands_outside_m1(db):
    two_quarters(db)
    rows = shown(db, "2026-T1")["fuera_de_m1"]
    assert rows == {
        "por_determinar": {"validados": 0, "por_revisar": 1},
        "fuera": {"validados": 1, "por_revisar": 0},
        "antecedente": {"validados": 1, "por_revisar": 0},
        "sin_fecha": {"validados": 0, "por_revisar": 0},
    }


def test_the_three_ambitos_apart_add_up(db):
    cubrir(db, "2025-05-01", "2025-05-31")
    cubrir(db, "2026-05-01", "2026-05-10")
    for dia in ("2025-05-03", "2025-05-30"):
        hallazgo(db, dia, ambito="persona_en_cdmx")
    for ambito in ("hecho_en_cdmx", "hecho_en_cdmx", "a_distancia_cdmx"):
        hallazgo(db, "2026-05-03", ambito=ambito)
    hallazgo(db, "2026-05-03", ambito="persona_en_cdmx", estado="detectado")
    record = shown(db, "2026-05")
    keys = ("registros", "registros_anterior", "registros_comparados", "anterior_comparado", "por_revisar")
    assert {name: tuple(row[key] for key in keys) for name, row in record["ambitos"].items()} == {
        "hecho_en_cdmx": (2, 0, 2, 0, 0),
        "persona_en_cdmx": (0, 2, 0, 1, 1),
        "a_distancia_cdmx": (1, 0, 1, 0, 0),
    }
    assert [sum(row[key] for row in record["ambitos"].values()) for key in keys] == [record[key] for key in keys]
    assert "0 (año anterior 2, por revisar 1; se comparan 0 con 1)" in as_table(record)


def test_months_that_are_only_a_total_have_no_ambitos(db):
    total(db, "2025-05", 3)
    cubrir(db, "2026-05-01", "2026-05-31")
    record = shown(db, "2025-05")
    assert (record["registros"], record["ambitos"]["hecho_en_cdmx"]["registros"]) == (3, None)


def test_the_day_is_mexico_citys_at_the_turn_of_the_year(db):
    cubrir(db, "2024-12-01", "2025-01-31")
    cubrir(db, "2025-12-01", "2026-01-31")
    hallazgo(db, "2024-12-31")
    hallazgo(db, "2025-01-01")
    hallazgo(db, str(local_day("2026-01-01T05:59:59Z")))  # 23:59 of 31 December in Mexico City
    hallazgo(db, str(local_day("2026-01-01T06:00:00Z")))
    assert [figure(db, p).registros for p in ("2025-12", "2026-01", "2025-12-31", "2026-01-01")] == [1, 1, 1, 1]
    assert figure(db, "2026-01").m1 == 100.0


def test_29_february_stands_within_its_month(db):
    cubrir(db, "2023-02-01", "2025-02-28")
    for dia in ("2023-02-28", "2024-02-28", "2024-02-29", "2025-02-28"):
        hallazgo(db, dia)
    february = figure(db, "2025-02")
    assert (february.registros_anterior, february.m1, february.comparado_fin) == (2, 50.0, "2024-02-29")
    leap = figure(db, "2024-02")
    assert (leap.registros, leap.registros_anterior, leap.comparado_fin) == (2, 1, "2023-02-28")
    as_end = figure(db, "2024-02-20..2024-02-29")
    assert (as_end.comparado_fin, as_end.registros_anterior) == ("2023-02-28", 1)
    part = figure(db, "2025-02-20..2025-02-28")
    assert (part.comparado_fin, part.registros_anterior) == ("2024-02-28", 1)


def test_a_partial_period_meets_the_same_days(db):
    cubrir(db, "2025-01-01", "2025-12-31")
    cubrir(db, "2026-01-01", "2026-05-10")
    for dia in ("2025-05-02", "2025-05-10", "2025-05-11", "2025-05-30"):
        hallazgo(db, dia)
    hallazgo(db, "2026-05-02")
    record = shown(db, "2026-05")
    assert record["marcas"] == ["parcial"]
    assert (record["corte"], record["comparado_fin"]) == ("2026-05-10", "2025-05-10")
    assert (record["registros"], record["registros_anterior"], record["anterior_comparado"], record["m1"]) == (1, 4, 2, 50.0)
    assert (record["anterior_inicio"], record["anterior_fin"]) == ("2025-05-01", "2025-05-31")
    assert record["diferencia"] == 1 - 2
    assert any("2026-05-10" in line for line in record["avisos"])


def test_what_was_registered_after_the_last_covered_day_is_named_but_not_compared(db):
    cubrir(db, "2025-05-01", "2025-05-31")
    cubrir(db, "2026-05-01", "2026-05-10")
    hallazgo(db, "2025-05-05")
    hallazgo(db, "2026-05-05")
    hallazgo(db, "2026-05-11", origen="manual")
    record = shown(db, "2026-05")
    assert (record["registros"], record["registros_comparados"], record["m1"]) == (2, 1, 100.0)


def test_a_gap_inside_the_period_is_named_and_does_not_cut_it(db):
    cubrir(db, "2025-05-01", "2025-05-31")
    cubrir(db, "2026-05-01", "2026-05-09")
    cubrir(db, "2026-05-12", "2026-05-20")
    cubrir(db, "2026-05-22", "2026-05-31")
    hallazgo(db, "2025-05-05")
    hallazgo(db, "2026-05-05")
    record = shown(db, "2026-05")
    assert record["marcas"] == ["cobertura incompleta"]
    assert record["dias_sin_cobertura"] == {"periodo": ["2026-05-10..2026-05-11", "2026-05-21"], "anterior": []}


def test_days_to_come_are_no_gap(db):
    cubrir(db, "2026-05-01", "2026-05-09")
    record = shown(db, "2026-05", today=date(2026, 5, 10))
    assert record["dias_sin_cobertura"]["periodo"] == ["2026-05-10"]
    assert record["dias_sin_cobertura"]["anterior"] == ["2025-05-01..2025-05-31"]
    ahead = shown(db, "2027-05", today=date(2026, 5, 10))
    assert ahead["dias_sin_cobertura"] == {"periodo": [], "anterior": ["2026-05-10"]}


def test_a_clock_that_is_behind_the_registry_hides_no_gap(db):
    cubrir(db, "2026-05-03", "2026-05-20")
    record = shown(db, "2026-05", today=date(2026, 4, 1))
    assert record["dias_sin_cobertura"]["periodo"] == ["2026-05-01..2026-05-02"]
    assert record["fuentes_sin_lectura"] == []


@pytest.mark.parametrize("covered", [True, False])
def test_without_baseline_m1_is_undefined_never_zero(db, covered):
    if covered:
        cubrir(db, "2025-05-01", "2025-05-31")
    cubrir(db, "2026-05-01", "2026-05-31")
    hallazgo(db, "2026-05-05")
    record = shown(db, "2026-05")
    assert (record["m1"], record["m1_provisional"], record["marcas"]) == (None, None, ["sin línea base"])
    assert record["registros_anterior"] == (0 if covered else None)
    assert record["ambitos"]["hecho_en_cdmx"]["registros_anterior"] == (0 if covered else None)


def test_a_baseline_covered_in_part_says_so(db):
    cubrir(db, "2025-05-11", "2025-05-31")
    cubrir(db, "2026-05-01", "2026-05-31")
    hallazgo(db, "2025-05-20")
    hallazgo(db, "2026-05-20")
    record = shown(db, "2026-05")
    assert (record["m1"], record["marcas"]) == (100.0, ["línea base incompleta"])
    assert figure(db, "2026-05-11..2026-05-31").marcas == ()


def test_imported_totals_that_lack_a_month_are_an_incomplete_baseline(db):
    total(db, "2025-04", 3)
    total(db, "2025-06", 1)
    cubrir(db, "2026-04-01", "2026-06-30")
    hallazgo(db, "2026-04-20")
    quarter = figure(db, "2026-T2")
    assert quarter.marcas == ("línea base incompleta", "cambio de método")
    assert (quarter.registros_anterior, quarter.m1, quarter.base) == (4, 25.0, "mixta")


def test_imported_against_machine_is_a_change_of_method(db):
    for mes, cuantos in (("2025-04", 3), ("2025-05", 0), ("2025-06", 2)):
        total(db, mes, cuantos)
    cubrir(db, "2026-04-01", "2026-06-30")
    for dia in ("2026-04-01", "2026-05-01", "2026-06-30"):
        hallazgo(db, dia)
    quarter = figure(db, "2026-T2")
    assert (quarter.registros_anterior, quarter.m1, quarter.base, quarter.marcas) == (
        5,
        60.0,
        "importada",
        ("cambio de método",),
    )
    may = figure(db, "2026-05")
    assert (may.registros_anterior, may.m1, may.marcas) == (0, None, ("sin línea base",))
    record = shown(db, "2026-T2")
    assert record["canasta_comun"]["marca"] == "no calculable"
    assert record["ambitos"]["hecho_en_cdmx"]["registros_anterior"] is None


def test_against_imported_totals_only_whole_months_are_compared(db):
    for mes, cuantos in (("2025-04", 4), ("2025-05", 5), ("2025-06", 6)):
        total(db, mes, cuantos)
    cubrir(db, "2026-04-01", "2026-06-12")
    for dia in ("2026-04-10", "2026-05-31", "2026-06-01"):
        hallazgo(db, dia)
    for dia in ("2026-05-31", "2026-06-01"):
        hallazgo(db, dia, estado="detectado")
    record = shown(db, "2026-T2")
    assert (record["registros"], record["registros_comparados"]) == (3, 2)
    assert (record["registros_anterior"], record["anterior_comparado"]) == (15, 9)
    assert (record["desde"], record["hasta"], record["comparado_fin"]) == ("2026-04-01", "2026-05-31", "2025-05-31")
    assert record["marcas"] == ["cambio de método", "parcial"]
    assert any("después del 2026-05-31 y hasta el 2026-06-12" in line for line in record["avisos"])
    assert (record["por_revisar"], record["por_revisar_comparados"], record["m1_provisional"]) == (2, 1, round(100 * 3 / 9, 1))
    assert "2 (1 en los días comparados)" in as_table(record)
    inner = figure(db, "2026-04-15..2026-06-12")
    assert (inner.desde, inner.hasta, inner.registros_comparados, inner.anterior_comparado) == (
        "2026-05-01",
        "2026-05-31",
        1,
        5,
    )
    assert (inner.registros_anterior, inner.anterior_inicio, inner.anterior_fin) == (5, "2025-05-01", "2025-05-31")


@pytest.mark.parametrize(("period", "before"), [("2026-06", 6), ("2026-06-03..2026-06-10", None)])
def test_without_one_whole_month_against_totals_nothing_is_calculable(db, period, before):
    total(db, "2025-06", 6)
    cubrir(db, "2026-06-01", "2026-06-12")
    hallazgo(db, "2026-06-05")
    record = shown(db, period)
    assert record["marcas"][0] == "no calculable"
    assert (record["registros"], record["m1"], record["comparado_inicio"]) == (1, None, None)
    assert (record["registros_anterior"], record["anterior_comparado"], record["diferencia"]) == (before, None, None)
    assert any("meses enteros" in line for line in record["avisos"])


def test_whole_months_before_the_monitor_began_are_no_zero(db):
    for mes in ("2025-04", "2025-05", "2025-06"):
        total(db, mes, 10)
    cubrir(db, "2026-05-15")
    hallazgo(db, "2026-05-15")
    assert figure(db, "2026-T2").marcas == ("no calculable", "parcial")  # only April is whole, and nobody watched it
    april = figure(db, "2026-04")
    assert (april.registros, april.registros_anterior, april.marcas) == (None, 10, ("sin cobertura",))
    cubrir(db, "2026-05-31")
    assert (figure(db, "2026-05").m1, figure(db, "2026-T2").m1) == (10.0, 5.0)


def test_own_figures_win_over_an_imported_total_and_it_is_said(db):
    total(db, "2025-05", 50)
    cubrir(db, "2025-05-01", "2025-05-31")
    cubrir(db, "2026-05-01", "2026-05-31")
    hallazgo(db, "2025-05-05")
    hallazgo(db, "2026-05-05")
    record = shown(db, "2026-05")
    assert (record["m1"], record["marcas"], record["base"]) == (100.0, [], "monitoreo")
    assert [line for line in record["avisos"] if "2025-05" in line and "(50)" in line]


def test_the_year_that_the_monitor_began_joins_paper_and_machine(db):
    for month in range(1, 9):
        total(db, f"2025-{month:02}", 10)
    cubrir(db, "2025-09-01", "2026-12-31")
    hallazgo(db, "2025-10-01")
    for month in range(1, 13):
        hallazgo(db, f"2026-{month:02}-01")
    year = figure(db, "2026")
    assert (year.registros_anterior, year.base, year.marcas) == (81, "mixta", ("cambio de método",))
    assert year.m1 == round(100 * 12 / 81, 1)
    earlier = figure(db, "2025")
    assert (earlier.registros, earlier.m1, earlier.marcas) == (81, None, ("sin línea base",))
    assert figure(db, "2026-T4").marcas == ()


def test_paper_against_paper_is_no_change_of_method(db):
    for year, cuantos in ((2024, 4), (2025, 6)):
        for month in (1, 2, 3):
            total(db, f"{year}-{month:02}", cuantos)
    quarter = figure(db, "2025-T1")
    assert (quarter.registros, quarter.registros_anterior, quarter.m1, quarter.marcas) == (18, 12, 150.0, ())


def test_part_of_a_month_on_paper_is_left_out_of_either_year(db):
    for month in (1, 2, 3):
        total(db, f"2025-{month:02}", 10 * month)
    cubrir(db, "2024-01-01", "2024-03-31")
    hallazgo(db, "2024-01-20")
    for dia in ("2024-02-10", "2024-02-29"):
        hallazgo(db, dia)
    middle = figure(db, "2025-01-15..2025-03-20")
    assert (middle.registros, middle.desde, middle.hasta) == (20, "2025-02-01", "2025-02-28")
    assert (middle.anterior_comparado, middle.comparado_fin, middle.m1) == (2, "2024-02-29", 1000.0)
    assert (middle.registros_anterior, middle.anterior_inicio, middle.anterior_fin) == (3, "2024-01-15", "2024-03-20")
    assert middle.marcas == ("cambio de método",)
    assert figure(db, "2025-03-20..2025-03-31").registros is None
    machine = figure(db, "2024-01-15..2024-03-20")
    assert (machine.registros, machine.marcas) == (3, ("sin línea base",))


def test_a_covered_month_is_the_monitors_even_with_imported_records(db):
    hallazgo(db, "2025-05-05", origen="importado")
    cubrir(db, "2025-05-01", "2025-05-31")
    cubrir(db, "2026-05-01", "2026-05-31")
    hallazgo(db, "2026-05-05")
    may = figure(db, "2026-05")
    assert (may.base, may.marcas) == ("monitoreo", ())


def test_imported_records_are_another_method_too(db):
    hallazgo(db, "2025-05-05", origen="importado")
    cubrir(db, "2026-05-01", "2026-05-31")
    hallazgo(db, "2026-05-05")
    may = figure(db, "2026-05")
    assert (may.registros_anterior, may.marcas, may.base) == (1, ("cambio de método",), "importada")
    assert shown(db, "2026-05")["dias_sin_cobertura"] == {"periodo": [], "anterior": []}


def test_a_period_without_any_figure_has_no_m1(db):
    two_quarters(db)
    record = shown(db, "2027-T1")
    assert (record["registros"], record["m1"], record["marcas"]) == (None, None, ["sin cobertura"])
    lines = " ".join(as_table(record).split())
    assert "M1 sin cobertura Registros del periodo sin cobertura" in lines and "no es cero" in lines


def test_a_month_covered_in_part_keeps_its_number_and_one_never_covered_has_none(db):
    cubrir(db, "2026-03-01", "2026-03-10")
    hallazgo(db, "2026-01-05", estado="detectado")
    hallazgo(db, "2026-04-05")
    total(db, "2026-06", 0)
    keys = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-06", "2026-T1", "2026-B1", "2026-03-11..2026-03-20")
    told = {key: (found.registros, found.marcas[0], found.por_revisar) for key in keys if (found := figure(db, key))}
    assert told == {
        "2026-01": (None, "sin cobertura", 1),  # what waits is known, not what there was
        "2026-02": (None, "sin cobertura", 0),
        "2026-03": (0, "sin línea base", 0),  # ten days of it
        "2026-04": (1, "sin línea base", 0),
        "2026-06": (0, "sin línea base", 0),
        "2026-T1": (0, "sin línea base", 1),
        "2026-B1": (None, "sin cobertura", 1),
        "2026-03-11..2026-03-20": (None, "sin cobertura", 0),
    }
    assert figure(db, "2026-03").marcas == ("sin línea base", "parcial")
    assert figure(db, "2027-02").anterior_dichos == "sin cobertura"
    assert figure(db, "2027-03").anterior_dichos == 0


def test_dates_and_units(db):
    cubrir(db, "2025-05-01", "2025-06-30")
    cubrir(db, "2026-05-01", "2026-06-30")
    old = hallazgo(db, "2025-05-05", fuentes=("faro", "voz"))
    acto(db, old, "amenaza", victima(db, old, nombre="Ximena Prueba"))
    new = hallazgo(db, "2026-06-01", fecha_publicacion="2026-05-31", fecha_hecho="2026-05-29", fuentes=("faro", "voz", "voz"))
    group = victima(db, new, cantidad=4)
    for modalidad in ("ataque_fisico", "danio_bienes"):
        acto(db, new, modalidad, group)
    acto(db, new, "amenaza")
    hallazgo(db, "2026-05-20", fecha_hecho=None, fecha_publicacion="2026-05-20", fuentes=())
    assert [figure(db, "2026-05", fecha=f).registros for f in Fecha] == [1, 2, 1]
    assert [figure(db, "2026-05", fecha=Fecha.HECHO, unidad=u).registros for u in Unidad] == [1, 3, 9, 4]
    assert [figure(db, "2026-05", fecha=Fecha.HECHO, unidad=u).registros_anterior for u in Unidad] == [1, 2, 1, 1]
    assert figure(db, "2026-05", fecha=Fecha.HECHO, unidad=Unidad.ACTO).m1 == 900.0
    undated = shown(db, "2026-05", fecha=Fecha.HECHO)["fuera_de_m1"]["sin_fecha"]
    assert undated == {"validados": 1, "por_revisar": 0}


def test_an_imported_total_speaks_for_its_own_unit_only(db):
    total(db, "2025-05", 7, unidad="victima")
    cubrir(db, "2026-05-01", "2026-05-31")
    victima(db, hallazgo(db, "2026-05-05"), cantidad=14)
    assert figure(db, "2026-05", unidad=Unidad.VICTIMA).m1 == 200.0
    assert figure(db, "2026-05").marcas == ("sin línea base",)


def test_the_common_basket_holds_sources_read_on_four_days_of_five_in_both(db):
    cubrir(db, "2025-06-01", "2025-06-24")  # voz: 24 of 30 days = 80 %
    cubrir(db, "2025-06-25", "2025-06-30", fuentes=("faro",))
    cubrir(db, "2026-06-01", "2026-06-23")  # voz: 23 of 30, under
    cubrir(db, "2026-06-24", "2026-06-30", fuentes=("faro",))
    hallazgo(db, "2025-06-05", fuentes=("faro", "voz"))
    hallazgo(db, "2025-06-05", fuentes=("voz",))
    hallazgo(db, "2026-06-05", fuentes=("voz", "faro"))
    hallazgo(db, "2026-06-05", fuentes=("faro",))
    hallazgo(db, "2026-06-05", fuentes=("voz",))
    record = shown(db, "2026-06")
    assert record["m1"] == 150.0
    basket = {"fuentes": ["faro"], "registros_comparados": 2, "anterior_comparado": 1, "m1": 200.0, "marca": "", "motivo": ""}
    assert record["canasta_comun"] == basket
    assert "200.0 % = 2 ÷ 1 × 100 (fuentes: 1)" in as_table(record)
    cubrir(db, "2026-06-24")
    assert shown(db, "2026-06")["canasta_comun"]["fuentes"] == ["faro", "voz"]


def test_sources_that_gave_nothing_are_named(db):
    cubrir(db, "2026-05-01", "2026-05-31", fuentes=("faro",))
    assert shown(db, "2026-05")["fuentes_sin_lectura"] == ["voz"]
    db.execute("UPDATE fuentes SET alta = '2026-06-01' WHERE id = 'voz'")
    assert shown(db, "2026-05")["fuentes_sin_lectura"] == []
    db.execute("UPDATE fuentes SET activa = 0, alta = NULL WHERE id = 'voz'")
    assert shown(db, "2026-05")["fuentes_sin_lectura"] == []


def test_avance_is_the_calendar_kept_not_m1(db):
    cubrir(db, "2026-01-01", "2026-03-31")  # 90 of 90 days: 25
    cubrir(db, "2026-04-01", "2026-05-10")  # 40 of 91: 10.99
    goal = shown(db, "2026-T2")["avance"]
    assert goal == {"anio": 2026, "hasta": "2026-06-30", "trimestres": [25.0, 11.0, 0.0, 0.0], "porcentaje": 36.0}
    assert shown(db, "2026-02")["avance"]["porcentaje"] == round(25 * 59 / 90, 1)
    assert [(r["trimestre"], r["avance"], r["acumulado"]) for r in db.query("SELECT * FROM v_avance")] == [
        (1, 25.0, 25.0),
        (2, 11.0, 36.0),
    ]


def test_avance_of_a_leap_years_first_quarter(db):
    cubrir(db, "2024-01-01", "2024-12-31")
    assert shown(db, "2024")["avance"] == {"anio": 2024, "hasta": "2024-12-31", "trimestres": [25.0] * 4, "porcentaje": 100.0}


def test_a_correction_moves_the_figure(db):
    two_quarters(db)
    folio = next(db.query("SELECT folio FROM v_registros WHERE fecha_registro = '2026-03-15'"))["folio"]
    corregir(db, folio, "ambito", '"fuera"')
    assert figure(db, "2026-T1").m1 == 125.0


def test_every_place_prints_the_same_figure(db):
    two_quarters(db)
    total(db, "2025-04", 4)
    cubrir(db, "2026-04-01", "2026-04-30")
    views = {"v_indicador_mensual": 4, "v_indicador_bimestral": 2, "v_indicador_trimestral": 2, "v_indicador_anual": 1}
    seen = 0
    for view, at_least in views.items():
        rows = [row for row in db.query(f"SELECT * FROM {view}") if row["periodo"].startswith("2026")]
        assert len(rows) >= at_least
        for row in rows:
            record = shown(db, row["periodo"])
            for key in set(row) - {"marcas"}:
                assert row[key] == record[key], (view, row["periodo"], key)
            assert row["marcas"] == "; ".join(record["marcas"])
            seen += 1
    compared = {row["periodo"]: row for row in db.query("SELECT * FROM v_comparativo_anual WHERE anio = 2026")}
    assert compared["2026-S1"]["m1"] == shown(db, "2026-S1")["m1"] is not None
    assert len(compared) > seen


def test_the_text_begins_with_m1_and_carries_its_footing(db):
    two_quarters(db)
    lines = as_table(shown(db, "2026-T1")).splitlines()
    found = {line.split("  ")[0]: line.split("  ")[-1].strip() for line in lines if "  " in line}
    assert found["M1"] == "150.0 % = 6 ÷ 4 × 100"
    assert found["Registros del periodo"] == "6"
    assert found["Registros del año anterior"] == "4 (2025-01-01 a 2025-03-31), del monitoreo"
    assert not [name for name in found if "comparados" in name]
    assert found["M1 provisional"] == "200.0 % = 8 ÷ 4 × 100"
    assert "Antecedentes" in found
    record = shown(db, "2026-T2")
    assert "sin línea base" in as_table(record)
    assert "\nM1,M1,sin línea base\n" in as_csv(record)
    assert json.loads(as_json(record))["m1"] is None


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.dates(date(2023, 12, 1), date(2025, 1, 31)),
            st.sampled_from(["hecho_en_cdmx", "persona_en_cdmx", "fuera"]),
            st.sampled_from(["validado", "detectado", "descartado"]),
            st.integers(0, 3),
        ),
        max_size=25,
    ),
    st.sampled_from(list(Fecha)),
    st.sampled_from(list(Unidad)),
)
def test_days_add_up_to_months_quarters_and_years(tmp_path_factory, found, fecha, unidad):
    with registro(tmp_path_factory.mktemp("suma")) as db:
        for day, ambito, estado, people in found:
            folio = hallazgo(db, day.isoformat(), ambito=ambito, estado=estado, fuentes=("faro", "voz")[: people % 3])
            if people:
                acto(db, folio, "amenaza", victima(db, folio, cantidad=people))
        days = [(date(2024, 1, 1) + timedelta(days=n)).isoformat() for n in range(366)]
        keys = [*days, *(f"2024{part}" for part in ["", "-S1", "-S2", *(f"-T{n}" for n in range(1, 5))])]
        keys += [f"2024-B{n}" for n in range(1, 7)] + [f"2024-{n:02}" for n in range(1, 13)]
        figures = {f.periodo: f for f in measure(db, [parse_period(k) for k in keys], Cuenta(fecha, unidad))}
        for name in ("registros", "por_revisar"):
            values = {key: getattr(figures[key], name) or 0 for key in keys}
            daily = sum(values[day] for day in days)
            for kind, number in (("-S", 2), ("-T", 4), ("-B", 6)):
                assert sum(values[f"2024{kind}{n}"] for n in range(1, number + 1)) == daily
            assert sum(values[f"2024-{n:02}"] for n in range(1, 13)) == daily == values["2024"]
            assert all(values[f"2024-{n:02}"] == sum(values[d] for d in days if d[5:7] == f"{n:02}") for n in (2, 12))


def test_the_views_and_the_calendar_agree_on_the_days_before(db):
    cubrir(db, "2019-01-01", "2025-12-31", fuentes=("faro",))
    start = date(2020, 1, 1)
    ranges = [(start + timedelta(days=37 * n), start + timedelta(days=37 * n + 13 * (n % 31))) for n in range(48)]
    keys = [f"{a}..{b}" for a, b in ranges] + [
        "2024-02-29",
        "2024-02",
        "2025-02",
        "2025-B1",
        "2025-02-10..2025-02-28",
        "12M-2025-02",
    ]
    keys += ["2024-01-10..2024-02-29", "2025-01-01..2025-02-28", "2024", "2025-T1"]
    for found, key in zip(measure(db, [parse_period(k) for k in keys]), keys, strict=True):
        expected = same_period_year_before(parse_period(key))
        assert (found.comparado_inicio, found.comparado_fin) == (expected[0].isoformat(), expected[1].isoformat()), key


def test_m1_across_versions_of_the_tagger_says_so(db):
    two_quarters(db)
    db.execute("UPDATE noticias SET version_etiquetador = iif(capturada_en < '2026', '1.4', '2.1')")
    said = [line for line in shown(db, "2026-T1")["avisos"] if "etiquetador" in line]
    assert len(said) == 1
    assert "del periodo, con la 2.1" in said[0]
    assert "año anterior, con la 1.4" in said[0]
    db.execute("UPDATE noticias SET version_etiquetador = '2.1'")
    assert not any("etiquetador" in line for line in shown(db, "2026-T1")["avisos"])
