"""A small map of the city's boroughs, drawn on the server: no tiles, no request to anybody."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from typing import Any

from pipeline.pages.labels import label
from pipeline.pages.serving import SITE_FOLDER

WIDTH = 260
MARGIN = 4
# INEGI, Marco Geoestadístico: simplified to 200 m, WGS84
SOURCE = SITE_FOLDER / "static" / "alcaldias.geojson"
STRETCH = cos(radians(19.3))  # a degree of longitude is shorter than one of latitude, here


@dataclass(frozen=True)
class Borough:
    """One outline: `trazo` is the path's `d` in the map's own units."""

    slug: str
    nombre: str
    trazo: str


@dataclass(frozen=True)
class CityMap:
    """The outlines, and how a point of the world falls among them."""

    alcaldias: tuple[Borough, ...]
    ancho: int
    alto: int
    oeste: float
    norte: float
    escala: float

    def place(self, longitud: float, latitud: float) -> tuple[float, float]:
        """Return a point in the map's units."""
        across = (longitud - self.oeste) * STRETCH * self.escala + MARGIN
        return round(across, 1), round((self.norte - latitud) * self.escala + MARGIN, 1)

    def marker(self, latitud: float | None, longitud: float | None) -> tuple[float, float] | None:
        """Return where a finding's coordinates fall, None when it has none or they lie off the map."""
        if latitud is None or longitud is None:
            return None
        across, down = self.place(longitud, latitud)
        return (across, down) if 0 <= across <= self.ancho and 0 <= down <= self.alto else None


def rings(feature: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
    """Return the rings of a GeoJSON polygon or multipolygon as (longitude, latitude)."""
    geometry = feature["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [[(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]


@cache
def city_map() -> CityMap:
    """Return the map, read once."""
    features = json.loads(SOURCE.read_text("utf-8"))["features"]
    points = [point for feature in features for ring in rings(feature) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * STRETCH)
    frame = CityMap((), WIDTH, round((north - south) * scale) + 2 * MARGIN, west, north, scale)
    found = [_borough(feature, frame) for feature in features]
    return CityMap(tuple(found), frame.ancho, frame.alto, west, north, scale)


def _borough(feature: Mapping[str, Any], frame: CityMap) -> Borough:
    pieces = []
    for ring in rings(feature):
        path = " ".join(f"{x:g},{y:g}" for x, y in dict.fromkeys(frame.place(*point) for point in ring))
        pieces.append(f"M{path}Z")
    slug = feature["properties"]["slug"]
    return Borough(slug, label("alcaldia", slug), "".join(pieces))
