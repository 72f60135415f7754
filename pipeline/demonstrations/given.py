"""What a form or an option gives, as the fields of a `Draft`: days and hours of Mexico City, numbers, lists one a line."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import MEXICO
from pipeline.demonstrations.places import route
from pipeline.registry.demonstrations import Demonstration, Point
from pipeline.review.errors import ReviewError

MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d{1,2}:\d\d)(?::00)?)?")


def moment(text: str) -> datetime | date:
    """Return what `AAAA-MM-DD` or `AAAA-MM-DD HH:MM` tells: a day, or an aware moment. Raises `ReviewError`."""
    found = MOMENT.fullmatch(text.strip())
    try:
        if found and found[2]:
            return datetime.fromisoformat(f"{found[1]}T{found[2]:0>5}").replace(tzinfo=MEXICO)
        if found:
            return date.fromisoformat(found[1])
    except ValueError:
        pass
    raise ReviewError(f"«{text.strip()[:40]}» no es un momento: AAAA-MM-DD, o AAAA-MM-DD HH:MM")


def hour_of(text: str, what: str) -> datetime | None:
    """Return a moment with its hour, None for an empty text or a dash. Raises `ReviewError`."""
    if text.strip() in ("", "-"):
        return None
    found = moment(text)
    if not isinstance(found, datetime):
        raise ReviewError(f"{what}: hace falta la hora, AAAA-MM-DD HH:MM")
    return found


def number(text: str) -> int | None:
    """Return a number of people, None for an empty text or a dash. Raises `ReviewError`."""
    told = re.sub(r"[\s,.]", "", text)
    if told in ("", "-"):
        return None
    if not told.isdecimal() or len(told) > 8:
        raise ReviewError(f"«{text.strip()[:40]}» no es un número de personas")
    return int(told)


def several(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def sources(db: Database, given: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of sources to watch. Raises `ReviewError` for one that the registry does not know."""
    known = {str(row[0]) for row in db.execute("SELECT id FROM fuentes").fetchall()}
    unknown = next((one for one in given if one not in known), None)
    if unknown is not None:
        raise ReviewError(f"no hay fuente «{unknown[:60]}»")
    return tuple(given)


def fields(db: Database, given: Mapping[str, str | Sequence[str]]) -> dict[str, Any]:
    """Return the `Draft` fields of texts by the draft's own names; lists may come as lists or one a line."""

    def text(name: str) -> str:
        value = given[name]
        return value if isinstance(value, str) else "\n".join(value)

    told: dict[str, Any] = {name: text(name) for name in ("nombre", "causa", "riesgo_esperado") if name in given}
    if "inicio" in given:
        told["inicio"] = moment(text("inicio"))
    told |= {name: hour_of(text(name), name) for name in ("fin", "vigilar_desde", "vigilar_hasta") if name in given}
    if "asistencia_esperada" in given:
        told["asistencia_esperada"] = number(text("asistencia_esperada"))
    if "alcaldia" in given:
        told["alcaldia"] = text("alcaldia").strip(" -") or None
    if "convocantes" in given:
        told["convocantes"] = several(text("convocantes"))
    if "recorrido" in given:
        told["recorrido"] = route(several(text("recorrido")))
    if "fuentes" in given:
        told["fuentes"] = sources(db, several(text("fuentes")))
    return told


def point_line(point: Point) -> str:
    """Return a point as a form's line gives it back."""
    return point.nombre if point.latitud is None else f"{point.nombre} | {point.latitud}, {point.longitud}"


def local_text(value: datetime | None) -> str:
    """Return a moment as forms and options take it, in Mexico City's time."""
    return value.astimezone(MEXICO).strftime("%Y-%m-%d %H:%M") if value else ""


def start_text(kept: Demonstration) -> str:
    """Return the start as forms and options take it: the day alone where the hour is not known."""
    return local_text(kept.inicio) if kept.hora_sabida else kept.dia.isoformat()
