"""One process at a time does the pages' work: the next one waits, so that what stands as begun was left by a dead one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def jobs_lock(registro: Path) -> Iterator[None]:
    """Hold the lock beside the registry, waiting for it; the system gives it back when the process dies."""
    handle = os.open(registro.with_name(f"{registro.name}.trabajos"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
