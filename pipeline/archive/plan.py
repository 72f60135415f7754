"""The archives that a backfill reads, each told by its content, and what is left to read of each."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.frames import refusal
from pipeline.archive.span import Span
from pipeline.errores import ErrorDeUso, reason

SUFFIXES = (".warc", ".warc.gz")
SPAN = 4 << 20  # bytes of an archive that a worker takes at once: some seconds of work, what a death costs at most
EDGE = 1 << 20  # bytes at both ends that tell an archive


@dataclass(frozen=True)
class Source:
    """An archive to be read; `motivo`: why it cannot be."""

    path: Path
    bytes: int = 0
    huella: str = ""
    motivo: str = ""


def sources(paths: Sequence[Path]) -> list[Source]:
    """Return the archives named, those in named folders too. Raises `ErrorDeUso` when there is nothing to read."""
    found: dict[Path, Source] = {}
    for path in paths:
        if not path.exists():
            raise ErrorDeUso(f"{path}: no existe")
        inside = sorted(one for one in path.rglob("*") if one.name.endswith(SUFFIXES) and one.is_file())
        if path.is_dir() and not inside:
            raise ErrorDeUso(f"{path}: no hay archivos WARC ({', '.join(SUFFIXES)})")
        for one in inside if path.is_dir() else [path]:
            found.setdefault(one.resolve(), _source(one.resolve()))
    return list(found.values())


def _source(path: Path) -> Source:
    try:
        size = path.stat().st_size
        if size == 0:
            return Source(path, motivo="está vacío")
        return Source(path, size, _digest(path, size), refusal(path))
    except OSError as error:
        return Source(path, motivo=reason(error))


def _digest(path: Path, size: int) -> str:
    """Return the digest of an archive's size, beginning and end: reading terabytes twice would tell little more."""
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as stream:
        digest.update(stream.read(EDGE))
        stream.seek(max(0, size - EDGE))
        digest.update(stream.read(EDGE))
    return digest.hexdigest()


def spans(archivo_id: int, path: Path, gaps: Sequence[tuple[int, int]], size: int = SPAN) -> Iterator[Span]:
    """Yield what is left of an archive in pieces for workers."""
    for start, end in gaps:
        for at in range(start, end, size):
            yield Span(archivo_id, str(path), at, min(at + size, end))
