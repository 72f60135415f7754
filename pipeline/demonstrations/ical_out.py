"""Demonstrations as an iCalendar file (RFC 5545), in Mexico City's time."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from crawlers.fechas import MEXICO
from nlp.vocabulario import Alcaldia
from pipeline.demonstrations.announcement import ARROW
from pipeline.registry.demonstrations import CANCELLED, Demonstration

PRODUCER = "-//hallazgos//movilizaciones//ES"


def calendar_of(found: Iterable[Demonstration], home: str = "") -> bytes:
    """Return the file; `home` is the site's own address with a slash at its end, for links (empty: none)."""
    calendar = Calendar()
    for name, value in (("prodid", PRODUCER), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", "Movilizaciones")):
        calendar.add(name, value)
    for one in found:
        calendar.add_component(_event(one, home))
    calendar.add_missing_timezones(date(2026, 1, 1), date(2027, 1, 1))
    return bytes(calendar.to_ical())


def _event(one: Demonstration, home: str) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.cuando)
    event.add("sequence", one.version - 1)
    event.add("summary", one.nombre)
    event.add("status", "CANCELLED" if one.estado == CANCELLED else "CONFIRMED")
    event.add("dtstart", one.inicio.astimezone(MEXICO) if one.hora_sabida else one.dia)
    if one.fin is not None:
        event.add("dtend", one.fin.astimezone(MEXICO) if one.hora_sabida else day_after(one.fin))
    place = ARROW.join(point.nombre for point in one.recorrido) or (Alcaldia(one.alcaldia).etiqueta if one.alcaldia else "")
    if place:
        event.add("location", place)
    first = next((point for point in one.recorrido if point.latitud is not None), None)
    if first is not None:
        event.add("geo", (first.latitud, first.longitud))
    event.add("description", _description(one))
    if home:
        event.add("url", f"{home}-/movilizacion/{one.id}")
    return event


def day_after(end: datetime) -> date:
    """Return the day on which an event of whole days no longer is: the end's own where it ends at midnight."""
    local = end.astimezone(MEXICO)
    return local.date() if local.time() == time() else local.date() + timedelta(days=1)


def _description(one: Demonstration) -> str:
    lines = [
        f"Convoca: {', '.join(one.convocantes)}" if one.convocantes else "",
        one.causa,
        f"Se esperan {one.asistencia_esperada:,} personas".replace(",", "\N{NO-BREAK SPACE}")
        if one.asistencia_esperada
        else "",
    ]
    return "\n".join(filter(None, lines))
