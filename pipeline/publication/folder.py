"""The folder of a publication, put in place whole: at every instant its name leads to what stood there or to what comes."""

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errores import ErrorDeUso, reason
from pipeline.partial import scratch_folder, sweep, to_disk
from pipeline.publication.editions import check_whole, is_ours

OLD = ".anterior"
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """Keep other publications out of the folder that `target` stands in, and mend what a killed one left of it.

    Raises `ErrorDeUso` while another publishes there, or for a target that holds something that this program did not write.
    """
    target = target.absolute()
    if not target.parent.is_dir():
        raise ErrorDeUso(f"{target}: no existe la carpeta {target.parent}")
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        recover(target)
        check_target(target)
        yield
    except BlockingIOError as error:
        raise ErrorDeUso(f"{target}: otra orden está publicando en esa carpeta") from error
    finally:
        os.close(handle)


def check_target(target: Path) -> None:
    """Raise `ErrorDeUso` for a target that holds something that this program did not write."""
    if target.is_dir() and not target.is_symlink():
        if any(target.iterdir()):
            check_whole(target)
    elif target.exists() or target.is_symlink():
        raise ErrorDeUso(f"{target}: ya existe y no es una carpeta")


def recover(target: Path) -> None:
    """Put back a publication whose replacement in two steps was killed between them, and sweep up what killed ones left."""
    aside = aside_of(target)
    if is_ours(aside):
        if target.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(target)
    sweep(target.parent)


def write(target: Path, files: dict[str, bytes]) -> None:
    """Put the files in the folder `target`, all or nothing; what stood there goes away once they are in place."""
    target = target.absolute()
    try:
        with scratch_folder(target) as made:
            for name, data in files.items():
                path = made / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
                path.chmod(0o644)
                to_disk(path)
            for folder in (made, *(path for path in made.iterdir() if path.is_dir())):
                folder.chmod(0o755)
                to_disk(folder)
            if target.exists():
                replace(made, target)
            else:
                made.rename(target)
            to_disk(target.parent)
    except OSError as error:
        raise ErrorDeUso(f"{target}: no se puede escribir: {reason(error)}") from error


def replace(made: Path, target: Path) -> None:
    """Put `made` in the place of `target` in one step, or in two where the file system knows no such step."""
    try:
        exchange(made, target)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
            raise
        replace_in_two(made, target)


def exchange(one: Path, other: Path) -> None:
    """Let two names change places at once (renameat2). Raises `OSError`, with `EINVAL` or `ENOSYS` where that cannot be."""
    step = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if step is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if step(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(other))


def replace_in_two(made: Path, target: Path) -> None:
    """Put `made` in the place of `target`, which waits beside it for the while; `recover` mends what a kill leaves."""
    aside = aside_of(target)
    target.rename(aside)
    made.rename(target)
    shutil.rmtree(aside)


def aside_of(target: Path) -> Path:
    """Return where a publication waits while another takes its place."""
    return target.with_name(f".{target.name}{OLD}")
