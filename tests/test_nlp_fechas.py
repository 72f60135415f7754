from datetime import date

import pytest
from casos_nlp import anchor, cases, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.aprendizaje.lineal import Lineal
from nlp.aprendizaje.rasgos_fecha import date_candidates, date_examples
from nlp.calendario import day_of_month, last_day_number, last_weekday, make_day
from nlp.expresiones import find_days
from nlp.fechas import event_date, parse_day
from nlp.horas import find_hours


@pytest.mark.parametrize("case", cases("fechas"), ids=lambda case: case["caso"])
def test_day_of_the_event(case):
    parsed = parse(case["texto"], case.get("titulo", ""), case["publicada"])
    act = anchor(parsed, case["acto"], case.get("modalidad", "ataque_fisico"))
    day, hour, passages = event_date(parsed, [act], case["publicada"])
    assert day == case["fecha"]
    assert hour == case.get("hora", hour)
    assert [p.valor for p in passages if p.campo == "fecha_hecho"] == ([day] if day else [])


def test_passage_points_at_the_expression():
    parsed = parse("La noche del viernes balearon al columnista.")
    _, _, passages = event_date(parsed, [anchor(parsed, "balearon")], "2024-03-13")
    assert parsed.texto.text[passages[0].inicio : passages[0].fin] == "noche del viernes"


@pytest.mark.parametrize("published", [None, "", "ayer", "2024-13-40"])
def test_without_a_day_of_publication_nothing_is_dated(published):
    parsed = parse("Ayer golpearon al reportero.")
    assert event_date(parsed, [anchor(parsed, "golpearon")], published) == (None, None, ())


def test_a_time_stamp_counts_as_its_day():
    assert parse_day("2024-03-13T08:00:00Z") == date(2024, 3, 13)


def test_calendar_reads_backwards_from_publication():
    assert last_weekday(date(2024, 3, 13), "miercoles") == date(2024, 3, 13)
    assert last_weekday(date(2024, 3, 13), "miercoles", strictly=True) == date(2024, 3, 6)
    assert day_of_month(date(2024, 1, 10), 11, 15) == date(2023, 11, 15)
    assert last_day_number(date(2024, 1, 3), 30) == date(2023, 12, 30)
    assert last_day_number(date(2024, 3, 5), 30) is None
    assert make_day(2023, 2, 29) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("a las 5 de la tarde", ["17:00"]),
        ("a las 12 de la noche", ["00:00"]),
        ("a las 8:05 de la mañana", ["08:05"]),
        ("a las 14 horas", ["14:00"]),
        ("a las nueve y media de la noche", ["21:30"]),
        ("a las tres", []),
        ("tras 13 horas de espera", []),
    ],
)
def test_hours(text, hours):
    assert sorted({one.hora for one in find_hours(text)}) == hours


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Fueron desalojadas el miércoles 18 familias", ["2024-03-13"]),
        ("el 3 de los corrientes", ["2024-03-03"]),
        ("ALERTA, 13 mar, 16:35 h", ["2024-03-13"]),
        ("el 14/02/2024", ["2024-02-14"]),
        ("febrero 9 de 2024", ["2024-02-09"]),
        ("desde el quince de febrero", ["2024-02-15"]),
        ("la mañana del catorce de agosto del año pasado", ["2023-08-14"]),
        ("En 2018 lo detuvieron. Fue el 9 de agosto de aquel año", ["2018-08-09"]),
        ("el viernes de la semana pasada", ["2024-03-08"]),
        ("el sábado próximo pasado", ["2024-03-09"]),
        ("hace una semana", ["2024-03-07"]),
        ("hace tres horas", ["2024-03-14"]),
        ("hace dos semanas", []),
        ("La víspera marcharon", ["2024-03-13"]),
        ("Un día antes del cateo, el 4 de marzo, habló en la radio", ["2024-03-05", "2024-03-04"]),
        ("lo levantaron lunes por la noche", ["2024-03-11"]),
        ("viven en Pedregal de Santo Domingo", []),
        ("se juntan los lunes, o cada jueves", []),
        ("entre la noche del sábado y la mañana del domingo", []),
        ("Xalapa, Ver., 14 de marzo.- Dos reporteros", []),
        ("COMUNICADO\n14 de marzo de 2024\nLa redacción", []),
    ],
)
def test_expressions_of_a_day(text, days):
    assert [str(one.dia) for one in find_days(text, date(2024, 3, 14))] == days


def _two_days():
    parsed = parse(
        "El lunes golpearon al reportero en el mercado. El martes los colectivos marcharon y el viernes habrá otra marcha."
    )
    return parsed, [anchor(parsed, "golpearon")]


def test_each_day_is_one_candidate_and_days_to_come_are_none():
    parsed, acts = _two_days()
    found = {str(one.dia): features for one, features in date_candidates(parsed, acts, date(2024, 3, 14))}
    assert set(found) == {"2024-03-11", "2024-03-12"}
    assert found["2024-03-11"]["rige:acto"] == found["2024-03-12"]["rige:marcha"] == 1.0
    assert found["2024-03-11"]["puntos"] > found["2024-03-12"]["puntos"]


def test_examples_show_the_other_days_also_without_the_day_of_the_event():
    parsed, acts = _two_days()
    told = list(date_examples(parsed, acts, date(2024, 3, 14), date(2024, 3, 11)))
    assert [said for _, said in told] == [True, False, False]
    assert "solo" in told[2][0] and "solo" not in told[1][0]
    assert [said for _, said in date_examples(parsed, acts, date(2024, 3, 14), None)] == [False, False]


def test_weights_choose_the_day_and_their_threshold_leaves_it_out():
    parsed, acts = _two_days()
    protest = {"rige:marcha": 2.0}
    assert event_date(parsed, acts, "2024-03-14", Lineal(0.0, protest, 0.6))[0] == "2024-03-12"
    assert event_date(parsed, acts, "2024-03-14", Lineal(0.0, protest, 0.9)) == (None, None, ())


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="elunspado 0123456789demarzoyjhc/:-.áñ\n", max_size=120), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_no_day_after_publication_and_no_error(text, published):
    assert all(one.dia is None or one.dia <= published for one in find_days(text, published))


def test_the_words_beside_a_day_are_weighed_within_its_sentence():
    parsed, acts = _two_days()
    found = {str(one.dia): features for one, features in date_candidates(parsed, acts, date(2024, 3, 14))}
    assert found["2024-03-11"]["w:reportero"] == found["2024-03-12"]["w:colectivo"] == 0.5
    assert "w:colectivo" not in found["2024-03-11"] and "w:reportero" not in found["2024-03-12"]
