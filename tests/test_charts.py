"""Charts over the views' rows: what they say, that they print in grey, and that the same rows give the same drawing."""

import json
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from nlp.vocabulario import Alcaldia
from pipeline.charts.bars import bars
from pipeline.charts.boroughs import CREDIT, LETTERS, STEPS, boroughs, outlines, step_name, step_of, steps
from pipeline.charts.chart import BEFORE, INK, MAIN, PAPER, SOFT, Chart, enumeration
from pipeline.charts.draw import to_png, to_svg
from pipeline.charts.months import month_by_month

SVG = "{http://www.w3.org/2000/svg}"
KINDS = [("Física", 31), ("Sólo institucional (fuera de las tres del plan)", 0), ("Verbal", 52)]


def month(periodo: str, registros: int | None, anterior: int | None = None, marcas: str = "") -> dict[str, object]:
    return {"periodo": periodo, "registros": registros, "registros_anterior": anterior, "marcas": marcas}


MONTHS = [
    month("2026", 7, 9),
    month("2026-01", 4, 2),
    month("2026-02", 0, None, "sin línea base"),
    month("2026-03", 3, 5, "parcial"),
    month("2025-12", 6),
]
BOROUGHS = [{"alcaldia": slug, "registros": i % 5} for i, slug in enumerate(LETTERS)]
BOROUGHS += [{"alcaldia": "sin alcaldía", "registros": 8}, {"alcaldia": "a distancia", "registros": 3}]


def drawings(narrow: bool) -> list[Chart]:
    return [
        month_by_month(MONTHS, 2026, narrow=narrow),
        bars("tipo", "Registros por tipo", KINDS, narrow=narrow),
        boroughs(BOROUGHS, "2026", narrow=narrow),
    ]


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("narrow", [False, True])
def test_a_drawing_is_the_same_twice_and_asks_nothing_of_a_page(narrow: bool) -> None:
    for chart in drawings(narrow):
        svg = to_svg(chart)
        to_svg.__globals__["_svg"].cache_clear()
        assert to_svg(chart) == svg
        tags = {each.tag.removeprefix(SVG) for each in ET.fromstring(svg).iter()}
        assert not tags & {"style", "script", "image", "a", "foreignObject"}
        assert "style=" not in svg
        assert "url(" not in svg


def test_a_png_has_the_pixels_asked_for_and_the_same_bytes_twice() -> None:
    chart = bars("tipo", "Registros por tipo", KINDS)
    once = to_png(chart, scale=1)
    assert once == to_png(chart, scale=1)
    width = int.from_bytes(once[16:20])
    assert int.from_bytes(to_png(chart, scale=2)[16:20]) == pytest.approx(2 * width, abs=2)


def test_months_tell_what_is_not_known_from_zero_and_what_is_not_over() -> None:
    chart = month_by_month(MONTHS, 2026)
    assert chart.titulo == "Registros por mes de 2026 y de 2025"
    assert chart.texto == (
        "Registros por mes de 2026 y, entre paréntesis, de 2025: enero 4 (2), febrero 0 (sin cobertura), marzo 3 (5)"
        " y diciembre sin dato (6); marzo, a medias."
    )
    drawn = {(row["mes"], row["anio"]): row["registros"] for row in chart.spec["data"]["values"]}
    unwatched = {"periodo": "2026-04", "registros": None, "registros_anterior": None, "marcas": "sin cobertura"}
    gap = month_by_month([*MONTHS, unwatched], 2026)
    assert gap.texto.endswith("; marzo, a medias; abril, sin cobertura en ninguno de los dos años.")
    assert gap.spec["data"] == chart.spec["data"]
    assert drawn == {
        ("enero", "2025"): 2,
        ("enero", "2026"): 4,
        ("febrero", "2026"): 0,
        ("marzo*", "2025"): 5,
        ("marzo*", "2026"): 3,
        ("diciembre", "2025"): 6,
    }
    assert [t for t in texts(to_svg(chart)) if t[:3].isalpha() and len(t) <= 4] == (
        ["ene", "feb", "mar*", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]
    )


def test_a_year_without_rows_is_said_and_drawn_empty() -> None:
    assert month_by_month([], 2026).texto == "No hay registros por mes de 2026 ni de 2025."
    assert bars("tipo", "Registros por tipo", []).texto == "Registros por tipo: sin registros."
    for chart in (month_by_month([], 2026), bars("tipo", "Registros", []), boroughs([], "2026")):
        assert to_svg(chart).startswith("<svg")


def test_bars_keep_their_order_and_their_zeros() -> None:
    chart = bars("tipo", "Registros por tipo", KINDS)
    assert chart.texto == "Registros por tipo: Física 31, Sólo institucional (fuera de las tres del plan) 0 y Verbal 52."
    drawn = texts(to_svg(chart))
    assert [t for t in drawn if t.isdigit()] == ["31", "0", "52"]


def test_the_map_tells_every_alcaldia_and_what_has_no_place_on_it() -> None:
    chart = boroughs(BOROUGHS, "2026")
    assert chart.credito == CREDIT
    assert chart.texto.endswith("sin alcaldía 8 y a distancia 3.")
    drawn = texts(to_svg(chart))
    assert [t for t in drawn if t.startswith(("sin ", "a dis"))] == ["sin alcaldía", "a distancia"]
    assert sorted(t for t in drawn if " · " in t) == sorted(f"{a.etiqueta} · {LETTERS[a][0]}" for a in Alcaldia)
    assert {row["registros"] for row in BOROUGHS} == {int(t) for t in drawn if t.isdigit()} | {8, 3}


@pytest.mark.parametrize("highest", [0, 1, 2, 3, 4, 5, 9, 41])
def test_every_count_has_one_shade_whose_name_holds_it(highest: int) -> None:
    limits = steps(highest)
    assert limits == sorted(set(limits))
    for count in range(highest + 1):
        name = step_name(limits, step_of(limits, count))
        numbers = [int(word) for word in name.split() if word.isdigit()]
        assert numbers[0] <= count
        assert count <= numbers[-1] or name.endswith("o más")
    assert (step_of(limits, 0) == 0) and (highest == 0 or step_of(limits, 1) == 1)


def test_letters_stand_inside_their_alcaldia() -> None:
    assert set(LETTERS) == set(Alcaldia)
    for feature in outlines():
        _, x, y = LETTERS[feature["properties"]["slug"]]
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        assert any(holds(polygon[0], x, y) for polygon in polygons), feature["properties"]["slug"]


def holds(ring: list[list[float]], x: float, y: float) -> bool:
    crossings = 0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        crossings += (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
    return crossings % 2 == 1


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_inks_pass_contrast_and_shades_print_in_grey() -> None:
    assert all(contrast(fill, ink) >= 4.5 for fill, ink in STEPS)
    assert contrast(INK, PAPER) >= 4.5 <= contrast(SOFT, PAPER)
    assert contrast(MAIN, BEFORE) >= 4.5
    greys = [luminance(fill) for fill, _ in STEPS]
    assert greys == sorted(greys, reverse=True)
    assert all(contrast(a, b) >= 1.2 for (a, _), (b, _) in pairwise(STEPS))


def test_a_spec_names_no_address_outside() -> None:
    for chart in drawings(narrow=False):
        written = json.dumps({k: v for k, v in chart.spec.items() if k != "$schema"})
        assert "http" not in written


def test_things_are_counted_off_as_in_spanish() -> None:
    assert enumeration([]) == ""
    assert enumeration(["a"]) == "a"
    assert enumeration(["a", "b", "Iztapalapa 3"]) == "a, b e Iztapalapa 3"
    assert enumeration(["agua", "hielo"]) == "agua y hielo"
