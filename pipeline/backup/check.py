"""What can be wrong with a copied registry and the files that came with it."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from pipeline.errores import reason
from pipeline.needs import finding_needs, ordinary_needs

MOST_TOLD = 20  # of one kind


def missing_captures(db: sqlite3.Connection, sizes: Mapping[str, int]) -> Iterator[str]:
    """Yield the captures that rows of the registry name and `sizes` (bytes by file) does not hold; a sentence each."""
    for file, offset in ordinary_needs(db):
        if sizes.get(file, 0) <= offset:
            yield f"falta la captura {file}#{offset}, que nombra el registro"
    for one in filter(lambda one: one.captura, finding_needs(db)):
        name, _, place = one.captura.rpartition("#")
        copy = (one.copy or "").partition("#")[0]
        if copy not in sizes and not (re.fullmatch("[0-9]{1,15}", place) and sizes.get(name, 0) > int(place)):
            yield f"falta la captura {one.captura} del hallazgo {one.folio}, y su copia"


def registry_defects(path: Path) -> Iterator[str]:
    """Yield what SQLite finds wrong in a copied registry, a sentence each."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            for (line,) in db.execute(f"PRAGMA integrity_check({MOST_TOLD})"):
                if line != "ok":
                    yield f"{path.name}: integridad: {line}"
            broken: dict[tuple[str, str], int] = {}
            for table, _, parent, _ in db.execute("PRAGMA foreign_key_check"):
                broken[table, parent] = broken.get((table, parent), 0) + 1
            for (table, parent), count in broken.items():
                yield f"{path.name}: {count} filas de {table} apuntan a filas de {parent} que no existen"
    except sqlite3.Error as error:
        yield f"{path.name}: {reason(error)}"


def absent(path: Path, sizes: Mapping[str, int]) -> list[str]:
    """Return what a copied registry names and did not come with it; a sentence each."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            return list(missing_captures(db, sizes))
    except sqlite3.Error as error:
        return [f"{path.name}: no es un registro de hallazgos: {reason(error)}"]
