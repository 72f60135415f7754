"""Rows of the analysts' desk: who works on a finding, until when it is put off, comments, news seen."""

import json
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text

DESK = ("asignado_a", "pospuesto_hasta")
UNASSIGN = "deshacer_asignacion"


def write_desk(db: Database, folio: str, column: str, value: str | None, *, quien: str, now: datetime) -> str | None:  # noqa: PLR0913 - a row's columns
    """Write `asignado_a` or `pospuesto_hasta` of a finding inside the caller's transaction; return what stood there."""
    if column not in DESK:
        raise ValueError(column)
    row = db.execute(f"SELECT {column} FROM cola WHERE folio = ?", [folio]).fetchone()
    db.execute(
        f"INSERT INTO cola (folio, {column}, quien, cuando) VALUES (?, ?, ?, ?) ON CONFLICT (folio) DO UPDATE SET"
        f" {column} = excluded.{column}, quien = excluded.quien, cuando = excluded.cuando",
        [folio, value, quien, utc_text(now)],
    )
    return row[0] if row else None


def assigned(db: Database, folio: str) -> str | None:
    """Return who has the finding, or None."""
    row = db.execute("SELECT asignado_a FROM cola WHERE folio = ?", [folio]).fetchone()
    return row[0] if row else None


def assigned_before(db: Database, folio: str) -> list[str | None]:
    """Return who had the finding before each assignment that stands, the last one at the end: what undoing goes back to."""
    sql = "SELECT accion, antes FROM bitacora WHERE tabla = 'hallazgos' AND clave = ? AND accion IN ('asignar', ?) ORDER BY id"
    before: list[str | None] = []
    for accion, antes in db.execute(sql, [folio, UNASSIGN]).fetchall():
        if accion == UNASSIGN:
            before = before[:-1]
        else:
            before.append(json.loads(antes) if antes else None)
    return before


def add_comment(db: Database, folio: str, texto: str, *, quien: str, now: datetime) -> int:
    """Write a comment inside the caller's transaction; return its number."""
    sql = "INSERT INTO comentarios (folio, texto, quien, cuando) VALUES (?, ?, ?, ?) RETURNING id"
    return int(db.execute(sql, [folio, texto, quien, utc_text(now)]).fetchone()[0])


def see_news(db: Database, folio: str, *, quien: str, now: datetime) -> list[int]:
    """Mark the finding's news as seen inside the caller's transaction; return their notes."""
    sql = "UPDATE novedades SET vista_por = ?, vista_en = ? WHERE folio = ? AND vista_en IS NULL RETURNING noticia_id"
    return sorted(row[0] for row in db.execute(sql, [quien, utc_text(now), folio]).fetchall())
