"""A copy of the registry as it was at one moment, made while others write."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

STEP_PAGES = 256  # 1 MB a step
PAUSE_SECONDS = 0.001
BUSY_SECONDS = 30


def copy_registry(source: Path, target: Path) -> None:
    """Copy the registry into the empty file `target` in small steps; raises `sqlite3.Error`.

    One read transaction spans all steps: in WAL mode it keeps nobody from writing, and what is written meanwhile neither
    enters the copy nor makes it begin anew (without it, a busy writer would keep a copy from ever ending). The copy is one
    file, without journal.
    """
    address = f"{source.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as origin,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        copy.execute("PRAGMA synchronous = OFF")  # who asked for the copy pushes it to the disk, once
        origin.execute("BEGIN")
        origin.execute("SELECT count(*) FROM sqlite_master").fetchone()  # BEGIN alone does not fix the moment
        origin.backup(copy, pages=STEP_PAGES, progress=lambda *_: time.sleep(PAUSE_SECONDS))
        copy.execute("PRAGMA journal_mode = DELETE")
