from datetime import date

import pytest
from casos_nlp import anchor, cases, parse
from hypothesis import given, settings
from hypothesis import strategies as st

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


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="elunspado 0123456789demarzoyjhc/:-.áñ\n", max_size=120), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_no_day_after_publication_and_no_error(text, published):
    assert all(one.dia is None or one.dia <= published for one in find_days(text, published))
