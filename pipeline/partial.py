"""Files that are whole or not there: written under another name, private, and swept away when their writer was killed."""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUFFIX = ".a-medias"
LEFTOVER = re.compile(r"\..+\.[0-9a-f]{8}" + re.escape(SUFFIX))


@contextmanager
def scratch(folder: Path, name: str) -> Iterator[Path]:
    """Give the path of a new empty file, mode 0600, that goes away when the block ends, and is locked until then."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f".{name}.{secrets.token_hex(4)}{SUFFIX}"
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield path
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


@contextmanager
def scratch_folder(target: Path) -> Iterator[Path]:
    """Give the path of a new private folder beside `target` that goes away when the block ends, unless it was renamed."""
    path = target.with_name(f".{target.name}.{secrets.token_hex(4)}{SUFFIX}")
    path.mkdir(parents=True, mode=0o700)
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(handle)


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """Give the path of a new private file that takes the name of `target` when the block ends well, else goes away."""
    with scratch(target.parent, target.name) as path:
        yield path
        to_disk(path)
        path.replace(target)
        to_disk(target.parent)


def sweep(folder: Path) -> None:
    """Remove what killed processes left half made in `folder`; what a living one makes is locked and stays."""
    for path in folder.glob(f".*{SUFFIX}"):
        if LEFTOVER.fullmatch(path.name) and not path.is_symlink():
            handle = os.open(path, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            else:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            finally:
                os.close(handle)


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
