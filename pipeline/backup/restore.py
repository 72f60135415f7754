"""Restores a backup into a folder of its own: whole and checked, or not at all."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pyrage.x25519 import Identity

from pipeline.backup.layout import BackupError, place
from pipeline.backup.read import Contents, absences, defects, unpack
from pipeline.errores import ErrorDeUso, reason
from pipeline.partial import scratch_folder, sweep

Finish = Callable[[Path], None]


def _nothing(_registro: Path) -> None:
    """Leave what was restored as it is."""


def restore(path: Path, keys: Sequence[Identity], target: Path, finish: Finish = _nothing) -> tuple[Contents, list[str]]:
    """Restore a backup as the folder `target` (new, or empty); return its contents and the captures that never came with it.

    `finish` is given the registry before anything has its name, so that what was erased since never does.

    Everything is laid beside `target`, checked, and takes its name at the end. Raises `ErrorDeUso`; then nothing is left.
    """
    folder = target.absolute()
    try:
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            raise ErrorDeUso(f"{target}: no es una carpeta vacía; indique una nueva")
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep(folder.parent)
        with scratch_folder(folder) as staging:
            contents, missing = _unpacked(path, keys, staging)
            finish(staging / contents.manifest.registro)
            os.sync()  # the files first, then the name that says they are whole
            staging.rename(folder)
    except OSError as error:
        raise ErrorDeUso(f"{target}: no se puede restaurar aquí: {reason(error)}") from error
    return contents, missing


def _unpacked(path: Path, keys: Sequence[Identity], staging: Path) -> tuple[Contents, list[str]]:
    try:
        contents = unpack(path, keys, lambda name: place(staging, name))
    except BackupError as error:
        raise ErrorDeUso(f"{path}: {error}") from error
    wrong = defects(contents, staging)
    if wrong:
        more = f" (y {len(wrong) - 1} defectos más)" if len(wrong) > 1 else ""
        raise ErrorDeUso(f"{path}: no se restaura: {wrong[0]}{more}; véalos con `hallazgos respaldo verificar`")
    return contents, absences(contents, staging)
