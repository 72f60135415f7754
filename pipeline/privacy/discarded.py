"""Gives a pseudonym to people whom only findings discarded long ago name: the press text stays.

Their name may be written again when a new finding tells of them: nothing of them is refused, and no digest is kept.
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.lock import crawl_lock
from pipeline.privacy.forms import forms
from pipeline.registry import pseudonyms
from pipeline.registry.connection import open_registry
from pipeline.registry.transaction import writing
from pipeline.reloj import mexico_day


@dataclass(frozen=True)
class Discards:
    """How many months ago the last finding was discarded, and the seconds that a crawl is waited for."""

    months: int
    patience: float = 30.0


def months_before(now: datetime, months: int) -> str:
    """Return the first day of the month so many months before this one, in Mexico City."""
    today = mexico_day(now)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return f"{year:04d}-{month + 1:02d}-01"


def pseudonymise(registro: Path, asked: Discards, *, quien: str, now: datetime, really: bool) -> int:
    """Return how many people get, or would get, a pseudonym; those who have one are passed over."""
    with crawl_lock(registro, asked.patience), closing(open_registry(registro)) as db:
        found = pseudonyms.due(db, months_before(now, asked.months))
        if really and found:
            db.conn.execute("PRAGMA secure_delete = ON")
            for number, name in found:
                with writing(db):
                    pseudonyms.give(db, number, forms([name]), quien=quien, now=now)
    return len(found)
