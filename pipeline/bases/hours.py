"""The hours of a Base: what a person types on its clock, and the moment that is stored."""

import re
from datetime import UTC, date, datetime, time, timedelta

from crawlers.fechas import MEXICO, utc_text
from pipeline.review.errors import ReviewError

AHEAD = timedelta(minutes=10)  # how far a phone's clock may run before ours
LATE_NIGHT = timedelta(hours=12)  # an hour that has not come yet is last night's when that is so near
HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def moment(text: str, now: datetime) -> datetime:
    """Return the moment of an hour of today or last night (`23:50`), or of a whole moment (without zone: Mexico City's).

    Raises `ReviewError` for what is neither, and for what has not come yet.
    """
    said = text.strip()
    hour = HOUR.fullmatch(said)
    found = _of_today(int(hour[1]), int(hour[2]), now) if hour else _whole(said)
    if found > now + AHEAD:
        raise ReviewError(f"la hora {said} todavía no llega; revise el reloj del teléfono")
    return found


def _of_today(hour: int, minute: int, now: datetime) -> datetime:
    here = now.astimezone(MEXICO)
    found = here.replace(hour=hour, minute=minute, second=0, microsecond=0)
    before = found - timedelta(days=1)
    return before if found > now + AHEAD and now - before <= LATE_NIGHT else found


def _whole(said: str) -> datetime:
    try:
        found = datetime.fromisoformat(said)
        if len(said) < len("2026-03-08T10:00"):
            raise ValueError(said)
        return (found if found.tzinfo else found.replace(tzinfo=MEXICO)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ReviewError(f"«{said[:40]}» no es una hora (HH:MM, o AAAA-MM-DDTHH:MM)") from error


def stored(text: str, now: datetime) -> str:
    """Return `moment` as it is stored."""
    return utc_text(moment(text, now))


def midnight(day: date) -> datetime:
    """Return when a Mexico City day begins."""
    return datetime.combine(day, time(), tzinfo=MEXICO)
