"""Places of a route: their names in the gazetteer, with coordinates where it has them."""

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from nlp.nomenclator import Hallado, Toponimo, find_names
from nlp.plegado import even_fold
from pipeline.registry.demonstrations import Point
from pipeline.review.errors import ReviewError

POINTS = Path(__file__).parent / "puntos.csv"
# «Ángel de la Independencia», or with what the person measured: «Puerta 3 | 19.43265, -99.13318»
POINT = re.compile(
    r"\s*(?P<nombre>[^|]+?)\s*(?:\|\s*(?P<latitud>-?\d{1,2}(?:\.\d+)?)\s*,\s*(?P<longitud>-?\d{1,3}(?:\.\d+)?)\s*)?"
)
LONGEST = 200  # characters of a place's name
MOST = 40  # points of a route


@cache
def _meeting_points() -> list[tuple[re.Pattern[str], Toponimo]]:
    """Return the places of `puntos.csv`, where people meet and which the gazetteer lacks or does not place.

    Degrees there are approximate, to some 300 m: `junto_a` names the place of the gazetteer that they were checked against.
    What nothing sustains has none.
    """
    with POINTS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        (
            re.compile(rf"(?<!\w){re.escape(even_fold(row['nombre']))}(?!\w)"),
            Toponimo(row["nombre"], "monumento", "cdmx", row["alcaldia"], False, _degrees(row["lat"]), _degrees(row["lon"])),
        )
        for row in rows
    ]


def _degrees(told: str) -> float | None:
    return float(told) if told else None


def find_places(text: str) -> list[Hallado]:
    """Return the names of places in a text in their order, those of `puntos.csv` over the gazetteer's."""
    folded = even_fold(text)
    own = [Hallado(*match.span(), (one,)) for pattern, one in _meeting_points() for match in pattern.finditer(folded)]
    others = [name for name in find_names(text) if not any(one.inicio < name.fin and name.inicio < one.fin for one in own)]
    return sorted([*own, *others], key=lambda name: name.inicio)


def places_of(text: str) -> list[Toponimo]:
    """Return the places of Mexico City that a text names, in order; a small first letter is read as a capital one."""
    capital = re.sub(r"(?:^|(?<=[\s,.;]))\w", lambda match: match[0].upper(), text)
    found = (next((one for one in name.lugares if one.entidad == "cdmx"), None) for name in find_places(capital))
    return [one for one in found if one is not None and one.tipo not in ("entidad", "abreviatura")]


def point(text: str) -> Point:
    """Return the point of a line: a name, looked up in the gazetteer, or a name, `|` and degrees. Raises `ReviewError`."""
    found = POINT.fullmatch(text)
    if found is None or len(text) > LONGEST:
        raise ReviewError(f"«{text[:60]}» no es un punto del recorrido: NOMBRE, o NOMBRE | LATITUD, LONGITUD")
    if found["latitud"]:
        latitude, longitude = float(found["latitud"]), float(found["longitud"])
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise ReviewError(f"«{text[:60]}»: esas coordenadas no son de la Tierra")
        return Point(found["nombre"], latitude, longitude)
    known = next((one for one in places_of(found["nombre"]) if one.tipo != "alcaldia" and one.latitud is not None), None)
    return Point(found["nombre"], known.latitud, known.longitud) if known else Point(found["nombre"])


def route(texts: Sequence[str]) -> tuple[Point, ...]:
    """Return the points of a route in their order; empty lines are none. Raises `ReviewError`."""
    given = [text for text in texts if text.strip()]
    if len(given) > MOST:
        raise ReviewError(f"el recorrido tiene más de {MOST} puntos")
    return tuple(point(text) for text in given)


def borough_of(points: Sequence[Point]) -> str | None:
    """Return the borough of the first point whose borough the gazetteer knows: where the route begins."""
    for one in points:
        found = next((place.alcaldia for place in places_of(one.nombre) if place.alcaldia), None)
        if found:
            return found
    return None
