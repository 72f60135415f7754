import csv

import pytest
from casos_nlp import parse

from nlp.genero import by_name
from nlp.personas import _DATA, find_people, given_names
from nlp.plegado import fold


def test_one_person_per_fullest_name():
    parsed = parse("Víctor Manuel Camacho salió. Camacho corrió. V. Camacho cayó.", "Hieren a Camacho")
    people = find_people([("titulo", parsed.titulo), ("texto", parsed.texto)])
    assert [person.nombre for person in people] == ["Víctor Manuel Camacho"]
    assert len(people[0].menciones) >= 3


def test_given_names_are_many_distinct_and_of_known_gender():
    with _DATA.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= 700
    assert len({fold(row["nombre"]) for row in rows}) == len(rows)
    assert {row["genero"] for row in rows} == {"mujer", "hombre", "indeterminado"}
    assert len(given_names()) >= len(rows)


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("María José Ortiz", "mujer"),
        ("José María Ortiz", "hombre"),
        ("Guadalupe Ana Ortiz", "mujer"),
        ("Zzyx Ortiz", "indeterminado"),
    ],
)
def test_gender_by_given_name(name, gender):
    assert by_name(name) == gender


def test_a_womans_name_is_known_by_the_mans():
    assert (by_name("Filiberta Ortiz"), by_name("Filiberto Ortiz")) == ("mujer", "hombre")
