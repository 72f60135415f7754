"""Calendars: what goes out in Mexico City's time, what comes in once by its UID, and what is refused in one line."""

from datetime import UTC, date, datetime, timedelta

import pytest
from factories import registry, rows
from icalendar import Calendar

from crawlers.fechas import MEXICO
from pipeline.demonstrations import Draft, cancel, change, create, get, list_days
from pipeline.demonstrations.ical_in import parse, read_calendar
from pipeline.demonstrations.ical_out import calendar_of
from pipeline.demonstrations.ical_taking import take_in
from pipeline.demonstrations.places import route
from pipeline.demonstrations.proposals import accept, dismiss
from pipeline.errores import ErrorDeUso
from pipeline.registry.proposals import waiting
from pipeline.review import Hand

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HAND = Hand("ana", NOW)
START = datetime(2026, 11, 25, 16, tzinfo=MEXICO)
EVENT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//ejemplo//ES
BEGIN:VEVENT
UID:marcha-1@agenda.ejemplo
DTSTAMP:20261101T000000Z
SUMMARY:Marcha de faroleros
{when}
LOCATION:Hemiciclo a Juárez
{more}END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path) as opened:
        yield opened


def take(db, when="DTSTART;TZID=America/Mexico_City:20261128T160000", more="", now=NOW) -> dict[str, int]:
    text = EVENT.format(when=when, more=more).replace("\n", "\r\n")
    return dict(take_in(db, parse(text.encode(), "a.ics").events, Hand("ana", now)))


def test_hours_go_out_in_mexico_city_s_time_and_days_as_days(db):
    told = Draft("Marcha, y mitin", START, START + timedelta(hours=4), recorrido=route(["Ángel de la Independencia", "Zócalo"]))
    made = create(db, told, HAND)
    create(db, Draft("Plantón", date(2026, 11, 26), datetime(2026, 11, 28, tzinfo=MEXICO)), HAND)
    cancel(db, create(db, Draft("No será", date(2026, 11, 27)), HAND).id, HAND)
    text = calendar_of(list_days(db, TODAY, date.max), "https://monitor.ejemplo/")
    first, second, third = Calendar.from_ical(text).walk("VEVENT")
    assert b"DTSTART;TZID=America/Mexico_City:20261125T160000" in text and b"BEGIN:VTIMEZONE" in text
    assert (first["summary"], first["uid"], first["location"]) == (told.nombre, made.uid, "Ángel de la Independencia → Zócalo")
    assert first["url"] == f"https://monitor.ejemplo/-/movilizacion/{made.id}"
    assert (second["dtstart"].dt, second["dtend"].dt) == (date(2026, 11, 26), date(2026, 11, 28))
    assert (third["status"], third["sequence"]) == ("CANCELLED", 1)


def test_what_went_out_comes_back_as_it_was(db):
    for start, end in (
        (START, None),
        (START, START + timedelta(hours=1)),
        (TODAY, None),
        (TODAY, datetime(2026, 11, 25, 12, tzinfo=MEXICO)),
    ):
        create(db, Draft(f"Marcha {start} {end}", start, end), HAND)
    read = parse(calendar_of(list_days(db, TODAY, date.max)), "a.ics")
    assert dict(take_in(db, read.events, HAND)) == {"iguales": 4}
    assert rows(db, "SELECT max(version), (SELECT count(*) FROM movilizaciones_propuestas) FROM movilizaciones") == [(1, 0)]


def test_an_old_copy_of_ours_changes_nothing_and_a_newer_one_does(db):
    made = create(db, Draft("Marcha", START), HAND)
    old = calendar_of([made])
    change(db, made.id, {"inicio": START + timedelta(hours=1)}, HAND)
    assert dict(take_in(db, parse(old, "a.ics").events, HAND)) == {"atrasadas": 1}
    newer = old.replace(b"SEQUENCE:0", b"SEQUENCE:5").replace(b"T160000", b"T180000")
    assert dict(take_in(db, parse(newer, "a.ics").events, HAND)) == {"cambiadas": 1}
    assert get(db, made.id).inicio == START + timedelta(hours=2)


def test_an_event_is_proposed_once_and_changes_what_came_of_it(db):
    assert take(db) == {"nuevas": 1}
    assert take(db) == {"iguales": 1}
    assert take(db, "DTSTART:20261128T230000Z", "DTEND:20261129T010000Z\n") == {"cambiadas": 1}
    (found,) = waiting(db, TODAY)
    assert (found.hora, found.sitio, found.fin) == ("17:00", "Hemiciclo a Juárez", datetime(2026, 11, 29, 1, tzinfo=UTC))
    made = accept(db, found.id, HAND)
    assert (made.uid, made.origen, made.inicio.hour) == ("marcha-1@agenda.ejemplo", "calendario", 23)
    change(db, made.id, {"nombre": "Marcha de los faroleros unidos"}, HAND)
    assert take(db, "DTSTART:20261128T233000Z", "DURATION:PT2H\n") == {"cambiadas": 1}
    kept = get(db, made.id)
    assert (kept.nombre, kept.inicio.minute) == ("Marcha de los faroleros unidos", 30)
    assert take(db, "DTSTART:20261128T233000Z", "STATUS:CANCELLED\n") == {"canceladas": 1}
    assert get(db, made.id).estado == "cancelada"
    assert take(db, "DTSTART:20261128T233000Z", "STATUS:CANCELLED\n") == {"iguales": 1}
    assert rows(db, "SELECT count(*) FROM movilizaciones") == [(1,)]


def test_what_was_dismissed_or_is_over_does_not_come_back(db):
    take(db)
    dismiss(db, waiting(db, TODAY)[0].id, HAND)
    assert take(db) == {"iguales": 1}
    assert waiting(db, TODAY) == []


def test_what_is_over_is_not_proposed(db):
    assert take(db, "DTSTART;VALUE=DATE:20251128") == {"pasadas": 1}
    assert waiting(db, TODAY) == []


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("DTSTART:20261128T160000", ("2026-11-28", "16:00")),  # without zone: Mexico City's
        ("DTSTART;TZID=America/New_York:20261128T170000", ("2026-11-28", "16:00")),
        ("DTSTART:20261129T043000Z", ("2026-11-28", "22:30")),
        ("DTSTART;VALUE=DATE:20261128", ("2026-11-28", None)),
    ],
)
def test_days_and_hours_are_those_of_mexico_city(db, when, expected):
    take(db, when)
    (found,) = waiting(db, TODAY)
    assert (found.dia.isoformat(), found.hora) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hola",
        b"\xff\xfe\x00\x01",
        b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nfoo\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_garbage_is_refused_in_one_line(tmp_path, data):
    path = tmp_path / "basura.ics"
    path.write_bytes(data)
    with pytest.raises(ErrorDeUso, match=r"basura\.ics: ") as told:
        read_calendar(path)
    assert "\n" not in told.value.message


def test_a_bad_event_is_named_and_the_rest_is_read():
    text = EVENT.format(when="DTSTART:20261340T000000", more="").replace("END:VCALENDAR\n", "")
    text += EVENT.format(when="DTSTART:20261128T160000Z", more="").partition("BEGIN:VEVENT")[2].join(["BEGIN:VEVENT", ""])
    read = parse(text.encode(), "a.ics")
    assert (len(read.events), read.wrong) == (1, ["a.ics: evento 1: no se entiende cuándo empieza"])
