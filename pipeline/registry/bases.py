"""Rows of `bases` and `registros_base`: each time that a Base stood, and the entries of its log."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text

# A Base with the demonstration that it stood for.
BASE = """
    SELECT b.*, m.nombre AS movilizacion, m.uid AS movilizacion_uid, m.dia,
        (SELECT count(*) FROM registros_base r WHERE r.base_id = b.id) AS registros
    FROM bases b JOIN movilizaciones m ON m.id = b.movilizacion_id
"""


@dataclass(frozen=True)
class Standing:
    """What is known of a Base that stands or stood; moments as stored, `organismos` are bodies, never persons."""

    tipo: str
    inicio: str
    fin: str | None = None
    sitio: str = ""
    organismos: tuple[str, ...] = ()
    personas_presentes: int | None = None


@dataclass(frozen=True)
class Entry:
    """One entry of a log as its phone gives it; `hora` as stored (UTC), `iniciales` of who is concerned."""

    uuid: str
    hora: str
    tipo: str
    texto: str
    tipo_persona: str | None = None
    iniciales: str = ""
    folio: str | None = None


@dataclass(frozen=True)
class Arrival:
    """How an entry came: `entrada` is `pagina` or `formulario`, `anoto` who wrote it when that is not `quien`, who sent it."""

    entrada: str
    anoto: str
    quien: str
    recibido_en: str


def base(db: Database, number: int) -> dict[str, Any] | None:
    """Return a Base with the name, uid and day of its demonstration, or None."""
    return next(_dicts(db, f"{BASE} WHERE b.id = ?", [number]), None)


def bases(db: Database, *, only_open: bool = False) -> list[dict[str, Any]]:
    """Return every Base, those that stand first, then the newest."""
    where = " WHERE b.fin IS NULL" if only_open else ""
    return list(_dicts(db, f"{BASE}{where} ORDER BY b.fin IS NOT NULL, b.inicio DESC, b.id DESC", []))


def standing_of(row: Mapping[str, Any]) -> Standing:
    """Return what is known of a Base from its row."""
    bodies = tuple(json.loads(row["organismos"]))
    return Standing(row["tipo"], row["inicio"], row["fin"], row["sitio"], bodies, row["personas_presentes"])


def demonstration(db: Database, number: int) -> dict[str, Any] | None:
    """Return the id, name, day and state of a demonstration, or None."""
    return next(_dicts(db, "SELECT id, nombre, dia, estado FROM movilizaciones WHERE id = ?", [number]), None)


def demonstrations_near(db: Database, first: str, last: str) -> list[dict[str, Any]]:
    """Return the demonstrations of the days from `first` to `last` that were not called off, the newest first."""
    sql = (
        "SELECT id, nombre, dia FROM movilizaciones WHERE dia BETWEEN ? AND ? AND estado <> 'cancelada'"
        " ORDER BY dia DESC, inicio DESC, id DESC"
    )
    return list(_dicts(db, sql, [first, last]))


def open_one(db: Database, demonstration_id: int, tipo: str) -> int | None:
    """Return the Base of this kind that stands for a demonstration, or None."""
    sql = "SELECT id FROM bases WHERE movilizacion_id = ? AND tipo = ? AND fin IS NULL"
    row = db.execute(sql, [demonstration_id, tipo]).fetchone()
    return int(row[0]) if row else None


def insert_base(db: Database, demonstration_id: int, standing: Standing, *, quien: str, now: datetime) -> int:
    """Write a Base inside the caller's transaction; return its number."""
    row = db.execute(
        "INSERT INTO bases (movilizacion_id, tipo, inicio, fin, sitio, organismos, personas_presentes, quien, cuando)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        [demonstration_id, *_columns(standing), quien, utc_text(now)],
    ).fetchone()
    return int(row[0])


def update_base(db: Database, number: int, standing: Standing) -> int:
    """Write what is known of a Base now, inside the caller's transaction; return its new version."""
    row = db.execute(
        "UPDATE bases SET tipo = ?, inicio = ?, fin = ?, sitio = ?, organismos = ?, personas_presentes = ?,"
        " version = version + 1 WHERE id = ? RETURNING version",
        [*_columns(standing), number],
    ).fetchone()
    return int(row[0])


def _columns(standing: Standing) -> list[Any]:
    bodies = json.dumps(list(standing.organismos), ensure_ascii=False)
    return [standing.tipo, standing.inicio, standing.fin, standing.sitio, bodies, standing.personas_presentes]


def entry(db: Database, uuid: str) -> dict[str, Any] | None:
    """Return the entry that a phone called `uuid`, or None."""
    return next(_dicts(db, "SELECT * FROM registros_base WHERE uuid = ?", [uuid]), None)


def entries(db: Database, base_id: int, *, newest: int | None = None) -> list[dict[str, Any]]:
    """Return the log of a Base by hour; with `newest`, so many of the last ones, the last first."""
    order = "DESC" if newest else "ASC"
    sql = f"SELECT * FROM registros_base WHERE base_id = ? ORDER BY hora {order}, id {order} LIMIT ?"
    return list(_dicts(db, sql, [base_id, newest or -1]))


def insert_entry(db: Database, base_id: int, written: Entry, arrival: Arrival) -> None:
    """Write an entry inside the caller's transaction."""
    db.execute(
        "INSERT INTO registros_base (uuid, hora, tipo, texto, tipo_persona, iniciales, folio, base_id, entrada, anoto, quien,"
        " recibido_en) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [*astuple(written), base_id, *astuple(arrival)],
    )


def attentions(db: Database, base_id: int) -> list[dict[str, Any]]:
    """Return what was done for people in a Base, in its order."""
    return list(_dicts(db, "SELECT * FROM atenciones WHERE base_id = ? ORDER BY id", [base_id]))


def finding_exists(db: Database, folio: str) -> bool:
    """Tell whether there is such a finding."""
    return db.execute("SELECT 1 FROM hallazgos WHERE folio = ?", [folio]).fetchone() is not None


def _dicts(db: Database, sql: str, params: Iterable[Any]) -> Iterator[dict[str, Any]]:
    cursor = db.execute(sql, list(params))
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)
