"""`python -m pipeline.jobs REGISTRO`: do what pages asked for. Started by the site; options come from the configuration."""

import os
import sys
from pathlib import Path

from crawlers.options import HarvestOptions
from pipeline.config import read_config
from pipeline.jobs.lock import jobs_lock
from pipeline.reloj import clock

OUTSIDE_RUNS = 0  # what captures carry in the place of a run's number
TRUE = ("1", "true", "True", "t", "yes", "on")


def configured(name: str) -> object:
    """Return an option of commands that fetch as the environment (`HALLAZGOS_…`) or `hallazgos.toml` gives it, or None."""
    return os.environ.get(f"HALLAZGOS_{name.upper()}") or read_config().get(name)


def main(registro: Path) -> None:
    """Wait for the turn, then do every job that waits."""
    with jobs_lock(registro):
        from pipeline.jobs.work import do_all  # noqa: PLC0415 - who waits for the turn loads nothing

        replay = configured("reproducir")
        options = HarvestOptions(
            folder=registro.parent,
            run_id=OUTSIDE_RUNS,
            now=clock(),
            contact=str(configured("contacto") or ""),
            allow_local=configured("permitir_locales") in (True, *TRUE),
            replay=Path(str(replay)) if replay else None,
        )
        do_all(registro, options)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
