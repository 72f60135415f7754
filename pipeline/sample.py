"""Ten refused notes a week for a person to read: what sieve and tagger miss is estimated from them (`v_calidad_captura`).

Of the last whole week (Monday to Sunday in Mexico City, by capture), five notes that the sieve refused and five that it let
through and the tagger refused; where one has fewer, the other gives more. Within each, every note is as likely as another: they
are taken in the order of a digest of the week and the address, so the draw is at random with respect to what the notes say,
yet the same on every machine. A miss stands then for population / read of its own kind, and the estimate has no bias. The
sieve's notes are many and hardly ever findings, the tagger's few and near the threshold: a single draw would hold none of them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlite_utils import Database

from crawlers.fechas import MEXICO
from pipeline.registry import sample as rows
from pipeline.registry.sample import Drawn, Refused
from pipeline.registry.transaction import writing
from pipeline.reloj import mexico_day

A_WEEK = 10


def last_week(now: datetime) -> date:
    """Return the Monday of the last week that was over at `now`."""
    today = mexico_day(now)
    return today - timedelta(days=today.weekday() + 7)


def draw_week(db: Database, now: datetime) -> int:
    """Draw the sample of the last whole week unless it is drawn; return how many notes it has."""
    week = last_week(now)
    if rows.drawn(db, week):
        return 0
    begin, end = (datetime.combine(week + timedelta(days=days), time(), tzinfo=MEXICO) for days in (0, 7))
    sample = choose(rows.refused_between(db, begin, end), week)
    with writing(db):
        rows.write_sample(db, week, sample)
    return len(sample)


def choose(notes: Sequence[Refused], week: date, amount: int = A_WEEK) -> list[Drawn]:
    """Return at most `amount` of the notes, half of each kind, at random within each."""
    kinds: dict[str, list[Refused]] = defaultdict(list)
    for note in sorted(notes, key=lambda note: _lot(week, note)):
        kinds[note.estrato].append(note)
    sizes = [len(found) for found in kinds.values()]
    spare = max(0, amount // 2 - min(sizes)) if len(sizes) > 1 else amount - amount // 2
    return [Drawn(note.noticia_id, kind, len(found)) for kind, found in kinds.items() for note in found[: amount // 2 + spare]]


def _lot(week: date, note: Refused) -> bytes:
    return hashlib.blake2b(f"{week.isoformat()}\n{note.url_canonica}".encode(), digest_size=16).digest()
