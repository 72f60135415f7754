"""Who covers names is alone: no run, backup, purge, retagging or backfill writes rows or captures meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.lock import archive_lock, crawl_lock, retagging_lock, upkeep_lock

PATIENCE = 30.0  # seconds that a crawl is waited for


@contextmanager
def alone(registro: Path) -> Iterator[None]:
    """Hold every lock of a registry. Raises `CrawlBusy` naming who holds one."""
    with crawl_lock(registro, PATIENCE), beside_run(registro):
        yield


@contextmanager
def beside_run(registro: Path) -> Iterator[None]:
    """Hold them for who holds the crawl lock already. Raises `CrawlBusy`."""
    with upkeep_lock(registro), retagging_lock(registro), archive_lock(registro):
        yield
