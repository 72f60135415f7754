"""The loop of `vigilar`. Killed anywhere it is begun again: the registry tells what is left, and nothing is done twice."""

import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime

from sqlite_utils import Database

from pipeline.demonstrations import move_by_clock, to_watch
from pipeline.errores import Salida
from pipeline.lock import watch_lock
from pipeline.pages.wording import moment_text
from pipeline.progreso import without_bars
from pipeline.registry.connection import open_registry
from pipeline.registry.demonstrations import Demonstration
from pipeline.registry.watching import next_watch
from pipeline.watching.cycle import Cycle, Watch, cycle
from pipeline.watching.order import WatchOrder
from pipeline.watching.stop import stopping

SHORTEST_PAUSE = 3.0  # seconds between two cycles: whoever waits for the crawl lock gets it


def watch(order: WatchOrder, show: Callable[[Cycle], None], say: Callable[[str], None]) -> int:
    """Watch until nothing is to be watched, `order.until`, or a signal; return the exit status.

    Raises `CrawlBusy` while another one watches this registry, `ErrorDeUso` where there is no source to read.
    """
    status = Salida.HECHO
    with watch_lock(order.registro), stopping() as stop, closing(open_registry(order.registro)) as db, without_bars():
        shared, number = Watch(db, order, stop, say), 0
        while not stop.asked.is_set():
            begun = time.monotonic()
            watched = _watched(shared)
            if not watched:
                break
            number += 1
            done = cycle(shared, watched, number)
            show(done)
            status = Salida.ATENCION if done.fallo or any(one.reason for one in done.avisos) else Salida.HECHO
            if order.once:
                break
            stop.wait(max(SHORTEST_PAUSE, order.every.total_seconds() - (time.monotonic() - begun)))
    return status


def _watched(shared: Watch) -> list[Demonstration]:
    """Return what is watched now, its states moved by the clock; where it is nothing, say why."""
    db, order, now = shared.db, shared.order, shared.order.now()
    move_by_clock(db, now)
    if order.until and now >= order.until:
        shared.say("Llegó la hora de terminar.")
        return []
    found = to_watch(db, now)
    if not found:
        shared.say(_nothing(db, now))
    return found


def _nothing(db: Database, now: datetime) -> str:
    following = next_watch(db, now)
    if following is None:
        return "No hay nada que vigilar."
    return f"No hay nada que vigilar ahora; la siguiente vigilancia empieza el {moment_text(following.isoformat())}."
