"""The dates that a folded text names, and whether beside words of protest: "la marcha del 8 de marzo", "el 8m"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.linking.weights import LIMITS

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
NAMED = re.compile(rf"\b(\d{{1,2}}|primero) de ({'|'.join(MONTHS)})(?: (?:de|del)(?: ano)? (\d{{4}}))?\b")
# Days known by their number and the month's first letter: 8M, 28S, 25N.
SHORT = re.compile(r"\b(\d{1,2})([efmajsond])\b")
PROTEST = re.compile(r"\b(?:march|manifesta|manifest[oa]|moviliza|protest|planton|mitin|bloqueo|concentracion|convoca)")
AROUND = 70  # letters between a date and the words of protest that it goes with


@dataclass(frozen=True)
class Named:
    """A day of the calendar that a text names; `protest`: as that of a demonstration."""

    dia: date
    protest: bool


def named_days(plano: str, published: date | None) -> frozenset[Named]:
    """Return the days that a folded text names; without a year, the last such day, or one that is soon to come.

    Nothing is read without the day of publication, unless the year is told.
    """
    return frozenset(_named(plano, published)) | frozenset(_short(plano, published))


def _named(plano: str, published: date | None) -> Iterator[Named]:
    for found in NAMED.finditer(plano):
        number = 1 if found[1] == "primero" else int(found[1])
        month = MONTHS.index(found[2]) + 1
        day = _day(int(found[3]), month, number) if found[3] else _nearest(month, number, published)
        if day:
            around = plano[max(0, found.start() - AROUND) : found.end() + AROUND]
            yield Named(day, bool(PROTEST.search(around)))


def _short(plano: str, published: date | None) -> Iterator[Named]:
    for found in SHORT.finditer(plano):
        for month, name in enumerate(MONTHS, 1):
            day = _nearest(month, int(found[1]), published) if name.startswith(found[2]) else None
            if day:
                yield Named(day, protest=True)


def _nearest(month: int, number: int, published: date | None) -> date | None:
    if published is None:
        return None
    latest = published + timedelta(days=LIMITS["dias_de_aviso"])
    days = (_day(published.year + shift, month, number) for shift in (1, 0, -1))
    return next((day for day in days if day and day <= latest), None)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
