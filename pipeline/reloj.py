"""The clock of a command: the machine's, or fixed with `--hoy` to 06:00 of that day in Mexico City."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

from crawlers.fechas import MEXICO

Clock = Callable[[], datetime]


def clock(today: date | None = None) -> Clock:
    """Return a function that gives the aware UTC moment: now, or always 06:00 in Mexico City of `today`."""
    if today is None:
        return lambda: datetime.now(UTC)
    fixed = datetime.combine(today, time(6), tzinfo=MEXICO).astimezone(UTC)
    return lambda: fixed


def mexico_day(moment: datetime) -> date:
    """Return the Mexico City day of an aware moment."""
    return moment.astimezone(MEXICO).date()
