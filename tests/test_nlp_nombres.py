import csv

import pytest
from casos_nlp import cases, mention, parse

from nlp.genero import by_name
from nlp.nombres import find_victims
from nlp.personas import _DATA, find_people, given_names
from nlp.plegado import fold


@pytest.mark.parametrize("case", cases("nombres"), ids=lambda case: case["caso"])
def test_named_victims(case):
    parsed = parse(case["texto"], case.get("titulo", ""))
    named, _, passages = find_victims(parsed, [])
    assert [[v.nombre, v.tipo, v.genero] for v in named] == case["victimas"]
    assert [p.valor for p in passages] == [v.nombre for v in named]
    if "origen" in case:
        assert named[0].genero_origen == case["origen"]
    if "medio" in case:
        assert named[0].medio_u_organizacion == case["medio"]


def test_a_mention_that_an_act_reaches_makes_a_victim_of_a_rare_name():
    parsed = parse("Golpearon al reportero Ixbalanqué Tuz.")
    named, _, _ = find_victims(parsed, [mention(parsed, "al reportero Ixbalanqué Tuz")])
    assert [(v.nombre, v.genero) for v in named] == [("Ixbalanqué Tuz", "hombre")]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Golpearon a dos fotógrafas.", "dos fotógrafas", ("mujer", 2)),
        ("Golpearon a cuatro reporteros.", "cuatro reporteros", ("indeterminado", 4)),
        ("Golpearon a una reportera.", "una reportera", ("mujer", 1)),
        ("Golpearon a un camarógrafo.", "un camarógrafo", ("hombre", 1)),
        ("Golpearon a varios reporteros.", "varios reporteros", ("indeterminado", None)),
    ],
)
def test_unnamed_victims_are_counted(text, words, expected):
    parsed = parse(text)
    named, unnamed, _ = find_victims(parsed, [mention(parsed, words)])
    assert named == ()
    assert [(v.genero, v.cantidad) for v in unnamed] == [expected]


def test_the_named_are_not_counted_again():
    parsed = parse("Golpearon a tres reporteros, entre ellos el reportero Luis Arce.")
    named, unnamed, _ = find_victims(parsed, [mention(parsed, "tres reporteros"), mention(parsed, "el reportero Luis Arce")])
    assert [v.nombre for v in named] == ["Luis Arce"]
    assert [v.cantidad for v in unnamed] == [2]


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
    assert len(given_names()) == len(rows)


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


@pytest.mark.parametrize("text", ["", " ", "\n", "Y", "A. B. C.", "de la del y e", '"', "Ñ" * 2000, "🙂 Ana 🙂"])
def test_any_text_is_read_without_raising(text):
    find_victims(parse(text, text), [])
