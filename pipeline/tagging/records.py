"""Reads files of notes, one JSON object a line: good records pass, bad lines are named and left out (exit status 5)."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import click

from crawlers.fechas import local_day
from pipeline.errores import Salida

Record = dict[str, Any]
TAG_LISTS = ("victima", "agresion", "modalidad", "agresor")


class BadRecord(ValueError):
    """A line that is no record; the message says why in Spanish."""


@dataclass
class Reader:
    """Iterates over the good records of a file and counts the bad lines, each named on standard error."""

    lines: Iterable[str]
    name: str
    check: Callable[[Record], None]
    bad: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Record]:
        seen: set[object] = set()
        for number, line in enumerate(self.lines, 1):
            if not line.strip():
                continue
            try:
                yield self._record(line, seen)
            except BadRecord as error:
                self.bad += 1
                click.echo(f"{self.name}: línea {number}: {error}", file=sys.stderr)  # named, so that it goes above a bar

    def _record(self, line: str, seen: set[object]) -> Record:
        try:
            record = json.loads(line)
        except ValueError as error:
            raise BadRecord("no es JSON") from error
        if not isinstance(record, dict):
            raise BadRecord("no es un objeto")
        check_note(record)
        self.check(record)
        if record["id"] in seen:
            raise BadRecord(f"id repetido: {record['id']}")
        seen.add(record["id"])
        return record

    def status(self) -> int:
        """Return the exit status that the lines read so far ask for."""
        return Salida.LINEAS_MALAS if self.bad else Salida.HECHO


def check_note(record: Mapping[str, Any]) -> None:
    """Raise `BadRecord` unless the record has an id, a text, and a date that can be read if it has one."""
    if isinstance(record.get("id"), bool) or not isinstance(record.get("id"), str | int) or record["id"] == "":
        raise BadRecord("falta id")
    if not isinstance(record.get("texto"), str):
        raise BadRecord("falta texto")
    if not isinstance(record.get("titulo") or "", str):
        raise BadRecord("titulo no es un texto")
    _check_day(record, "fecha_publicacion")


def _check_day(record: Mapping[str, Any], name: str) -> None:
    """Raise `BadRecord` where a field holds something else than nothing or a day (or moment) of the calendar."""
    try:
        day = local_day(record.get(name) or None)
        if day is not None:
            date.fromisoformat(day)
    except (ValueError, TypeError, AttributeError) as error:
        raise BadRecord(f"{name}: {record[name]}") from error


def check_tags(record: Mapping[str, Any]) -> None:
    """Raise `BadRecord` where the guide's fields that grouping reads are of another shape."""
    if not isinstance(record.get("relevante"), bool):
        raise BadRecord("falta relevante (true o false)")
    for name in TAG_LISTS:
        found = record.get(name) or []
        if not isinstance(found, list) or not all(isinstance(value, str) for value in found):
            raise BadRecord(f"{name} no es una lista de textos")
    _check_day(record, "fecha_hecho")
    place = record.get("lugar") or {}
    if not isinstance(place, dict) or not all(isinstance(value, str | None) for value in place.values()):
        raise BadRecord("lugar no es un objeto de textos")
    victims = record.get("victimas") or []
    if not isinstance(victims, list) or not all(isinstance(v, dict) and isinstance(v.get("nombre"), str) for v in victims):
        raise BadRecord("victimas no es una lista de objetos con nombre")
    _check_more(record.get("mas") or {})


def _check_more(more: object) -> None:
    """Raise `BadRecord` where `mas` does not hold what grouping reads of it: unnamed victims, coordinates."""
    if not isinstance(more, dict):
        raise BadRecord("mas no es un objeto")
    unnamed = more.get("victimas_sin_nombre") or []
    if not isinstance(unnamed, list) or not all(isinstance(victim, dict) for victim in unnamed):
        raise BadRecord("mas.victimas_sin_nombre no es una lista de objetos")
    point = (more.get("latitud"), more.get("longitud"))
    if point != (None, None) and not all(isinstance(part, int | float) for part in point):
        raise BadRecord("mas: latitud y longitud no son números")
    if not isinstance(more.get("sitio") or "", str):
        raise BadRecord("mas.sitio no es un texto")
