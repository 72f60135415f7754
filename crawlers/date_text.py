"""Dates as feeds and pages write them → an aware moment, a naive one (no zone given) or a bare day. Never guesses a day."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

FIRST_YEAR = 1990
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero ene january jan", "febrero feb february", "marzo mar march", "abril abr april apr", "mayo may",
            "junio jun june", "julio jul july", "agosto ago august aug", "septiembre setiembre sep sept set september",
            "octubre oct october", "noviembre nov november", "diciembre dic december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "cet": 1, "cest": 2, "art": -3, "brt": -3, "clt": -4, "pet": -5, "bst": 1, "wet": 0,
}  # fmt: skip
_CLOCK = re.compile(
    r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?:h(?:rs?|oras)?\b\.?)?\s*(a\.?\s?m\b\.?|p\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:\b(?:gmt|utc)\s*)?([+-])(\d{1,2}):?(\d{2})?$", re.IGNORECASE)
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})[.ºo]?[\s,/-]*(?:de\s+)?([a-z]{3,10})\b\.?[\s,/-]*(?:del?\s+)?(\d{4}|\d{2})(?!\d|:)", re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"\b([a-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?:del?\s+)?(\d{4})\b", re.IGNORECASE)


def _year(text: str) -> int:
    """Return the year; two digits as RFC 2822 wants them."""
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < 50 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    """Return the date if there is such a day and the year can be a publication's."""
    if not 1900 <= year <= 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_day(text: str) -> tuple[date, int] | None:
    """Return the first day written in `text` and where it ends: ISO, `d/m/a`, names of months in Spanish or English."""
    if found := _ISO_DAY.search(text):
        day = _day(int(found[1]), int(found[2]), int(found[3]))
        return (day, found.end()) if day else None
    for pattern, place in ((_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2))):
        for found in pattern.finditer(text):
            month = MONTHS.get(found[place[1]].lower())
            if month and (day := _day(_year(found[place[0]]), month, int(found[place[2]]))):
                return day, found.end()
    if found := _NUMBERS.search(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        day = _day(year, second, first) or _day(year, first, second)
        return (day, found.end()) if day else None
    return None


def find_zone(rest: str) -> timezone | None:
    """Return the zone that `rest` (what follows the clock) gives: an offset or a usual abbreviation."""
    text = rest.strip(" ()[].,")
    if found := _OFFSET.search(text):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes <= 14 * 60:
            return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes))
    word = text.split(" ")[0].lower() if text else ""
    return timezone(timedelta(hours=_ZONES[word])) if word in _ZONES else None


def _moment(day: date, clock: re.Match[str], rest: str) -> datetime | date:
    """Return day and clock as one moment; the bare day when the clock is impossible."""
    hour, half = int(clock[1]), (clock[4] or "").lower()[:1]
    if half and not 1 <= hour <= 12:
        half = ""
    hour = hour % 12 + 12 if half == "p" else hour % 12 if half == "a" else hour
    if hour > 24 or int(clock[2]) > 59:
        return day
    start = datetime(day.year, day.month, day.day, tzinfo=find_zone(rest))
    return start + timedelta(hours=hour, minutes=int(clock[2]), seconds=min(int(clock[3] or 0), 59))


def _folded(text: str) -> str:
    """Return the text with the accents of day names gone (`mié`, `sáb`), so that word patterns hold."""
    return text.translate(str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU"))


def _iso(text: str) -> datetime | date | None:
    """Return a date in the usual ISO form at once: nine in ten are, and a sitemap may hold 50,000."""
    if text[4:5] != "-" or text[7:8] != "-":
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not 1900 <= moment.year <= 2200:
        return None
    return moment if len(text) > 10 else moment.date()


def parse_date(raw: str | None) -> datetime | date | None:
    """Return what a date text says: an aware or naive moment, a bare day, or None when it is no date."""
    if raw and (quick := _iso(raw)):
        return quick
    text = " ".join(_folded(raw or "").split())[:120]
    if not text or not any(char.isdigit() for char in text):
        return None
    if (found := _COMPACT.match(text)) and len(text) >= 8:
        day = _day(int(found[1]), int(found[2]), int(found[3]))
        if day and not found[4]:
            return day
        if day and int(found[4]) < 24 and int(found[5]) < 60:
            zone = find_zone(text[found.end() :])
            return datetime(day.year, day.month, day.day, int(found[4]), int(found[5]), int(found[6] or 0) % 60, tzinfo=zone)
    place = find_day(text)
    if place is None:
        return None
    day, end = place
    clock = _CLOCK.search(text, end) or _CLOCK.search(text)
    return day if clock is None else _moment(day, clock, text[clock.end() :])


def believed(moment: datetime | date | None, now: datetime | None) -> datetime | date | None:
    """Return `moment`, or None if it lies more than a day after `now` (aware; None: no clock), or before there was a web.

    `1970-01-01` and the like are what a program writes that does not know the date.
    """
    if moment is None or moment.year < FIRST_YEAR:
        return None
    if now is None:
        return moment
    limit = now + timedelta(days=1)
    if isinstance(moment, datetime):
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return None if aware > limit else moment
    return None if moment > limit.date() else moment
