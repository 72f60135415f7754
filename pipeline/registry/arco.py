"""Requests on personal data: rows of `arco_solicitudes`, and their line in the trail; neither holds a name."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry import audit
from pipeline.registry.audit import Change

COLUMNS = (
    "id, tipo, personas, motivo, retencion, de_solicitud, conteos, muestras, quien, cuando, levantada_en, aplicada_en,"
    " terminada_en"
)

NAMES = COLUMNS.split(", ")


@dataclass(frozen=True)
class Request:
    """A row of `arco_solicitudes`; `aplicada_en`: its rows are as asked; `terminada_en`: files and copies too."""

    id: int
    tipo: str
    personas: tuple[int, ...]
    motivo: str
    retencion: str
    de_solicitud: int | None
    conteos: Mapping[str, int]
    muestras: Sequence[Sequence[Any]]
    quien: str
    cuando: str
    levantada_en: str | None
    aplicada_en: str | None
    terminada_en: str | None


@dataclass(frozen=True)
class Order:
    """What is asked: of which rows of `personas` (and names beside them), why; `retencion`: why the evidence is kept sealed."""

    tipo: str
    ids: tuple[int, ...]
    motivo: str
    retencion: str = ""
    nombres: tuple[str, ...] = ()
    de_solicitud: int | None = None


def open_request(db: Database, order: Order, *, quien: str, now: datetime) -> int:
    """Write a request down before it is done; return its number."""
    row = db.execute(
        "INSERT INTO arco_solicitudes (tipo, personas, motivo, retencion, de_solicitud, quien, cuando)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        [order.tipo, json.dumps(order.ids), order.motivo, order.retencion, order.de_solicitud, quien, utc_text(now)],
    ).fetchone()
    number = int(row[0])
    for person in order.ids or (0,):
        told = {"solicitud": number} | ({"retencion": True} if order.retencion else {})
        change = Change(order.tipo, "personas", str(person), despues=told, motivo=order.motivo)
        audit.record(db, change, quien=quien, now=now)
    return number


def apply_request(
    db: Database, number: int, counts: Mapping[str, int], samples: Sequence[Sequence[Any]] = (), *, now: datetime
) -> None:
    """Write what was changed, in the transaction that changes the rows; files and copies may still be to do."""
    sql = "UPDATE arco_solicitudes SET conteos = ?, muestras = ?, aplicada_en = ? WHERE id = ?"
    told = json.dumps(dict(counts), ensure_ascii=False), json.dumps(list(samples))
    db.execute(sql, [*told, utc_text(now), number])


def end_request(db: Database, number: int, now: datetime) -> None:
    """Mark a request as done to its end."""
    db.execute("UPDATE arco_solicitudes SET terminada_en = ? WHERE id = ?", [utc_text(now), number])


def close_request(db: Database, number: int, counts: Mapping[str, int], now: datetime) -> None:
    """Write what was found or changed by a request that is done at once."""
    apply_request(db, number, counts, now=now)
    end_request(db, number, now)


def unfinished(db: Database) -> list[Request]:
    """Return the requests that broke off, or wait for the files that a run holds, the oldest first."""
    sql = f"SELECT {COLUMNS} FROM arco_solicitudes WHERE terminada_en IS NULL ORDER BY id"
    return [_request(dict(zip(NAMES, row, strict=True))) for row in db.execute(sql).fetchall()]


def lift(db: Database, number: int, now: datetime) -> None:
    """Mark a blocking, or evidence kept, as ended."""
    db.execute("UPDATE arco_solicitudes SET levantada_en = ? WHERE id = ?", [utc_text(now), number])


def requests(db: Database) -> list[Request]:
    """Return every request, the newest first."""
    found = db.execute(f"SELECT {COLUMNS} FROM arco_solicitudes ORDER BY id DESC").fetchall()
    return [_request(dict(zip(NAMES, row, strict=True))) for row in found]


def _request(row: dict[str, Any]) -> Request:
    parsed = {name: json.loads(row[name]) for name in ("personas", "conteos", "muestras")}
    return Request(**{**row, **parsed, "personas": tuple(parsed["personas"])})


def people(db: Database, ids: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    """Return (name, kind, erased when) of rows of `personas` by number."""
    sql = "SELECT id, nombre, tipo, suprimida_en FROM personas WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0]: (row[1], row[2], row[3]) for row in db.execute(sql, [json.dumps(list(ids))]).fetchall()}


@dataclass(frozen=True)
class Right:
    """What a person says of themselves; '' stays as it is. `medio`: their outlet or organisation."""

    nombre: str = ""
    genero: str = ""
    medio: str = ""


def rectify(db: Database, number: int, told: Right, clave: str) -> dict[str, int]:
    """Write what a person says of themselves; their victim rows are a person's word from then on. Return counts by table."""
    changed = {"personas": 0, "victimas": 0}
    if told.nombre:
        changed["personas"] = 1
        db.execute("UPDATE personas SET nombre = ?, clave = ? WHERE id = ?", [told.nombre, clave, number])
    if told.genero:
        changed["personas"] = 1
        db.execute("UPDATE personas SET genero = ?, genero_origen = 'dicho' WHERE id = ?", [told.genero, number])
    for column, value in (("genero", told.genero), ("medio_u_organizacion", told.medio)):
        if value:
            db.execute(f"UPDATE victimas SET {column} = ? WHERE persona_id = ?", [value, number])
    done = db.execute("UPDATE victimas SET origen = 'persona' WHERE persona_id = ? RETURNING 1", [number]).fetchall()
    changed["victimas"] = len(done)
    for folio in folios_of(db, number):
        db.execute("DELETE FROM deshacer WHERE folio = ?", [folio])  # it would put back what was wrong
        db.execute("UPDATE hallazgos SET version = version + 1 WHERE folio = ?", [folio])
    return changed


def become_erasure(db: Database, number: int) -> None:
    """Make a blocking an erasure: what was kept of it is gone, and restoring must erase it again."""
    db.execute("UPDATE arco_solicitudes SET tipo = 'suprimir' WHERE id = ?", [number])


def folios_of(db: Database, number: int) -> list[str]:
    """Return the findings of a person."""
    sql = "SELECT DISTINCT folio FROM victimas WHERE persona_id = ? ORDER BY folio"
    return [row[0] for row in db.execute(sql, [number]).fetchall()]
