"""What a blocking, or evidence under legal hold, keeps as it was: in `reservado/`, out of every page's reach.

Private files beside the registry; only a lifted blocking reads them. What must be erased again after restoring lies there too.
"""

import base64
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.evidence import write_private
from pipeline.partial import whole_file

FOLDER = "reservado"
ROWS, RECORDS, NAMES = "filas.json", "capturas.jsonl", "nombres.json"


@dataclass(frozen=True)
class Was:
    """One value that was changed: where, what it was and is now. A row that was deleted: `columna` '', the row as JSON."""

    tabla: str
    fila: int
    columna: str
    antes: str | None
    ahora: str | None


@dataclass(frozen=True)
class Record:
    """A record that was covered: where it lies, and its gzip member as it was."""

    archivo: str
    lugar: int
    antes: bytes


def place(folder: Path, request: int) -> Path:
    """Return where a request's originals lie; `folder` is the one that holds the registry."""
    return folder / FOLDER / f"solicitud-{request:06d}"


def private(folder: Path, request: int) -> Path:
    """Return the same, made for its owner alone."""
    path = place(folder, request)
    for one in (path.parent, path):
        one.mkdir(mode=0o700, exist_ok=True)
    return path


def keep_rows(folder: Path, request: int, rows: Sequence[Was]) -> None:
    """Write what rows were, before they change."""
    content = json.dumps([asdict(row) for row in rows], ensure_ascii=False)
    with whole_file(private(folder, request) / ROWS) as partial:
        partial.write_text(content, "utf-8")


def add_rows(folder: Path, request: int, rows: Sequence[Was], nombres: Sequence[str]) -> None:
    """Add what more rows were, and the names as they stood there, before they change."""
    names = dict.fromkeys((*names_of(folder, request), *nombres))
    write_private(private(folder, request) / NAMES, json.dumps(list(names), ensure_ascii=False).encode())
    keep_rows(folder, request, [*rows_of(folder, request), *rows])


def names_of(folder: Path, request: int) -> list[str]:
    """Return the names that were kept with added rows."""
    path = place(folder, request) / NAMES
    return list(map(str, json.loads(path.read_text("utf-8")))) if path.is_file() else []


def keep_records(folder: Path, request: int, records: Sequence[Record]) -> None:
    """Add what records were, before their file changes."""
    path = private(folder, request) / RECORDS
    with os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
        for one in records:
            row = {"archivo": one.archivo, "lugar": one.lugar, "antes": base64.b64encode(one.antes).decode()}
            out.write(json.dumps(row) + "\n")
        out.flush()
        os.fsync(out.fileno())


def rows_of(folder: Path, request: int) -> list[Was]:
    """Return what rows were, in the order in which they changed; empty when nothing was kept."""
    path = place(folder, request) / ROWS
    return [Was(**row) for row in json.loads(path.read_text("utf-8"))] if path.is_file() else []


def records_of(folder: Path, request: int) -> Iterator[Record]:
    """Yield what records were, the first picture of each (a killed run may have kept one twice)."""
    path = place(folder, request) / RECORDS
    seen: set[tuple[str, int]] = set()
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        row: Mapping[str, Any] = json.loads(line)
        if (row["archivo"], row["lugar"]) not in seen:
            seen.add((row["archivo"], row["lugar"]))
            yield Record(row["archivo"], row["lugar"], base64.b64decode(row["antes"]))


def destroy(folder: Path, request: int) -> None:
    """Remove a request's originals."""
    shutil.rmtree(place(folder, request), ignore_errors=True)
