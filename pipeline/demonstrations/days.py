"""Days to come, told in Spanish in a note of a known day: "el próximo domingo 24 de noviembre", "mañana", "este sábado"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from re import Match

from nlp.calendario import DIAS, MESES, agrees, make_day, month_of, number_of

FARTHEST = timedelta(days=120)  # what is announced for later is not believed: it is mostly another year's date
_DAY = "|".join(DIAS)
_MONTH = "|".join((*MESES, "setiembre"))
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{_DAY}),? (?:dia )?)?\b(?P<day>\d{{1,2}}|primero|1º|1o) de (?P<month>{_MONTH})"
    r"(?:,? del? (?P<year>20\d\d))?\b"
)
_BARE_DATE = re.compile(
    rf"\b(?P<weekday>{_DAY})? ?\b(?P<day>\d{{1,2}}) (?P<month>{_MONTH}) (?P<year>20\d\d)\b"
)  # of a headline
_WEEKDAY = re.compile(rf"\b(?P<how>este|el proximo|el|para el|proximo|hoy) (?P<weekday>{_DAY})\b(?! pasado| (?:dia )?\d)")
_NEAR = re.compile(
    r"\b(?:(?P<after>pasado manana)|(?<!la )(?<!por la )(?<!de la )(?P<tomorrow>manana)"
    r"|(?P<today>hoy|esta (?:tarde|noche|manana)))\b"
)


def days_to_come(folded: str, published: date) -> list[tuple[int, date]]:
    """Return (place in the folded text, day) of the days told that are not before the note's, in text order."""
    found = sorted(_told(folded, published))
    return [(at, day) for at, day in found if published <= day <= published + FARTHEST]


def _told(folded: str, published: date) -> Iterator[tuple[int, date]]:
    for match in chain(_DATE.finditer(folded), _BARE_DATE.finditer(folded)):
        day = _of_date(match, published)
        if day is not None and agrees(day, match["weekday"]):
            yield match.start(), day
    for match in _WEEKDAY.finditer(folded):
        ahead = (DIAS.index(match["weekday"]) - published.weekday()) % 7
        strictly = "proximo" in match["how"] and ahead == 0
        yield match.start(), published + timedelta(days=7 if strictly else ahead)
    for match in _NEAR.finditer(folded):
        ahead = 2 if match["after"] else 1 if match["tomorrow"] else 0
        yield match.start(), published + timedelta(days=ahead)


def _of_date(match: Match[str], published: date) -> date | None:
    """Return the day of a date; without a year, this year's or, in the last months of it, the next one's."""
    number = number_of(match["day"])
    if number is None:
        return None
    year, month = int(match["year"] or published.year), month_of(match["month"])
    day = make_day(year, month, number)
    if match["year"] or (day is not None and day >= published - timedelta(days=180)):
        return day
    return make_day(year + 1, month, number)
