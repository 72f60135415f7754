"""`python -m pipeline.watching.turn`: one harvest of `vigilar`, in a process of its own (Scrapy starts once per process).

The order is the first line of standard input; its end means that who asked for it is gone, and ends the harvest cleanly.
Prints `{"corrida": N, "interrumpida": B}`, or `{"ocupado": WHY}` where another crawl holds the lock.
"""

import importlib.metadata
import json
import os
import signal
import sys
import threading
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.harvest import HarvestOptions, harvest
from crawlers.replay import ReplayError
from pipeline.bitacora import logged
from pipeline.errores import ErrorDeUso, Salida
from pipeline.lock import CrawlBusy, crawl_lock
from pipeline.registry.connection import open_registry
from pipeline.registry.runs import close_run, open_run, sync_sources
from pipeline.registry.watching import note_watch, sum_up
from pipeline.reloj import Clock, Fixed, clock
from pipeline.run_watch import WatchedLedger
from pipeline.watching.order import sources_of

STDIN = 0
JOIN = 10.0  # seconds that a thread is waited for
SHORTEST = 120.0  # seconds that a harvest has at least; it is to end before the next cycle begins


def turn(told: dict[str, Any]) -> dict[str, object]:
    """Read the sources once under the crawl lock; return the run's number and whether it was cut short.

    The run covers no day (`solo_fuentes`): it reads some sources, by their feeds. Raises `CrawlBusy`, `ErrorDeUso`.
    """
    registro = Path(told["registro"])
    now: Clock = Fixed(datetime.fromisoformat(told["ahora"])) if told["ahora"] else clock()
    sources = sources_of(told["fuentes"])
    with crawl_lock(registro), closing(open_registry(registro)) as db:
        sync_sources(db, sources_of(told["catalogo"]), now())
        run_id = open_run(db, now(), mode="solo_fuentes", version=importlib.metadata.version("hallazgos"))
        note_watch(db, run_id, told["movilizaciones"], told["cada"])
        interrupted = True
        try:
            ledger = WatchedLedger(db, run_id, now, folder=registro.parent)
            interrupted = harvest(sources, ledger, _options(told, run_id, now)).interrupted
        finally:
            expected = None if interrupted else [one.id for one in sources]
            close_run(db, run_id, now(), expected=expected, findings=0)
            sum_up(db)
    return {"corrida": run_id, "interrumpida": interrupted}


def _options(told: dict[str, Any], run_id: int, now: Clock) -> HarvestOptions:
    limit = max(SHORTEST, told["cada"] * 60)
    return HarvestOptions(
        folder=Path(told["registro"]).parent,
        run_id=run_id,
        now=now,
        delay=told["cortesia"],
        replay=Path(told["reproducir"]) if told["reproducir"] else None,
        allow_local=told["locales"],
        contact=told["contacto"],
        download_timeout=told["espera"],
        time_limit=limit,
        source_time_limit=limit,
        workers=1,
    )


def _end_with_the_asker() -> None:
    """Stop as with SIGTERM when standard input ends."""

    def wait() -> None:
        while os.read(STDIN, 4096):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()


def _let_workers_go() -> None:
    """Wait for the threads that end the readers' processes: one still at it when Python ends complains of a closed pipe."""
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and not thread.daemon:
            thread.join(JOIN)


def _order() -> dict[str, Any]:
    """Return the order; read without a buffer, whose lock a thread that still waits would hold at the process's end."""
    line = b""
    while not line.endswith(b"\n") and (part := os.read(STDIN, 65_536)):
        line += part
    found: dict[str, Any] = json.loads(line)
    return found


def main() -> int:
    """Do what the first line of standard input asks; return the exit status."""
    told = _order()
    _end_with_the_asker()
    try:
        with logged(detail=bool(os.environ.get("HALLAZGOS_DETALLE"))):
            result = turn(told)
    except CrawlBusy as busy:
        result = {"ocupado": busy.message}
    except (ErrorDeUso, ReplayError) as error:
        result = {"error": str(error)}
    _let_workers_go()
    with suppress(BrokenPipeError):  # who asked is gone; what was read is stored
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    return Salida.HECHO


if __name__ == "__main__":
    sys.exit(main())
