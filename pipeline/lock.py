"""One crawl at a time, and one backup or purge: locks on files beside the registry; every other writer is free."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errores import ErrorDeUso, Salida, reason

LOOK_AGAIN = 0.5  # seconds between two looks at a lock that is waited for


class CrawlBusy(ErrorDeUso):
    """Another process is crawling for this registry, or looks after its files."""

    exit_code = Salida.OCUPADO


def lock_path(registro: Path) -> Path:
    """Return the lock's file: the registry's name with `.candado` after it."""
    return registro.with_name(f"{registro.name}.candado")


@contextmanager
def crawl_lock(registro: Path, patience: float = 0.0) -> Iterator[None]:
    """Hold the crawl lock of a registry, waiting for it so many seconds. Raises `CrawlBusy` naming the holder, and since when.

    A POSIX record lock: the system gives it back when the process dies, and the processes that read pages do not inherit it.
    """
    with _held(lock_path(registro), "otra corrida usa este registro", time.monotonic() + patience):
        yield


@contextmanager
def watch_lock(registro: Path) -> Iterator[None]:
    """Hold the lock that keeps a registry from being watched twice at once. Raises `CrawlBusy` naming the holder."""
    with _held(registro.with_name(f"{registro.name}.vigilancia"), "otro `hallazgos vigilar` vigila ya con este registro"):
        yield


@contextmanager
def upkeep_lock(registro: Path) -> Iterator[None]:
    """Hold the lock that keeps a purge from removing what a backup is about to copy. Raises `CrawlBusy` naming the holder."""
    with _held(registro.with_name(f"{registro.name}.mantenimiento"), "se hace un respaldo o una depuración de este registro"):
        yield


@contextmanager
def retagging_lock(registro: Path) -> Iterator[None]:
    """Hold the lock that keeps two retaggings apart; runs go on beside one. Raises `CrawlBusy` naming the holder."""
    with _held(registro.with_name(f"{registro.name}.reetiquetar"), "ya se reetiqueta este registro"):
        yield


@contextmanager
def archive_lock(registro: Path) -> Iterator[None]:
    """Hold the lock that keeps two backfills apart; runs go on beside one. Raises `CrawlBusy` naming the holder."""
    with _held(registro.with_name(f"{registro.name}.archivo"), "ya se leen archivos web para este registro"):
        yield


@contextmanager
def _held(path: Path, taken: str, until: float = 0.0) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede escribir: {reason(error)}") from error
    try:
        while not _taken(handle):
            if time.monotonic() >= until:
                raise CrawlBusy(f"{taken}: {_holder(handle)}")
            time.sleep(LOOK_AGAIN)
        os.truncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "desde": datetime.now(UTC).isoformat()}).encode(), 0)
        yield
    finally:
        os.close(handle)


def _taken(handle: int) -> bool:
    """Take the lock unless another process has it."""
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(handle: int) -> str:
    """Describe who holds the lock, as far as its file tells."""
    try:
        found = json.loads(os.pread(handle, 200, 0))
        minutes = int((datetime.now(UTC) - datetime.fromisoformat(found["desde"])).total_seconds() // 60)
        return f"proceso {found['pid']}, desde hace {minutes} min"
    except (ValueError, KeyError, TypeError):
        return "acaba de empezar"
