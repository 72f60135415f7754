"""Opens the registry: private file, WAL, foreign keys, migrations applied after a copy aside, views made anew."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.registry.schema import MIGRATIONS, check_not_newer
from pipeline.views import install_views

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

    Raises `ErrorDeUso` in one line for what is no registry, cannot be written or was written by a later version.
    """
    try:
        return _open(path)
    except (sqlite3.Error, OSError) as error:
        raise ErrorDeUso(f"{path}: no se puede abrir el registro: {_reason(path, error)}") from error


def _open(path: Path) -> Database:
    existed = path.exists() and path.stat().st_size > 0
    if not existed:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    else:
        _check_registry(path)
    db = connect(path)
    check_not_newer(db)
    if MIGRATIONS.pending(db):
        if existed:
            copy_aside(db, path)
        MIGRATIONS.apply(db)
    install_views(db)
    return db


def _check_registry(path: Path) -> None:
    """Refuse a foreign file before anything is written to it."""
    if path.is_dir():
        raise IsADirectoryError("es una carpeta")
    if not os.access(path, os.W_OK):
        raise PermissionError("es de solo lectura")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    finally:
        connection.close()
    if names and MIGRATIONS.migrations_table not in names:
        raise OSError("es una base de otro programa")


def _reason(path: Path, error: Exception) -> str:
    """Say in Spanish what `error` means for the user."""
    if isinstance(error, sqlite3.DatabaseError) and "not a database" in str(error):
        return "no es un archivo SQLite"
    if isinstance(error, PermissionError) and error.errno:
        return "falta permiso de escritura"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)


def copy_aside(db: Database, path: Path) -> Path:
    """Copy the registry beside itself before a migration; return the copy's path."""
    target = path.with_name(f"{path.stem}.antes-de-{MIGRATIONS.pending(db)[0].name}{path.suffix}")
    os.close(os.open(target, os.O_CREAT | os.O_RDWR, 0o600))
    with sqlite3.connect(target) as copy:
        db.conn.backup(copy)
    copy.close()
    return target


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One write transaction: all or nothing.

    It takes the write lock at once (`BEGIN IMMEDIATE`): a transaction that reads first and writes then would fail without
    waiting when somebody wrote in between. Inside another one it is a savepoint.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()
