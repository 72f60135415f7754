"""Opens the registry: private file, WAL, foreign keys, migrations applied after a copy aside, views made anew."""

import os
import sqlite3
import time
from pathlib import Path

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso, reason
from pipeline.partial import whole_file
from pipeline.registry.schema import MIGRATIONS, check_not_newer
from pipeline.registry.snapshot import copy_registry
from pipeline.registry.transaction import writing
from pipeline.views import install_views

# A web write may wait for a lot of the daily run; a lot takes milliseconds, so 30 s is never reached in health.
BUSY_MILLISECONDS = 30_000


def connect(path: Path) -> Database:
    """Return a connection to the registry at `path` with the settings that every writer needs."""
    connection = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000)
    _turn_wal_on(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    return Database(connection)


def _turn_wal_on(connection: sqlite3.Connection) -> None:
    """Change the journal once in the registry's life; SQLite does not wait by itself when two processes do so at once."""
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def open_registry(path: Path) -> Database:
    """Open (or create, mode 0600) the registry; an older one is copied aside, then migrated; a newer one is refused.

    Raises `ErrorDeUso` in one line for what is no registry, cannot be written or was written by a later version.
    """
    try:
        return _open(path)
    except (sqlite3.Error, OSError) as error:
        raise ErrorDeUso(f"{path}: no se puede abrir el registro: {reason(error)}") from error


def _open(path: Path) -> Database:
    if not path.exists() or path.stat().st_size == 0:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    else:
        check_registry(path)
        if not os.access(path, os.W_OK):
            raise PermissionError("es de solo lectura")
    db = connect(path)
    check_not_newer(db, path)
    if MIGRATIONS.pending(db):
        _migrate(db, path)
    install_views(db)
    return db


def _migrate(db: Database, path: Path) -> None:
    """Bring the registry to this version, all or nothing; of two processes that open it at once the second finds it done."""
    with writing(db):
        if MIGRATIONS.pending(db):
            if db.table_names():
                copy_aside(db, path)
            MIGRATIONS.apply(db)


def check_registry(path: Path) -> None:
    """Refuse a foreign file before anything is done with it. Raises `OSError` or `sqlite3.Error`."""
    if path.is_dir():
        raise IsADirectoryError("es una carpeta")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        applied = f"SELECT DISTINCT migration_set FROM {MIGRATIONS.migrations_table}"
        sets = {row[0] for row in connection.execute(applied)} if MIGRATIONS.migrations_table in names else {"ninguno"}
    finally:
        connection.close()
    if names and sets and MIGRATIONS.name not in sets:
        raise OSError("es una base de otro programa")


def copies_aside(path: Path) -> list[Path]:
    """Return the copies that `copy_aside` left beside a registry."""
    return sorted(path.parent.glob(f"{path.stem}.antes-de-*{path.suffix}*"))


def copy_aside(db: Database, path: Path) -> Path:
    """Copy the registry beside itself before the pending migrations, whole or not at all; return the copy's path."""
    target = path.with_name(f"{path.stem}.antes-de-{MIGRATIONS.pending(db)[0].name}{path.suffix}")
    with whole_file(target) as copy:
        copy_registry(path, copy)  # by a connection of its own: the caller's holds the write lock already
    return target
