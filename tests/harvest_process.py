"""Runs a harvest in a process of its own (Scrapy's reactor starts once per process) and brings back ledger and summary."""

import logging
import os
import pickle
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from memory_ledger import MemoryLedger

NOW = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)


def fixed_now() -> datetime:
    return NOW


@dataclass
class Outcome:
    """What a harvest left: `seconds` from start to end of the crawl itself, `log` its lines."""

    summary: Any
    ledger: MemoryLedger
    seconds: float
    log: str

    def reason(self, fuente_id: str) -> str:
        return next(source.motivo for source in self.summary.sources if source.fuente_id == fuente_id)


def start(fuentes: list, folder: Path, ledger: MemoryLedger | None = None, **options: Any) -> subprocess.Popen:
    """Start a harvest; `options` are those of `HarvestOptions` (local addresses and no delay unless told)."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {"delay": 0.0, "allow_local": True, "run_id": 1, "workers": 1, "download_timeout": 4.0} | options
    (folder / "encargo").write_bytes(pickle.dumps((fuentes, ledger or MemoryLedger(), told)))
    environment = os.environ | {"PYTHONPATH": f"{Path(__file__).parents[1]}{os.pathsep}{Path(__file__).parent}"}
    return subprocess.Popen(
        [sys.executable, __file__, str(folder)], env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def finish(process: subprocess.Popen, folder: Path) -> Outcome:
    """Wait for a harvest and return what it left."""
    _, log = process.communicate(timeout=60)
    assert process.returncode == 0, log
    summary, ledger, seconds = pickle.loads((folder / "resultado").read_bytes())
    return Outcome(summary, ledger, seconds, log)


def run(fuentes: list, folder: Path, ledger: MemoryLedger | None = None, **options: Any) -> Outcome:
    return finish(start(fuentes, folder, ledger, **options), folder)


def interrupt_when(process: subprocess.Popen, ready: Any, number: int = signal.SIGINT) -> None:
    """Send a signal once `ready()` holds; Ctrl-C goes to the whole group of processes, as a terminal sends it."""
    limit = time.monotonic() + 20
    while not ready() and time.monotonic() < limit:
        time.sleep(0.02)
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)


def main(folder: Path) -> None:
    from crawlers.harvest import HarvestOptions, harvest

    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    fuentes, ledger, options = pickle.loads((folder / "encargo").read_bytes())
    begin = time.monotonic()
    summary = harvest(fuentes, ledger, HarvestOptions(folder=folder, now=fixed_now, **options))
    (folder / "resultado").write_bytes(pickle.dumps((summary, ledger, time.monotonic() - begin)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
