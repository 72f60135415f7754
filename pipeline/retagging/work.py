"""Tags stored texts again in short lots beside a daily run, and lets their findings follow.

A noticia carries the version of the tagger that read it: killed anywhere, the next order goes on with those that are left, and
once none is left it changes nothing. What people decided lies apart and stays on top; a finding that no note tells any more in
the eyes of the new tagger stays with the codes that it had, for a person to discard: a missed attack is worse.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from sqlite_utils import Database

from crawlers.fechas import MEXICO, local_day, utc_text
from nlp.etiquetas import VERSION_ETIQUETADOR, Nota
from pipeline.evidence import keep_evidence
from pipeline.incidents import group_pending
from pipeline.lock import retagging_lock
from pipeline.partial import scratch_folder
from pipeline.progreso import bar
from pipeline.quien import shell_user
from pipeline.registry import audit, retag
from pipeline.registry.connection import open_registry
from pipeline.registry.retag import Row, Span
from pipeline.registry.snapshot import copy_registry
from pipeline.registry.transaction import writing
from pipeline.reloj import Clock
from pipeline.retagging.compare import Difference, Picture, difference, picture
from pipeline.tagging.workers import Lot, Tags, tag_lots, workers_for

LOT = 50
LOTS_BEFORE_GROUPING = 20
PAUSE_SECONDS = 0.01
Tagger = Callable[[Iterable[Lot], int], Iterator[Tags]]


@dataclass(frozen=True)
class Order:
    """What to tag again: noticias captured from one Mexico City day to another, both included (None: without limit)."""

    desde: date | None
    hasta: date | None
    now: Clock

    def span(self) -> Span:
        """Return the moments between which they were captured."""
        end = self.hasta + timedelta(days=1) if self.hasta else None
        return Span(_moment(self.desde) if self.desde else "", _moment(end) if end else "9999")


def _moment(day: date) -> str:
    return utc_text(datetime.combine(day, clock_time(0), tzinfo=MEXICO))


def simulate(registro: Path, order: Order, tagger: Tagger = tag_lots) -> Difference:
    """Return what would change, by doing it to a private copy of the registry that goes away afterwards."""
    with scratch_folder(registro) as folder:
        copy = folder / "registro.db"
        copy.touch(mode=0o600)
        copy_registry(registro, copy)
        with closing(open_registry(copy)) as db:
            return _compared(db, order, tagger)


def apply(registro: Path, order: Order, tagger: Tagger = tag_lots) -> Difference:
    """Tag again and return what changed. Raises `CrawlBusy` while another one does; a run may go on beside it."""
    with retagging_lock(registro), closing(open_registry(registro)) as db:
        waiting = retag.waiting(db, order.span())
        if waiting:
            said = {"version": VERSION_ETIQUETADOR, "noticias": waiting, **vars(order.span())}
            with writing(db):
                line = audit.Change("reetiquetar", "noticias", VERSION_ETIQUETADOR, despues=said)
                audit.record(db, line, quien=shell_user(), now=order.now())
        found = _compared(db, order, tagger)
        keep_evidence(db, registro.parent)
        return found


def _compared(db: Database, order: Order, tagger: Tagger) -> Difference:
    before: Picture = picture(db)
    done = retag_all(db, order, tagger)
    return difference(before, picture(db), done)


def retag_all(db: Database, order: Order, tagger: Tagger = tag_lots, *, pause: float = PAUSE_SECONDS) -> int:
    """Tag what another version tagged, and group the noticias whose tags changed; return how many were tagged."""
    span, held = order.span(), retag.held(db)
    total, done = retag.waiting(db, span), 0
    under_way: deque[list[Row]] = deque()
    with bar("Reetiquetando noticias", total) as shown:
        for number, tags in enumerate(tagger(_lots(db, span, under_way), workers_for(total)), 1):
            lot = under_way.popleft()
            with writing(db):
                for row, found in zip(lot, tags, strict=True):
                    retag.retag(db, row, found, hold=row[0] in held)
            done += len(lot)
            shown.advance(len(lot))
            time.sleep(pause)
            if number % LOTS_BEFORE_GROUPING == 0:
                group_pending(db, order.now, pause=pause)
    group_pending(db, order.now, pause=pause)
    return done


def _lots(db: Database, span: Span, under_way: deque[list[Row]]) -> Iterator[Lot]:
    last = ("", 0)
    while lot := retag.next_lot(db, span, last, LOT):
        last = (lot[-1][5], lot[-1][0])
        under_way.append(lot)
        yield [Nota(str(row[0]), row[3], row[2], local_day(row[4])) for row in lot]
