"""The clock of a command: the machine's, or fixed with `--hoy` to 06:00 of that day in Mexico City."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from crawlers.fechas import MEXICO

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Fixed:
    """A clock that stands."""

    moment: datetime

    def __call__(self) -> datetime:
        """Return its moment."""
        return self.moment


def clock(today: date | None = None) -> Clock:
    """Return a function that gives the aware UTC moment: now, or always 06:00 in Mexico City of `today`."""
    if today is None:
        return lambda: datetime.now(UTC)
    return Fixed(datetime.combine(today, time(6), tzinfo=MEXICO).astimezone(UTC))


def mexico_day(moment: datetime) -> date:
    """Return the Mexico City day of an aware moment."""
    return moment.astimezone(MEXICO).date()
