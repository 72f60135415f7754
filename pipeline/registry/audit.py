"""The audit trail: who changed what, when, from what to what. It only grows (triggers hold that)."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text


@dataclass(frozen=True)
class Change:
    """One line of `bitacora`; `antes` and `despues` are JSON values, None for restricted fields (only ids stand here)."""

    accion: str
    tabla: str
    clave: str
    campo: str = ""
    antes: object = None
    despues: object = None
    motivo: str = ""


def record(db: Database, change: Change, *, quien: str, now: datetime) -> None:
    """Add one line inside the caller's transaction."""
    db.execute(
        "INSERT INTO bitacora (cuando, quien, accion, tabla, clave, campo, antes, despues, motivo)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            utc_text(now),
            quien,
            change.accion,
            change.tabla,
            change.clave,
            change.campo,
            _as_json(change.antes),
            _as_json(change.despues),
            change.motivo,
        ],
    )


@dataclass(frozen=True)
class Line:
    """What the trail tells of a change: who, when, what, on which field, to what (JSON)."""

    quien: str
    cuando: str
    accion: str
    campo: str
    despues: str | None


def last_of(db: Database, tabla: str, clave: str, besides: Collection[str] = ()) -> Line | None:
    """Return the last line on a row but for some actions, or None."""
    marks = ", ".join("?" * len(besides))
    sql = (
        "SELECT quien, cuando, accion, campo, despues FROM bitacora WHERE tabla = ? AND clave = ?"
        f" AND accion NOT IN ({marks}) ORDER BY id DESC LIMIT 1"
    )
    row = db.execute(sql, [tabla, clave, *besides]).fetchone()
    return Line(*row) if row else None


def _as_json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
