"""Days told in Spanish, resolved against the day of publication: pure arithmetic, no text.

A note speaks of what has happened, so every day is the last one that fits on or before its publication.
"""

from datetime import date, timedelta

MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
DIAS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
NUMEROS = {
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15,
    "dieciseis": 16, "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiuno": 21, "veintidos": 22,
    "veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26, "veintisiete": 27, "veintiocho": 28,
    "veintinueve": 29, "treinta": 30, "treinta y uno": 31, "primero": 1, "1ro": 1, "1o": 1, "1º": 1, "1°": 1,
}  # fmt: skip


def number_of(word: str) -> int | None:
    """Return a number written in digits or as a (folded) word, None for any other word."""
    return int(word) if word.isdecimal() else NUMEROS.get(word)


def month_of(word: str) -> int:
    """Return the number of a folded month name; "setiembre" is the older spelling."""
    return MESES.index("septiembre" if word == "setiembre" else word) + 1


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none (31 de junio) or the year is no year of news."""
    if not 1900 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of_month(published: date, month: int, day: int) -> date | None:
    """Return the last such day-month on or before publication ("15 de noviembre" read in January: last year's)."""
    same = make_day(published.year, month, day)
    return same if same and same <= published else make_day(published.year - 1, month, day)


def last_day_number(published: date, day: int) -> date | None:
    """Return the last day of that number on or before publication ("el pasado 12")."""
    if day <= published.day:
        return make_day(published.year, published.month, day)
    before = published.replace(day=1) - timedelta(days=1)
    return make_day(before.year, before.month, day)


def last_weekday(published: date, weekday: str, *, strictly: bool = False) -> date:
    """Return the last such weekday on or before publication; `strictly` leaves the day of publication out."""
    back = (published.weekday() - DIAS.index(weekday)) % 7
    return published - timedelta(days=back or (7 if strictly else 0))


def agrees(day: date, weekday: str | None) -> bool:
    """Tell whether the weekday that the text prints is that of the day (lexicon, section 7: outlets get it wrong)."""
    return weekday is None or DIAS[day.weekday()] == weekday
