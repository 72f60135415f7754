"""Starts the process that does what pages asked for."""

import os
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).parents[2]


def start(registro: Path) -> None:
    """Start `python -m pipeline.jobs REGISTRO` and come back at once; a thread waits for its end, so that none is left over."""
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    threading.Thread(
        target=subprocess.run,
        args=([sys.executable, "-m", "pipeline.jobs", str(registro.absolute())],),
        kwargs={
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
            "env": os.environ | {"PYTHONPATH": paths},
            "check": False,
        },
        daemon=True,
    ).start()
