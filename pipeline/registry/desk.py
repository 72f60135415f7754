"""Rows of the analysts' desk: who works on a finding, until when it is put off, comments, news seen."""

from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text

DESK = ("asignado_a", "pospuesto_hasta")


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


def add_comment(db: Database, folio: str, texto: str, *, quien: str, now: datetime) -> int:
    """Write a comment inside the caller's transaction; return its number."""
    sql = "INSERT INTO comentarios (folio, texto, quien, cuando) VALUES (?, ?, ?, ?) RETURNING id"
    return int(db.execute(sql, [folio, texto, quien, utc_text(now)]).fetchone()[0])


def see_news(db: Database, folio: str, *, quien: str, now: datetime) -> list[int]:
    """Mark the finding's news as seen inside the caller's transaction; return their notes."""
    sql = "UPDATE novedades SET vista_por = ?, vista_en = ? WHERE folio = ? AND vista_en IS NULL RETURNING noticia_id"
    return sorted(row[0] for row in db.execute(sql, [quien, utc_text(now), folio]).fetchall())
