"""The files of a publication as they are given away: their names, digests and kinds."""

import hashlib
from pathlib import Path

from pipeline.publication.editions import SUMS, digests

KINDS = {
    ".csv": b"text/csv; charset=utf-8",
    ".json": b"application/json; charset=utf-8",
    ".db": b"application/vnd.sqlite3",
    ".md": b"text/markdown; charset=utf-8",
}


def listed(folder: Path) -> dict[str, str]:
    """Return each file's digest by its name, the list of digests itself included."""
    sums = hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()
    return digests(folder) | {SUMS: sums}


def content_type(name: str) -> bytes:
    """Return the kind of a file."""
    return KINDS.get(Path(name).suffix, b"text/plain; charset=utf-8")
