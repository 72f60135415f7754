"""Has done what pages asked for: by a process that is started, or by a service that waits for a file."""

import os
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from pipeline.privacy.desk import errands
from pipeline.registry.connection import open_registry
from pipeline.registry.jobs import any_unfinished

ROOT = Path(__file__).parents[2]


def asked_file(registro: Path) -> Path:
    """Return the file beside the registry that tells a service of work; it holds nothing."""
    return registro.with_name(f"{registro.name}.pedidos")


def start(registro: Path, *, apart: bool = False) -> None:
    """Start `python -m pipeline.jobs REGISTRO` and come back at once, or, `apart`, leave the file that a service waits for.

    What fails is told on the starter's stderr. A thread waits for the process's end, so that none is left over.
    """
    if apart:
        asked_file(registro).touch(mode=0o600)
        return
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    threading.Thread(
        target=subprocess.run,
        args=([sys.executable, "-m", "pipeline.jobs", str(registro.absolute())],),
        kwargs={
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.DEVNULL,
            "env": os.environ | {"PYTHONPATH": paths},
            "check": False,
        },
        daemon=True,
    ).start()


def take_up(registro: Path, *, apart: bool = False) -> None:
    """Have done what was asked for and not done when the pages were last closed."""
    with closing(open_registry(registro)) as db:
        left = any_unfinished(db) or any(one.open for one in errands(registro))
    if left:
        start(registro, apart=apart)
