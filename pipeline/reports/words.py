"""Figures and days in Spanish words, as a signed report writes them."""

from datetime import date

from pipeline.periodos import MONTHS, Periodo

UNITS = (
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece",
    "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós",
    "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
TENS = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
HUNDREDS = (
    "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos",
    "novecientos",
)  # fmt: skip


def in_words(number: int) -> str:
    """Return a count below a million in words, before a masculine noun (`veintiún registros`).

    >>> [in_words(n) for n in (0, 1, 21, 31, 100, 101, 1000, 21_021)]
    ['cero', 'un', 'veintiún', 'treinta y un', 'cien', 'ciento un', 'mil', 'veintiún mil veintiún']
    """
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _below_thousand(rest)
    head = "mil" if thousands == 1 else f"{_below_thousand(thousands)} mil"
    return f"{head} {_below_thousand(rest)}" if rest else head


def _below_thousand(number: int) -> str:
    if number == 100:
        return "cien"
    hundreds, rest = divmod(number, 100)
    return " ".join(part for part in (HUNDREDS[hundreds], _below_hundred(rest) if rest or not hundreds else "") if part)


def _below_hundred(number: int) -> str:
    tens, unit = divmod(number, 10)
    if number < 30:
        return {1: "un", 21: "veintiún"}.get(number, UNITS[number])
    return TENS[tens] + (f" y {'un' if unit == 1 else UNITS[unit]}" if unit else "")


def counted(number: int, one: str = "registro", many: str = "registros") -> str:
    """Return `21 (veintiún) registros`."""
    return f"{number:,} ({in_words(number)}) {one if number == 1 else many}"


def day_text(day: date | str) -> str:
    """Return `1 de septiembre de 2026`."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{found.day} de {MONTHS[found.month - 1]} de {found.year}"


def span_text(start: date | str, end: date | str) -> str:
    """Return `del 1 de septiembre al 31 de octubre de 2026`."""
    first, last = (date.fromisoformat(day) if isinstance(day, str) else day for day in (start, end))
    if first == last:
        return f"del {day_text(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"del {first.day} al {day_text(last)}"
    opening = day_text(first).removesuffix(f" de {first.year}") if first.year == last.year else day_text(first)
    return f"del {opening} al {day_text(last)}"


def named(period: Periodo) -> str:
    """Return the period's name with its days: `quinto bimestre de 2026, del 1 de septiembre al 31 de octubre de 2026`.

    A month says its days by its name.
    """
    if period.etiqueta.split()[0] in MONTHS:
        return period.etiqueta
    days = span_text(period.inicio, period.fin)
    return f"periodo {days}" if period.inicio.isoformat() in period.etiqueta else f"{period.etiqueta}, {days}"


def within(period: Periodo) -> str:
    """Return `En el quinto bimestre de 2026, del 1 de septiembre al 31 de octubre de 2026`."""
    name = named(period)
    article = "los " if name.startswith("doce") else "" if name.split()[0] in MONTHS else "el "
    return f"En {article}{name}"


def joined(items: list[str]) -> str:
    """Return `a, b y c`."""
    return f"{', '.join(items[:-1])} y {items[-1]}" if len(items) > 1 else "".join(items)
