"""Rows of `metas` and `avances`, and of the imports that bring them: written inside the caller's transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.errores import ErrorDeUso

# table → the columns of its key
KEYS = {"metas": ("anio", "clave"), "avances": ("anio", "clave", "trimestre")}
Row = dict[str, Any]


@dataclass(frozen=True)
class Arrival:
    """A file being taken in: `tipo` is the table that it fills; `ensayo`: only counted, nothing is written."""

    tipo: str
    archivo: str
    sha256: str
    ensayo: bool = False


@dataclass(frozen=True)
class Imported:
    """One row of `importaciones`; `antes` holds, for each row written, its key, the row as it stood (or None) and as it is."""

    id: int
    tipo: str
    archivo: str
    antes: list[Row]
    deshecha_en: str | None


def find(db: Database, table: str, key: Sequence[object]) -> Row | None:
    """Return the row of `metas` or `avances` with that key, or None."""
    where = " AND ".join(f"{column} = ?" for column in KEYS[table])
    return next(iter(db.query(f"SELECT * FROM {table} WHERE {where}", list(key))), None)


def put(db: Database, table: str, row: Mapping[str, object]) -> None:
    """Insert a row of `metas` or `avances`, or write its columns over the one of the same key."""
    columns, key = list(row), KEYS[table]
    told = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
    db.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {told}",
        list(row.values()),
    )


def drop(db: Database, table: str, key: Sequence[object]) -> None:
    """Delete the row of that key."""
    where = " AND ".join(f"{column} = ?" for column in KEYS[table])
    db.execute(f"DELETE FROM {table} WHERE {where}", list(key))


def in_year(db: Database, year: int) -> list[str]:
    """Return the keys of a year's plan in their order."""
    return [row[0] for row in db.execute("SELECT clave FROM metas WHERE anio = ? ORDER BY orden", [year]).fetchall()]


def measured(db: Database, year: int, key: str) -> str | None:
    """Return who says what was reached of an indicator (`metas.medicion`), or None when the plan has no such one."""
    row = find(db, "metas", (year, key))
    return str(row["medicion"]) if row else None


def has_reached(db: Database, year: int, key: str) -> bool:
    """Say whether somebody told what was reached of an indicator."""
    return bool(db.execute("SELECT 1 FROM avances WHERE anio = ? AND clave = ? LIMIT 1", [year, key]).fetchone())


def add_import(db: Database, file: Arrival, written: Sequence[Row], *, quien: str, now: datetime) -> int:
    """Add the line of an import that wrote `written` (each with `antes`, None for a new row) and return its number."""
    new = sum(row["antes"] is None for row in written)
    kept = json.dumps(list(written), ensure_ascii=False)
    counts = [len(written), new, len(written) - new]
    found = db.execute(
        "INSERT INTO importaciones (tipo, archivo, sha256, filas, nuevas, cambiadas, antes, quien, cuando)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [file.tipo, file.archivo, file.sha256, *counts, kept, quien, utc_text(now)],
    )
    return int(found.lastrowid or 0)


def get_import(db: Database, number: int) -> Imported | None:
    """Return an import of the plan's, or None."""
    row = next(iter(db.query("SELECT * FROM importaciones WHERE id = ? AND tipo IN ('metas', 'avances')", [number])), None)
    return Imported(row["id"], row["tipo"], row["archivo"], json.loads(row["antes"]), row["deshecha_en"]) if row else None


def mark_undone(db: Database, number: int, *, quien: str, now: datetime) -> None:
    """Say who undid an import."""
    db.execute("UPDATE importaciones SET deshecha_por = ?, deshecha_en = ? WHERE id = ?", [quien, utc_text(now), number])


def written_by(db: Database, number: int, tipo: str) -> list[Row]:
    """Return what an import of a kind wrote. Raises `ErrorDeUso` when there is none, or it was undone."""
    found = db.execute("SELECT antes, deshecha_en FROM importaciones WHERE id = ? AND tipo = ?", [number, tipo]).fetchone()
    if found is None:
        raise ErrorDeUso(f"no hay importación {number} de {tipo}")
    if found[1]:
        raise ErrorDeUso(f"la importación {number} ya se deshizo")
    return list(json.loads(found[0]))


def import_kind(db: Database, number: int) -> str | None:
    """Return what an import brought (`totales`, `registros`, `metas`, `avances`), None when there is none."""
    found = db.execute("SELECT tipo FROM importaciones WHERE id = ?", [number]).fetchone()
    return str(found[0]) if found else None
