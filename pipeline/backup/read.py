"""Reads a backup as a stream: members to their places, digests taken on the way, what is wrong told in sentences."""

import gzip
import hashlib
import os
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import IO, BinaryIO

from pyrage.x25519 import Identity

from pipeline.backup.check import absent, registry_defects
from pipeline.backup.cipher import decrypted
from pipeline.backup.layout import (
    CHUNK,
    MANIFEST,
    MOST_MANIFEST_BYTES,
    BackupError,
    Digest,
    Manifest,
    forget_members,
    load_manifest,
    place,
)
from pipeline.errores import ErrorDeUso, reason
from pipeline.progreso import bar

# Where a member is to be written; None: only its digest is taken.
Place = Callable[[str], Path | None]
DAMAGE = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile)


@dataclass
class Contents:
    """What came out of a backup: the manifest and the digests as read."""

    manifest: Manifest
    found: dict[str, Digest] = field(default_factory=dict)

    def sizes(self) -> dict[str, int]:
        """Return the bytes of every file that is there."""
        return {name: digest.bytes for name, digest in self.found.items()}

    def differences(self) -> Iterator[str]:
        """Yield where manifest and members do not agree, a sentence each."""
        for name, digest in self.manifest.archivos.items():
            if name not in self.found:
                yield f"{name}: lo nombra el manifiesto y no está"
            elif self.found[name] != digest:
                yield f"{name}: su contenido no es el del manifiesto"
        for name in self.found.keys() - self.manifest.archivos.keys():
            yield f"{name}: no lo nombra el manifiesto"
        if self.manifest.registro not in self.found:
            yield "no trae el registro"


def verify(path: Path, keys: Sequence[Identity]) -> tuple[Contents | None, list[str]]:
    """Check a backup whole; return its contents (None: unreadable) and what is wrong with it, a sentence each.

    The registry is laid into a private temporary folder (`TMPDIR`) meanwhile. Raises `ErrorDeUso` for a file that is not there.
    """
    with tempfile.TemporaryDirectory(prefix="hallazgos-") as folder:
        try:
            contents = unpack(path, keys, lambda name: Path(folder) / name if "/" not in name else None)
        except BackupError as error:
            return None, [str(error)]
        return contents, [*defects(contents, Path(folder)), *absences(contents, Path(folder))]


def defects(contents: Contents, folder: Path) -> list[str]:
    """Return what is wrong with the backup itself; the registry lies in `folder`."""
    found = list(contents.differences())
    registry = folder / contents.manifest.registro
    return found + (list(registry_defects(registry)) if registry.is_file() else [])


def absences(contents: Contents, folder: Path) -> list[str]:
    """Return the captures that the registry names and that were not there when the backup was made."""
    registry = folder / contents.manifest.registro
    return absent(registry, contents.sizes()) if registry.is_file() else []


def unpack(path: Path, keys: Sequence[Identity], where: Place) -> Contents:
    """Read a backup to its end. Raises `BackupError` for damage, `ErrorDeUso` when it cannot be opened or written out."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede leer: {reason(error)}") from error
    size = os.fstat(file.fileno()).st_size
    with file, bar("Leyendo el respaldo", size, in_bytes=True) as shown, decrypted(shown.reading(file), keys) as plain:
        try:
            return _unpack(plain, where)
        except DAMAGE as error:
            raise BackupError("no es un respaldo, o está cortado o dañado") from error
        except OSError as error:
            raise BackupError(f"no se puede leer: {reason(error)}") from error


def _unpack(plain: BinaryIO, where: Place) -> Contents:
    found: dict[str, Digest] = {}
    manifest: Manifest | None = None
    with gzip.GzipFile(fileobj=plain) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
        while (info := tar.next()) is not None:
            forget_members(tar)
            content = _content(tar, info)
            if info.name == MANIFEST:
                manifest = load_manifest(_small(content, info.size))
            elif manifest or info.name in found:
                raise BackupError(f"trae dos veces {info.name}" if info.name in found else "sigue tras su manifiesto")
            else:
                found[info.name] = _lay(content, where(info.name))
        while packed.read(CHUNK):  # its own check sum stands at the end
            pass
    if manifest is None:
        raise BackupError("no trae manifiesto: está cortado, o no es un respaldo")
    return Contents(manifest, found)


def _content(tar: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    """Return a member's bytes; links, devices, folders and sparse files are never ours. Raises `BackupError`."""
    place(Path(), info.name)
    content = tar.extractfile(info) if info.type == tarfile.REGTYPE and not info.issparse() else None
    if content is None:
        raise BackupError(f"trae algo que no es un archivo: {info.name}")
    return content


def _small(content: IO[bytes], size: int) -> bytes:
    if size > MOST_MANIFEST_BYTES:
        raise BackupError("el manifiesto es demasiado grande")
    return content.read()


def _lay(content: IO[bytes], target: Path | None) -> Digest:
    """Write a member to a new private file (or nowhere); return its digest. Raises `ErrorDeUso` when it cannot be written."""
    digest, size = hashlib.sha256(), 0
    with _new_file(target) if target else nullcontext() as out:
        while data := content.read(CHUNK):
            digest.update(data)
            size += len(data)
            if out:
                _write(out, data)
    return Digest(digest.hexdigest(), size)


def _new_file(target: Path) -> FileIO:
    """Create a file, and the folders above it, for their owner only."""
    try:
        for folder in reversed(target.parents):
            if not folder.exists():
                folder.mkdir(mode=0o700)
        return FileIO(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600), "wb")
    except OSError as error:
        raise ErrorDeUso(f"{target}: no se puede escribir: {reason(error)}") from error


def _write(out: FileIO, data: bytes) -> None:
    left = memoryview(data)
    try:
        while left:
            left = left[out.write(left) :]
    except OSError as error:
        raise ErrorDeUso(f"no se puede escribir lo que se extrae: {reason(error)}") from error
