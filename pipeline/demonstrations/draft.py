"""What a person, the news or a calendar say of a demonstration, and what the row holds of it: checks and defaults."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from crawlers.fechas import MEXICO
from nlp.vocabulario import Alcaldia
from pipeline.registry.demonstrations import Demonstration, Point, expected_end
from pipeline.review.errors import ReviewError

BEFORE, AFTER = timedelta(hours=24), timedelta(hours=72)  # issue 7: watched by default so long before and after
RISKS = ("bajo", "medio", "alto", "sin_determinar")
LONGEST = 300  # characters of a name, a group or a source
LONGEST_CAUSE = 2_000
LONGEST_SPAN = timedelta(days=366)
MOST = 60  # groups or sources


@dataclass(frozen=True)
class Draft:
    """A demonstration as it is told; a bare day as `inicio` says that the hour is not known. None: the default holds."""

    nombre: str
    inicio: datetime | date
    fin: datetime | None = None
    convocantes: tuple[str, ...] = ()
    causa: str = ""
    recorrido: tuple[Point, ...] = ()
    alcaldia: str | None = None
    asistencia_esperada: int | None = None
    riesgo_esperado: str = "sin_determinar"
    vigilar_desde: datetime | None = None
    vigilar_hasta: datetime | None = None
    fuentes: tuple[str, ...] = ()


FIELDS = tuple(one.name for one in fields(Draft))


def draft_of(kept: Demonstration) -> Draft:
    """Return what was told of a stored one; the watch is None where it is the default's."""
    told = {name: getattr(kept, name) for name in FIELDS}
    start = kept.inicio if kept.hora_sabida else kept.dia
    default_from, default_to = default_watch(kept.inicio, kept.termina)
    told["inicio"] = start
    told["vigilar_desde"] = None if kept.vigilar_desde == default_from else kept.vigilar_desde
    told["vigilar_hasta"] = None if kept.vigilar_hasta == default_to else kept.vigilar_hasta
    return Draft(**told)


def default_watch(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Return from when to when it is watched unless a person says otherwise; `end` is the expected one."""
    return start - BEFORE, end + AFTER


def state_at(start: datetime, end: datetime, now: datetime) -> str:
    """Return the state that the clock gives (`prevista`, `en_curso`, `terminada`); `end` is the expected one."""
    if now < start:
        return "prevista"
    return "en_curso" if now < end else "terminada"


def columns(draft: Draft) -> dict[str, Any]:
    """Return the values of the columns that a draft decides, not yet as stored. Raises `ReviewError` for what cannot be."""
    known = isinstance(draft.inicio, datetime)
    start = (
        _aware(draft.inicio) if isinstance(draft.inicio, datetime) else datetime.combine(draft.inicio, time(), tzinfo=MEXICO)
    )
    end = _aware(draft.fin) if draft.fin else None
    if end is not None and not timedelta() < end - start <= LONGEST_SPAN:
        raise ReviewError("el fin tiene que ser después del inicio, y a lo más un año después")
    default_from, default_to = default_watch(start, expected_end(start, end, hora_sabida=known))
    watch_from = _aware(draft.vigilar_desde) if draft.vigilar_desde else default_from
    watch_to = _aware(draft.vigilar_hasta) if draft.vigilar_hasta else default_to
    if not watch_from <= watch_to <= watch_from + 2 * LONGEST_SPAN:
        raise ReviewError("la vigilancia termina antes de empezar, o dura más de dos años")
    return {
        "nombre": _name(draft.nombre),
        "convocantes": _several(draft.convocantes, "convocantes"),
        "causa": _short(draft.causa, "causa", LONGEST_CAUSE),
        "dia": start.astimezone(MEXICO).date(),
        "inicio": start,
        "fin": end,
        "hora_sabida": known,
        "recorrido": draft.recorrido,
        "alcaldia": _borough(draft.alcaldia),
        "asistencia_esperada": _attendance(draft.asistencia_esperada),
        "riesgo_esperado": _risk(draft.riesgo_esperado),
        "vigilar_desde": watch_from,
        "vigilar_hasta": watch_to,
        "fuentes": _several(draft.fuentes, "fuentes"),
    }


def _aware(moment: datetime) -> datetime:
    """Return the moment to the second, as it is stored; one without zone is Mexico City's."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=MEXICO)).replace(microsecond=0)


def _short(text: str, what: str, longest: int = LONGEST) -> str:
    told = re.sub(r"[^\S\n]+", " ", text).strip()
    if len(told) > longest:
        raise ReviewError(f"{what}: son más de {longest} caracteres")
    return told


def _name(text: str) -> str:
    told = " ".join(_short(text, "nombre").split())
    if not told:
        raise ReviewError("la movilización necesita un nombre")
    return told


def _several(texts: Iterable[str], what: str) -> tuple[str, ...]:
    told = tuple(dict.fromkeys(filter(None, (" ".join(_short(text, what).split()) for text in texts))))
    if len(told) > MOST:
        raise ReviewError(f"{what}: son más de {MOST}")
    return told


def _borough(slug: str | None) -> str | None:
    if slug and slug not in list(Alcaldia):
        raise ReviewError(f"«{slug}» no es una alcaldía: {', '.join(Alcaldia)}")
    return slug or None


def _risk(risk: str) -> str:
    if risk not in RISKS:
        raise ReviewError(f"«{risk}» no es un riesgo: {', '.join(RISKS)}")
    return risk


def _attendance(count: int | None) -> int | None:
    if count is not None and not 0 <= count <= 10_000_000:
        raise ReviewError("la asistencia esperada es un número de personas")
    return count
