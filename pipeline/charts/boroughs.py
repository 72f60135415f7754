"""The alcaldías as a map, with what has no place on it told beside: `sin alcaldía` and `a distancia`."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from nlp.vocabulario import Alcaldia
from pipeline.charts.chart import INK, NARROW, SOFT, Chart, chart, enumeration

# INEGI, Marco Geoestadístico: simplified to 200 m, WGS84
OUTLINES = Path(__file__).parents[2] / "datasette" / "static" / "alcaldias.geojson"
CREDIT = "Límites: INEGI, Marco Geoestadístico"
# From light to dark, so that they print in grey; each with an ink that passes 4.5:1 on it. The first is zero.
STEPS = (("#ffffff", INK), ("#dbe7ee", INK), ("#9dbfd1", INK), ("#3a708f", "#ffffff"), ("#17384a", "#ffffff"))
WIDTH, HEIGHT = 320, 420
# Its letters on the map, and where they stand: the point (longitude, latitude) farthest from the outline's edges.
LETTERS = {
    "alvaro_obregon": ("AO", -99.225, 19.364),
    "azcapotzalco": ("AZC", -99.174, 19.485),
    "benito_juarez": ("BJ", -99.158, 19.38),
    "coyoacan": ("COY", -99.156, 19.329),
    "cuajimalpa": ("CUAJ", -99.308, 19.341),
    "cuauhtemoc": ("CUH", -99.149, 19.426),
    "gustavo_a_madero": ("GAM", -99.099, 19.482),
    "iztacalco": ("IZC", -99.1, 19.395),
    "iztapalapa": ("IZP", -99.071, 19.347),
    "magdalena_contreras": ("MC", -99.277, 19.248),
    "miguel_hidalgo": ("MH", -99.197, 19.437),
    "milpa_alta": ("MA", -99.051, 19.15),
    "tlahuac": ("TLH", -99.005, 19.29),
    "tlalpan": ("TLP", -99.219, 19.175),
    "venustiano_carranza": ("VC", -99.102, 19.429),
    "xochimilco": ("XOC", -99.095, 19.253),
}


def boroughs(rows: Sequence[Mapping[str, Any]], when: str, *, narrow: bool = False, what: str = "registros") -> Chart:
    """Return the map of `rows` (`alcaldia`, `registros`, as in `v_por_alcaldia`, of one period) with a list of every row.

    `what` names what they count; `when` names the period in the title: «2026». Narrow: the list stands under the map.
    """
    counts = {row["alcaldia"]: int(row["registros"]) for row in rows}
    ordered = sorted(counts, key=lambda each: (each not in LETTERS, -counts[each], each))
    title = f"{what[0].upper()}{what[1:]} por alcaldía, {when}"
    named = [f"{borough_name(each)} {counts[each]}" for each in ordered]
    text = f"{title}: {enumeration(named)}." if named else f"Sin {what} por alcaldía, {when}."
    parts = [city(counts, what), beside([(borough_label(each), counts[each]) for each in ordered])]
    body = {"vconcat" if narrow else "hconcat": parts, "spacing": 24, "center": True}
    return chart("alcaldias", title, text, body, credito=CREDIT)


def borough_name(slug: str) -> str:
    """Return the alcaldía's name; the rows that are none are their own name."""
    return Alcaldia(slug).etiqueta if slug in LETTERS else slug


def borough_label(slug: str) -> str:
    """Return the name with the letters that stand for it on the map."""
    return f"{borough_name(slug)} · {LETTERS[slug][0]}" if slug in LETTERS else slug


def city(counts: Mapping[str, int], what: str) -> dict[str, Any]:
    """Return the map's spec: the outlines by shade, on each its letters and its number."""
    limits = steps(max((counts.get(slug, 0) for slug in LETTERS), default=0))
    shapes = [outline | {"properties": drawn(outline["properties"]["slug"], counts, limits)} for outline in outlines()]
    names = [step_name(limits, i) for i in range(len(limits))]
    edge = {"symbolType": "square", "symbolStrokeColor": SOFT, "symbolStrokeWidth": 1}
    legend = {"title": what, "orient": "bottom", "direction": "horizontal", **edge}
    scale = {"domain": names, "range": [STEPS[step][0] for step in shades(len(limits))]}
    shade = {"field": "properties.tramo", "type": "nominal", "scale": scale, "legend": legend}
    ground = {"mark": {"type": "geoshape", "stroke": SOFT, "strokeWidth": 0.8}, "encoding": {"color": shade}}
    layer = [ground, *[words(line, dy) for line, dy in (("siglas", -5), ("cuantos", 6))]]
    return {"width": WIDTH, "height": HEIGHT, "projection": {"type": "mercator"}, "data": {"values": shapes}, "layer": layer}


def words(line: str, dy: int) -> dict[str, Any]:
    """Return one line of text at the middle of every outline."""
    here = {name: {"field": f"properties.{name}", "type": "quantitative"} for name in ("longitude", "latitude")}
    ink = {"field": "properties.tinta", "type": "nominal", "scale": None}
    text = {"field": f"properties.{line}", "type": "nominal"}
    mark = {"type": "text", "dy": dy, "fontSize": 10 if line == "siglas" else 12, "baseline": "middle"}
    return {"mark": mark, "encoding": {**here, "color": ink, "text": text}}


def beside(counts: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """Return the list of every row, those off the map last, as bars with names and numbers."""
    values = [{"que": label, "registros": n} for label, n in counts]
    highest = max((n for _, n in counts), default=0) or 1
    y = {
        "field": "que",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"ticks": False, "domain": False, "labelPadding": 6},
    }
    x = {"field": "registros", "type": "quantitative", "axis": None, "scale": {"domain": [0, highest], "nice": False}}
    drawn_bars = {"mark": {"type": "bar", "color": SOFT, "height": 12}}
    numbers = {"mark": {"type": "text", "align": "left", "dx": 4, "color": INK}, "encoding": {"text": {"field": "registros"}}}
    size = {"width": NARROW - 230, "height": max(len(values), 1) * 23}
    return {"data": {"values": values}, "encoding": {"y": y, "x": x}, "layer": [drawn_bars, numbers], **size}


def steps(highest: int) -> list[int]:
    """Return the first count of each shade: zero, then at most four of equal width up to `highest`."""
    parts = min(highest, len(STEPS) - 1)
    return [0, *[1 + (highest * i) // parts for i in range(parts)]]


def shades(many: int) -> list[int]:
    """Return which of `STEPS` `many` shades take: the darkest stands for the highest."""
    return [0, *range(len(STEPS) - many + 1, len(STEPS))]


def step_of(limits: Sequence[int], count: int) -> int:
    """Return the shade of a count."""
    return max(i for i, first in enumerate(limits) if count >= first)


def step_name(limits: Sequence[int], i: int) -> str:
    """Return a shade's name in the legend: «0», «1 a 3», «10 o más»."""
    if i + 1 == len(limits):
        return str(limits[i]) if i < 2 and limits[i] == 0 else f"{limits[i]} o más"
    last = limits[i + 1] - 1
    return str(last) if last == limits[i] else f"{limits[i]} a {last}"


def drawn(slug: str, counts: Mapping[str, int], limits: Sequence[int]) -> dict[str, Any]:
    """Return what the map needs of one alcaldía."""
    count = counts.get(slug, 0)
    i = step_of(limits, count)
    letters, longitude, latitude = LETTERS[slug]
    ink = STEPS[shades(len(limits))[i]][1]
    place = {"longitude": longitude, "latitude": latitude}
    return {"siglas": letters, "cuantos": str(count), "tramo": step_name(limits, i), "tinta": ink, **place}


@cache
def outlines() -> list[dict[str, Any]]:
    """Return the sixteen GeoJSON features."""
    features: list[dict[str, Any]] = json.loads(OUTLINES.read_text("utf-8"))["features"]
    return features
