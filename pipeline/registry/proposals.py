"""Rows of `movilizaciones_propuestas`: read as frozen `Proposal`s, written inside the caller's transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text

OPEN, ACCEPTED, DISMISSED = "propuesta", "aceptada", "descartada"
COLUMNS = (
    "id, clave, nombre, convocantes, causa, dia, hora, fin, sitio, alcaldia, riesgo_esperado, uid, origen, noticia_id, caduca,"
    " estado, movilizacion_id"
)
SELECT = f"SELECT {COLUMNS} FROM movilizaciones_propuestas"
# Notes that nobody read yet, of the last days: what an old note announces is over.
UNREAD = """
SELECT id, titulo, texto, publicada_en, capturada_en FROM noticias
WHERE id > (SELECT coalesce(max(noticia_id), 0) FROM anuncios_leidos) AND capturada_en >= ? ORDER BY id LIMIT ?
"""


@dataclass(frozen=True)
class Proposal:
    """One row: `hora` is HH:MM of Mexico City, `fin` an aware moment, `caduca` the last day on which it is shown."""

    id: int
    clave: str
    nombre: str
    convocantes: tuple[str, ...]
    causa: str
    dia: date
    hora: str | None
    fin: datetime | None
    sitio: str
    alcaldia: str | None
    riesgo_esperado: str
    uid: str | None
    origen: str
    noticia_id: int | None
    caduca: date
    estado: str
    movilizacion_id: int | None


def get(db: Database, number: int) -> Proposal | None:
    """Return a proposal by its number, or None."""
    return next(iter(_all(db, f"{SELECT} WHERE id = ?", [number])), None)


def by_key(db: Database, key: str) -> Proposal | None:
    """Return the proposal of an announcement, or None."""
    return next(iter(_all(db, f"{SELECT} WHERE clave = ?", [key])), None)


def waiting(db: Database, today: date) -> list[Proposal]:
    """Return what waits for a person and has not expired, in order of day and hour."""
    sql = f"{SELECT} WHERE estado = '{OPEN}' AND caduca >= ? ORDER BY dia, hora IS NULL, hora, id"
    return _all(db, sql, [today.isoformat()])


def of_day(db: Database, day: date) -> list[Proposal]:
    """Return every proposal for a day, decided or not."""
    return _all(db, f"{SELECT} WHERE dia = ? ORDER BY id", [day.isoformat()])


def insert(db: Database, values: Mapping[str, object], now: datetime) -> int:
    """Write a new one from its columns as stored; return its number."""
    names, marks = ", ".join(values), ", ".join("?" * (len(values) + 1))
    sql = f"INSERT INTO movilizaciones_propuestas ({names}, vista_en) VALUES ({marks}) RETURNING id"
    return int(db.execute(sql, [*values.values(), utc_text(now)]).fetchone()[0])


def update(db: Database, number: int, values: Mapping[str, object]) -> None:
    """Write some columns as stored."""
    told = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE movilizaciones_propuestas SET {told} WHERE id = ?", [*values.values(), number])


def decide(  # noqa: PLR0913 - a decision's columns
    db: Database, number: int, state: str, *, quien: str, now: datetime, movilizacion_id: int | None = None
) -> None:
    """Write what a person decided on it."""
    sql = "UPDATE movilizaciones_propuestas SET estado = ?, movilizacion_id = ?, quien = ?, cuando = ? WHERE id = ?"
    db.execute(sql, [state, movilizacion_id, quien, utc_text(now), number])


def unread_notes(db: Database, since: datetime, lot: int) -> list[tuple[int, str, str, str | None, str]]:
    """Return the next notes in which nobody looked for announcements: id, title, text, `publicada_en`, `capturada_en`."""
    return [tuple(row) for row in db.execute(UNREAD, [utc_text(since), lot]).fetchall()]


def read_up_to(db: Database, noticia_id: int) -> None:
    """Write up to which note announcements were looked for."""
    db.execute("INSERT OR REPLACE INTO anuncios_leidos (id, noticia_id) VALUES (1, ?)", [noticia_id])


def _all(db: Database, sql: str, params: Sequence[object]) -> list[Proposal]:
    return [_read(row) for row in db.execute(sql, params).fetchall()]


def _read(row: Sequence[Any]) -> Proposal:
    kept: dict[str, Any] = dict(zip(COLUMNS.split(", "), row, strict=True))
    kept["convocantes"] = tuple(json.loads(kept["convocantes"]))
    kept["fin"] = datetime.fromisoformat(kept["fin"]) if kept["fin"] else None
    return Proposal(**kept | {name: date.fromisoformat(kept[name]) for name in ("dia", "caduca")})
