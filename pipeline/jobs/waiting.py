"""Waits for the turn, then does every job that waits, with what the configuration says of asking for pages."""

import os
from pathlib import Path

from crawlers.options import HarvestOptions
from pipeline.config import read_config
from pipeline.jobs.lock import jobs_lock
from pipeline.jobs.start import asked_file
from pipeline.reloj import clock

OUTSIDE_RUNS = 0  # what captures carry in the place of a run's number
TRUE = (True, "1", "true", "True", "t", "yes", "on")


def do_waiting(registro: Path) -> int:
    """Do every job that waits; return how many there were. Raises `ErrorDeUso` for what cannot be read."""
    with jobs_lock(registro):
        from pipeline.jobs.work import do_all  # noqa: PLC0415 - who waits for the turn loads nothing
        from pipeline.privacy.desk_work import do_desk  # noqa: PLC0415

        asked_file(registro).unlink(missing_ok=True)  # what is asked from here on is left there again
        done = do_desk(registro, clock())
        replay = configured("reproducir")
        options = HarvestOptions(
            folder=registro.parent,
            run_id=OUTSIDE_RUNS,
            now=clock(),
            contact=str(configured("contacto") or ""),
            allow_local=configured("permitir_locales") in TRUE,
            replay=Path(str(replay)) if replay else None,
        )
        return done + len(do_all(registro, options))


def configured(name: str) -> object:
    """Return an option of commands that fetch as the environment (`HALLAZGOS_…`) or `hallazgos.toml` gives it, or None."""
    return os.environ.get(f"HALLAZGOS_{name.upper()}") or read_config().get(name)
