"""What a run does for demonstrations: moves the states by the clock, proposes the year's, reads what the news announces."""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from crawlers.fechas import local_day
from pipeline.demonstrations.announcement import Announcement
from pipeline.demonstrations.announcements import announced
from pipeline.demonstrations.changes import move_by_clock
from pipeline.demonstrations.proposals import Offer, offer
from pipeline.demonstrations.recurrent import propose_recurrent
from pipeline.registry import proposals as rows
from pipeline.registry.transaction import writing

LOT = 200
RECENT = timedelta(days=7)  # older notes announce what is over
PAUSE_SECONDS = 0.01


@dataclass(frozen=True)
class Tended:
    """How many states moved, and how many proposals are new."""

    movidas: int
    propuestas: int


def tend(db: Database, now: datetime, *, pause: float = PAUSE_SECONDS) -> Tended:
    """Do what the day asks, in short transactions; done twice it changes nothing."""
    moved = move_by_clock(db, now)
    with writing(db):
        new = propose_recurrent(db, now)
    return Tended(moved, new + propose_from_news(db, now, pause=pause))


def propose_from_news(db: Database, now: datetime, *, pause: float = PAUSE_SECONDS) -> int:
    """Read the notes that nobody looked through, refused ones too, in lots; return how many proposals are new."""
    new = 0
    while lot := rows.unread_notes(db, now - RECENT, LOT):
        found = [(number, _announced(title, text, said, captured)) for number, title, text, said, captured in lot]
        with writing(db):
            for number, offers in found:
                new += sum(offer(db, Offer(**vars(one), origen="noticia", noticia_id=number), now) for one in offers)
            rows.read_up_to(db, lot[-1][0])
        time.sleep(pause)
    return new


def _announced(title: str, text: str, published: str | None, captured: str) -> list[Announcement]:
    return announced(title, text, date.fromisoformat(local_day(published) or local_day(captured) or captured[:10]))
