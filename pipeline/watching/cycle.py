"""One cycle of `vigilar`: capture, tags, findings, demonstrations, notices. The crawl lock is held no longer than it lasts."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.lock import CrawlBusy, crawl_lock
from pipeline.notices.bases import send_bases
from pipeline.notices.send import Outcome
from pipeline.registry.demonstrations import Demonstration
from pipeline.registry.watching import Counts, counts, note_findings
from pipeline.run import digest
from pipeline.watching.order import WatchOrder, chosen, written
from pipeline.watching.stop import Stop

ROOT = Path(__file__).parents[2]
TRY_AGAIN = 5.0  # seconds between two looks at a lock that another crawl holds
BROKEN = "la lectura se interrumpió; el siguiente ciclo sigue donde quedó"


@dataclass(frozen=True)
class Cycle:
    """When it began, what it watched, what came of it; `fallo` says why nothing was read."""

    numero: int
    inicio: datetime
    movilizaciones: tuple[str, ...]
    leido: Counts = field(default_factory=Counts)
    hallazgos: int = 0
    avisos: tuple[Outcome, ...] = ()
    fallo: str = ""

    @property
    def avisados(self) -> int:
        """How many notices were delivered."""
        return sum(not one.reason for one in self.avisos)


@dataclass(frozen=True)
class Watch:
    """What every cycle of a watch shares; `say` tells a person what it waits for."""

    db: Database
    order: WatchOrder
    stop: Stop
    say: Callable[[str], None]


def cycle(watch: Watch, watched: Sequence[Demonstration], number: int) -> Cycle:
    """Read the sources of what is watched, digest all that is stored, tell the open Bases; return what came of it.

    What an earlier, killed cycle captured is digested too. Raises `CrawlBusy` where a single cycle found no turn.
    """
    order, begun = watch.order, watch.order.now()
    names = tuple(one.nombre for one in watched)
    run_id = _harvest(watch, written(order, watched, chosen(order.catalogue, watched)))
    new = _digest(watch)
    if run_id is not None:
        note_findings(watch.db, run_id, new)
    told = tuple(send_bases(watch.db, order.channels, order.notice, order.now()))
    read = counts(watch.db, run_id) if run_id is not None else Counts()
    failed = "" if run_id is not None or watch.stop.asked.is_set() else BROKEN
    return Cycle(number, begun, names, read, new, told, failed)


def _harvest(watch: Watch, line: str) -> int | None:
    """Have the sources read by a process of its own, waiting for its turn; return the run, None where it broke off.

    Raises `ErrorDeUso` for what no later cycle would read either.
    """
    while not watch.stop.asked.is_set():
        result = _process(watch.stop, line)
        if result is None:
            return None
        if "error" in result:
            raise ErrorDeUso(str(result["error"]))
        if "ocupado" not in result:
            return int(result["corrida"])
        _wait(watch, str(result["ocupado"]))
    return None


def _process(stop: Stop, line: str) -> dict[str, Any] | None:
    """Run one harvest; return what it printed, None where it failed.

    In a session of its own Ctrl-C does not reach it twice; when this process dies its standard input ends, and so does it.
    """
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline.watching.turn"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
        start_new_session=True,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        stop.harvest = process
        try:
            process.stdin.write(line)
            process.stdin.flush()
            printed = process.stdout.read()
            process.wait()
        except BrokenPipeError:
            printed = ""
        finally:
            stop.harvest = None
    return json.loads(printed) if process.returncode == 0 and printed else None


def _digest(watch: Watch) -> int:
    """Take what is stored to findings and demonstrations under the crawl lock; return how many findings are new."""
    while True:
        try:
            with crawl_lock(watch.order.registro):
                return digest(watch.db, watch.order.registro.parent, watch.order.now)
        except CrawlBusy as busy:
            if watch.stop.asked.is_set():
                return 0  # the crawl that holds the lock takes it up
            _wait(watch, busy.message)


def _wait(watch: Watch, why: str) -> None:
    """Wait a little for the lock. Raises `CrawlBusy` where only one cycle was asked for: the next one is not far."""
    if watch.order.once:
        raise CrawlBusy(why)
    watch.say(f"Se espera: {why}.")
    watch.stop.wait(TRY_AGAIN)
