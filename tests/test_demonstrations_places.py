"""The meeting points of demonstrations lie where the gazetteer has their neighbours, and agree with it where it places them."""

import csv
from math import cos, hypot, radians
from pathlib import Path

import nlp
from pipeline.demonstrations.places import POINTS, point

FARTHEST = 300  # metres


def gazetteer():
    places = {}
    for path in sorted((Path(nlp.__file__).parent / "lugares").glob("lugares_cdmx*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            places |= {row["nombre"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(stream) if row["lat"]}
    return places


def test_each_point_is_beside_a_place_of_the_gazetteer():
    places = gazetteer()
    with POINTS.open(encoding="utf-8", newline="") as stream:
        points = list(csv.DictReader(stream))
    for row in points:
        if row["lat"]:
            north, east = places[row["junto_a"]]
            lat, lon = float(row["lat"]), float(row["lon"])
            assert places.get(row["nombre"], (lat, lon)) == (lat, lon)
            assert hypot(lat - north, (lon - east) * cos(radians(lat))) * 111_200 <= FARTHEST, row["nombre"]
        else:
            assert point(row["nombre"]).latitud is None


def test_a_point_that_the_gazetteer_places_is_where_it_says():
    assert (point("Hemiciclo a Juárez").latitud, point("Hemiciclo a Juárez").longitud) == gazetteer()["Hemiciclo a Juárez"]
