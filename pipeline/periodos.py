"""Periods as people write them, and the same days of the year before.

`2026`, `2026-S1` (half-year), `2026-T3` (quarter), `2026-B5` (two months), `2026-05`, `12M-2026-05` (the twelve months that
end there), `AAAA-MM-DD..AAAA-MM-DD`, `AAAA-MM-DD`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from pipeline.errores import ErrorDeUso

FORMS = "2026, 2026-S1, 2026-T3, 2026-B5, 2026-05, 12M-2026-05 o AAAA-MM-DD..AAAA-MM-DD"
# letter of a part of the year → (its length in months, its name)
PARTS = {"S": (6, "semestre"), "T": (3, "trimestre"), "B": (2, "bimestre")}
ORDINALS = ("primer", "segundo", "tercer", "cuarto", "quinto", "sexto")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


@dataclass(frozen=True)
class Periodo:
    """The days `inicio`–`fin`, both included; `clave` is how it is asked for, `etiqueta` how a text calls it."""

    inicio: date
    fin: date
    clave: str
    etiqueta: str

    @property
    def de_etiqueta(self) -> str:
        """How a text says whose something is: `de mayo de 2026`, `del sexto bimestre de 2026 (noviembre–diciembre)`."""
        first = self.etiqueta.split()[0]
        if first in ORDINALS:
            return f"del {self.etiqueta} ({MONTHS[self.inicio.month - 1]}–{MONTHS[self.fin.month - 1]})"
        if first == "del":
            return f"de los días {self.inicio} a {self.fin}"
        if first == "doce":
            return f"de los {self.etiqueta}"
        return f"{'de' if first in MONTHS else 'del'} {'día ' * first[0].isdigit()}{self.etiqueta}"


def month_end(day: date) -> date:
    """Return the last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def parse_period(text: str) -> Periodo:
    """Return the period that `text` names. Raises `ErrorDeUso` with the forms that are understood."""
    key = text.strip().upper()
    for pattern, build in BUILDERS:
        found = re.fullmatch(pattern, key)
        if found:
            try:
                return build(key, *found.groups())
            except ValueError as error:
                raise ErrorDeUso(f"periodo «{text}»: {error}") from error
    raise ErrorDeUso(f"periodo «{text}»: no se entiende; se escribe como {FORMS}")


def current_quarter(today: date) -> Periodo:
    """Return the quarter that holds `today`."""
    return parse_period(f"{today.year}-T{(today.month + 2) // 3}")


def whole_year(key: str, year: str) -> Periodo:
    """Build `2026`."""
    return Periodo(first_of(int(year), 1), date(int(year), 12, 31), key, f"año {year}")


def part_of_year(key: str, year: str, letter: str, number: str) -> Periodo:
    """Build `2026-S1`, `2026-T3`, `2026-B5`."""
    months, name = PARTS[letter]
    if not 1 <= int(number) <= 12 // months:
        raise ValueError(f"un año tiene {12 // months} {name}s")
    start = first_of(int(year), (int(number) - 1) * months + 1)
    return Periodo(
        start, month_end(start.replace(month=start.month + months - 1)), key, f"{ORDINALS[int(number) - 1]} {name} de {year}"
    )


def month(key: str, year: str, number: str) -> Periodo:
    """Build `2026-05`."""
    start = first_of(int(year), int(number))
    return Periodo(start, month_end(start), key, f"{MONTHS[start.month - 1]} de {year}")


def twelve_months(key: str, year: str, number: str) -> Periodo:
    """Build `12M-2026-05`: June of the year before to May."""
    end = month_end(first_of(int(year), int(number)))
    start = date(end.year, 1, 1) if end.month == 12 else date(end.year - 1, end.month + 1, 1)
    return Periodo(start, end, key, f"doce meses que terminan en {MONTHS[end.month - 1]} de {year}")


def day_range(key: str, start: str, end: str | None = None) -> Periodo:
    """Build `AAAA-MM-DD..AAAA-MM-DD` or a single day."""
    first, last = iso_day(start), iso_day(end or start)
    if last < first:
        raise ValueError(f"termina ({end}) antes de empezar ({start})")
    return Periodo(first, last, key, f"del {first} al {last}" if end else f"{first}")


def first_of(year: int, number: int) -> date:
    """Return the first day of a month. Raises `ValueError` in Spanish for a month or year that does not exist."""
    if not 1 <= number <= 12:
        raise ValueError(f"no hay mes {number:02}")
    if not 1900 <= year <= 9998:
        raise ValueError(f"el año {year} queda fuera del calendario")
    return date(year, number, 1)


def iso_day(text: str) -> date:
    """Return a day. Raises `ValueError` in Spanish for one that does not exist."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} no es un día del calendario") from None
    first_of(day.year, day.month)
    return day


BUILDERS = (
    (r"(\d{4})", whole_year),
    (r"(\d{4})-([STB])(\d)", part_of_year),
    (r"(\d{4})-(\d{2})", month),
    (r"12M-(\d{4})-(\d{2})", twelve_months),
    (r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", day_range),
    (r"(\d{4}-\d{2}-\d{2})", day_range),
)


def years_before(period: Periodo, years: int = 1) -> tuple[date, date]:
    """Return first and last of the same days `years` before (design, "The indicator").

    29 February stands within its month: a range that holds the whole of a month meets the whole of it. As the end of a
    range it is compared with 28 February. `views/partes/regla_m1.sql` says the same; a test holds them together.
    """
    start = moved(period.inicio, years)
    end = moved(period.fin, years)
    if period.fin == month_end(period.fin) and period.inicio <= period.fin.replace(day=1):
        end = month_end(end)
    return start, end


def moved(day: date, years: int) -> date:
    """Return the day of `years` before; 29 February of a year that has none is the 28th."""
    if (day.month, day.day) == (2, 29):
        return month_end(date(day.year - years, 2, 1))
    return day.replace(year=day.year - years)


def same_period_year_before(period: Periodo) -> tuple[date, date]:
    """Return first and last of the same days of the year before, which M1 divides by."""
    return years_before(period, 1)
