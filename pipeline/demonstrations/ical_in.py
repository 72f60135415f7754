"""A calendar file taken in: each event once by its UID, as a proposal, or as a change of what came of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar, Component

from crawlers.fechas import MEXICO
from pipeline.demonstrations.announcement import LONGEST_SITE
from pipeline.demonstrations.draft import LONGEST
from pipeline.errores import ErrorDeUso, reason

LARGEST = 5_000_000  # bytes of a file
MOST = 5_000  # events


@dataclass(frozen=True)
class Told:
    """One event: a bare day as `inicio` is one of whole days, `fin` is None where no end or only that day is told."""

    uid: str
    nombre: str
    inicio: datetime | date
    fin: datetime | None
    sitio: str
    causa: str
    cancelled: bool
    sequence: int
    repeats: bool

    @property
    def dia(self) -> date:
        """The Mexico City day on which it begins."""
        return self.inicio.astimezone(MEXICO).date() if isinstance(self.inicio, datetime) else self.inicio

    @property
    def hora(self) -> str | None:
        """The hour in Mexico City as HH:MM."""
        return self.inicio.astimezone(MEXICO).strftime("%H:%M") if isinstance(self.inicio, datetime) else None


@dataclass(frozen=True)
class Read:
    """The events of a file, and what is wrong with those that cannot be used, a line each."""

    events: list[Told]
    wrong: list[str]


def read_calendar(path: Path) -> Read:
    """Return a file's events. Raises `ErrorDeUso` when it is no calendar or cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede leer ({reason(error)})") from error
    if len(data) > LARGEST:
        raise ErrorDeUso(f"{path}: mide más de {LARGEST // 1_000_000} MB; no parece un calendario de movilizaciones")
    return parse(data, str(path))


def parse(data: bytes, name: str) -> Read:
    """Return the events of a calendar's bytes; `name` is the file's, for what is said. Raises `ErrorDeUso`."""
    if b"BEGIN:VCALENDAR" not in data[:2_000].upper():
        raise ErrorDeUso(f"{name}: no es un calendario (iCalendar)")
    try:
        found = [event for calendar in Calendar.from_ical(data, multiple=True) for event in calendar.walk("VEVENT")]
    except (ValueError, TypeError, LookupError, AttributeError) as error:  # what the library raises on torn files
        raise ErrorDeUso(f"{name}: el calendario está incompleto o dañado") from error
    if data.upper().rstrip()[-13:] != b"END:VCALENDAR" or data.upper().count(b"BEGIN:VEVENT") > len(found):
        raise ErrorDeUso(f"{name}: el calendario está incompleto o dañado")
    if len(found) > MOST:
        raise ErrorDeUso(f"{name}: trae más de {MOST} eventos")
    read = Read([], [])
    for number, event in enumerate(found, start=1):
        try:
            read.events.append(_told(event))
        except ValueError as error:
            read.wrong.append(f"{name}: evento {number}: {error}")
    return read


def _told(event: Component) -> Told:
    """Return what an event tells. Raises `ValueError` that says what it lacks."""
    uid = str(event.get("uid") or "").strip()[:LONGEST]
    start = _moment(event, "dtstart")
    if not uid or start is None:
        raise ValueError("le falta UID" if start is not None else "no se entiende cuándo empieza")
    again = _moment(event, "recurrence-id")
    return Told(
        uid=f"{uid}#{again.isoformat()}" if again else uid,
        nombre=" ".join(str(event.get("summary") or "").split())[:LONGEST] or "Sin nombre",
        inicio=start,
        fin=_end(event, start),
        sitio=" ".join(str(event.get("location") or "").split())[:LONGEST_SITE],
        causa=str(event.get("description") or "").strip()[:400],
        cancelled=str(event.get("status") or "").upper() == "CANCELLED",
        sequence=_number(event.get("sequence")),
        repeats="rrule" in event or "rdate" in event,
    )


def _number(value: object) -> int:
    return int(value) if isinstance(value, int) else 0


def _moment(event: Component, name: str) -> datetime | date | None:
    """Return a date of the event: hours in UTC (one without zone is Mexico City's), whole days as days."""
    try:
        found: Any = getattr(event.get(name), "dt", None)
    except ValueError:  # a property that the library could not read
        found = None
    if isinstance(found, datetime):
        aware = found if found.tzinfo else found.replace(tzinfo=MEXICO)
        try:
            return aware.astimezone(UTC).replace(microsecond=0)
        except OverflowError as error:
            raise ValueError("su fecha no es de este calendario") from error
    return found if isinstance(found, date) else None


def _end(event: Component, start: datetime | date) -> datetime | None:
    end = _moment(event, "dtend")
    lasts = getattr(event.get("duration"), "td", None)
    if end is None and isinstance(lasts, timedelta):
        try:
            end = start + lasts
        except OverflowError as error:
            raise ValueError("su duración no cabe en el calendario") from error
    if end is None or type(end) is not type(start) or end <= start:
        return None
    if isinstance(end, datetime):
        return end
    whole = isinstance(start, date) and end - start == timedelta(days=1)
    return None if whole else datetime.combine(end, time(), tzinfo=MEXICO).astimezone(UTC)
