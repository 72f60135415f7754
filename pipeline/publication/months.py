"""Public periods: whole months up to a cut-off; a year that is not over is called by its months."""

from datetime import date, timedelta

from pipeline.periodos import Periodo, month_end, parse_period


def whole_months(cut: date) -> date:
    """Return the last day of the last month that is over on `cut`, that day included."""
    return cut if cut == month_end(cut) else cut.replace(day=1) - timedelta(days=1)


def year_key(year: int, cut: date) -> str:
    """Return how a year is called: `2025`, or by its months when it is not over at `cut`."""
    return f"{year}" if cut >= date(year, 12, 31) else f"{year}-01..{cut:%Y-%m}"


def year_days(year: int, cut: date) -> tuple[str, str]:
    """Return the first and last day of a year as far as `cut`."""
    return f"{year}-01-01", min(cut, date(year, 12, 31)).isoformat()


def quarters_over(year: int, cut: date) -> list[Periodo]:
    """Return the quarters of a year that are over at `cut`."""
    return [quarter for n in range(1, 5) if (quarter := parse_period(f"{year}-T{n}")).fin <= cut]


def months_in(key: str) -> list[str]:
    """Return the months `AAAA-MM` of a public period; none for one that is no union of months."""
    if ".." in key:
        first, last = key.split("..")
        return _between(first, last) if len(first) == len(last) == 7 else []
    period = parse_period(key)
    whole = period.inicio.day == 1 and period.fin == month_end(period.fin)
    return _between(f"{period.inicio:%Y-%m}", f"{period.fin:%Y-%m}") if whole else []


def _between(first: str, last: str) -> list[str]:
    start, end = (int(text[:4]) * 12 + int(text[5:]) - 1 for text in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, end + 1)]


def months_before(key: str) -> list[str]:
    """Return the months of the same period of the year before."""
    return [f"{int(month[:4]) - 1:04}{month[4:]}" for month in months_in(key)]
