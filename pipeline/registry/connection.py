"""Opens the registry: private file, WAL, foreign keys, migrations applied after a copy aside."""

import os
import sqlite3
from pathlib import Path

from sqlite_utils import Database

from pipeline.registry.schema import MIGRATIONS, check_not_newer

# A web write may wait for a lot of the daily run; a lot takes milliseconds, so 30 s is never reached in health.
BUSY_MILLISECONDS = 30_000


def connect(path: Path) -> Database:
    """Return a connection to the registry at `path` with the settings that every writer needs."""
    connection = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    return Database(connection)


def open_registry(path: Path) -> Database:
    """Open (or create, mode 0600) the registry; an older one is copied aside, then migrated; a newer one is refused.

    Raises `RegistryTooNew`, `sqlite3.Error`.
    """
    existed = path.exists() and path.stat().st_size > 0
    if not existed:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    db = connect(path)
    check_not_newer(db)
    if MIGRATIONS.pending(db):
        if existed:
            copy_aside(db, path)
        MIGRATIONS.apply(db)
    return db


def copy_aside(db: Database, path: Path) -> Path:
    """Copy the registry beside itself before a migration; return the copy's path."""
    target = path.with_name(f"{path.stem}.antes-de-{MIGRATIONS.pending(db)[0].name}{path.suffix}")
    os.close(os.open(target, os.O_CREAT | os.O_RDWR, 0o600))
    with sqlite3.connect(target) as copy:
        db.conn.backup(copy)
    copy.close()
    return target
