"""Makes a backup while others write: registry first, captures after it, all in one file that is whole or not there."""

import gzip
import hashlib
import importlib.metadata
import io
import os
import sqlite3
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pyrage.x25519 import Recipient

from crawlers.fechas import utc_text
from pipeline.accounts.file import accounts_path
from pipeline.backup.check import absent
from pipeline.backup.cipher import encrypted
from pipeline.backup.layout import CONFIGURATION, MANIFEST, BackupError, Digest, Manifest, checked_name, forget_members
from pipeline.config import config_path
from pipeline.errores import ErrorDeUso, reason
from pipeline.lock import upkeep_lock
from pipeline.partial import scratch, sweep, whole_file
from pipeline.progreso import bar, tracked
from pipeline.registry.connection import check_registry
from pipeline.registry.snapshot import copy_registry
from pipeline.sources.catalogue import own_catalogue

KEPT_FOLDERS = ("captura", "evidencia", "reservado")


@dataclass(frozen=True)
class Created:
    """A backup that was made: how many files and bytes went in, its size, and the captures that were not there to copy."""

    path: Path
    files: int
    content: int
    size: int
    missing: tuple[str, ...]


class _Hashed:
    """The first `size` bytes of a file, digested as they are read; a file that grows meanwhile keeps its first part."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file = file
        self.left = size
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        data = self.file.read(min(size, self.left))
        self.left -= len(data)
        self.digest.update(data)
        return data


def create(registro: Path, target: Path, keys: Sequence[Recipient], now: datetime) -> Created:
    """Make the backup `target` of a registry and of what lies beside it. Raises `ErrorDeUso`; then nothing is left."""
    if target.exists():
        raise ErrorDeUso(f"{target}: ya existe")
    try:
        with upkeep_lock(registro):
            check_registry(registro)
            for folder in {registro.parent, target.parent}:
                sweep(folder)
            return _create(registro, target, keys, now)
    except (OSError, sqlite3.Error, tarfile.TarError, BackupError) as error:
        named = f" ({error.filename})" if isinstance(error, OSError) and error.filename else ""
        raise ErrorDeUso(f"{target}: no se pudo hacer el respaldo: {reason(error)}{named}") from error


def _create(registro: Path, target: Path, keys: Sequence[Recipient], now: datetime) -> Created:
    with scratch(registro.parent, registro.name) as copy:
        with bar("Copiando el registro"):
            copy_registry(registro, copy)
        with whole_file(target) as partial, partial.open("wb") as file:
            with (
                encrypted(file, keys) as sink,
                gzip.GzipFile(filename="", fileobj=sink, mode="wb", compresslevel=1) as packed,  # captures are gzipped already
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                digests = {registro.name: _add(tar, registro.name, copy)}
                digests |= _add_files(tar, registro)
                manifest = Manifest(utc_text(now), registro.name, importlib.metadata.version("hallazgos"), digests)
                _add_bytes(tar, MANIFEST, manifest.dump())
            size = file.tell()
        missing = absent(copy, {name: digest.bytes for name, digest in digests.items()})
    return Created(target, len(digests), sum(digest.bytes for digest in digests.values()), size, tuple(missing))


def _add_files(tar: tarfile.TarFile, registro: Path) -> dict[str, Digest]:
    """Add accounts, captures, evidence, configuration; what goes away meanwhile is passed over (rows that need it are told)."""
    found = {}
    for name, path in tracked((*_accounts(registro), *_captures(registro.parent), *_configuration()), "Copiando capturas"):
        try:
            found[name] = _add(tar, name, path)
        except FileNotFoundError:
            continue
    return found


def _accounts(registro: Path) -> Iterator[tuple[str, Path]]:
    """Yield the file of accounts, if there is one; never the secret, with which a stolen backup could sign sessions."""
    path = accounts_path(registro)
    if path.is_file():
        yield checked_name(Path(path.name)), path


def _captures(folder: Path) -> Iterator[tuple[str, Path]]:
    for top in KEPT_FOLDERS:
        for place, folders, names in os.walk(folder / top):
            folders.sort()
            for name in sorted(names):
                path = Path(place) / name
                if not name.startswith(".") and path.is_file() and not path.is_symlink():
                    yield checked_name(path.relative_to(folder)), path


def _configuration() -> Iterator[tuple[str, Path]]:
    """Yield `hallazgos.toml` and the operator's own catalogue, where there are such."""
    for path in (config_path(), own_catalogue()):
        if path.is_file():
            yield checked_name(Path(CONFIGURATION, path.name)), path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> Digest:
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        content = _Hashed(file, status.st_size)
        _write(tar, name, content, status.st_size, status.st_mtime)
    return Digest(content.digest.hexdigest(), status.st_size)


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    _write(tar, name, io.BytesIO(content), len(content), 0)


def _write(tar: tarfile.TarFile, name: str, content: "_Hashed | io.BytesIO", size: int, modified: float) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(modified)
    tar.addfile(info, content)  # type: ignore[arg-type]  # it needs read(n) only
    forget_members(tar)
