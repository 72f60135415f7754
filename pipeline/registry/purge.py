"""Empties old ordinary noticias in small lots; what they are, where they were and what came of them stays."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry import custody
from pipeline.registry.custody import Item
from pipeline.registry.transaction import writing

LOT = 200
MERGE_PAGES = 200
# Settled as telling no case, in no finding, with no link that still waits. `relevante` is null before tagging: that stays.
ORDINARY = (
    "(n.capturada_en < ? AND coalesce(n.relevante, 1) = 0 AND n.estado = 'agrupada'"
    " AND NOT EXISTS (SELECT 1 FROM hallazgos_noticias WHERE noticia_id = n.id)"
    " AND NOT EXISTS (SELECT 1 FROM enlaces WHERE noticia_id = n.id AND destino IS NULL))"
)
BYTES = "coalesce(sum(length(CAST({0}.texto AS BLOB))), 0)"


@dataclass(frozen=True)
class Texts:
    """How many ordinary noticias, versions and passages go, and the bytes of their texts."""

    noticias: int
    bytes: int
    versiones: int
    versiones_bytes: int
    pasajes: int


def purgeable(db: Database, before: str) -> Texts:
    """Count what a purge of what was captured before a moment (UTC text) would empty."""
    of = f"FROM noticias AS n {{join}} WHERE n.depurada_en IS NULL AND {ORDINARY}"
    notes = db.execute(f"SELECT count(*), {BYTES.format('n')} {of.format(join='')}", [before]).fetchone()
    versions = of.format(join="JOIN noticias_versiones AS v ON v.noticia_id = n.id")
    earlier = db.execute(f"SELECT count(*), {BYTES.format('v')} {versions}", [before]).fetchone()
    passages = of.format(join="JOIN pasajes AS p ON p.noticia_id = n.id")
    return Texts(*notes, *earlier, *db.execute(f"SELECT count(*) {passages}", [before]).fetchone())


def next_lot(db: Database, before: str, after: tuple[str, int]) -> list[tuple[str, int]]:
    """Return the next (capturada_en, id) to empty behind `after`, the oldest first."""
    sql = (
        "SELECT n.capturada_en, n.id FROM noticias AS n WHERE n.depurada_en IS NULL"
        f" AND (n.capturada_en, n.id) > (?, ?) AND {ORDINARY} ORDER BY n.capturada_en, n.id LIMIT ?"
    )
    return [tuple(row) for row in db.execute(sql, [*after, before, LOT]).fetchall()]


def empty(db: Database, ids: list[int], now: datetime) -> None:
    """Take text, author and passages from noticias and their versions, in one transaction; the search index follows."""
    marks = ", ".join("?" * len(ids))
    with writing(db):
        db.execute(f"UPDATE noticias SET texto = '', autor = '', depurada_en = ? WHERE id IN ({marks})", [utc_text(now), *ids])
        db.execute(f"UPDATE noticias_versiones SET texto = '' WHERE noticia_id IN ({marks})", ids)
        db.execute(f"UPDATE enlaces SET autor = '' WHERE noticia_id IN ({marks})", ids)
        db.execute(f"DELETE FROM pasajes WHERE noticia_id IN ({marks})", ids)


@dataclass(frozen=True)
class Removal:
    """A capture file that goes: its name in rows, its size and digest, and the captures of findings that lie in it."""

    archivo: str
    bytes: int
    sha256: str
    evidencia: tuple[Item, ...] = ()


def note_removed(db: Database, gone: Removal, *, quien: str, now: datetime) -> None:
    """List a capture file as removed, and tell the log of custody, in one transaction, before it goes."""
    with writing(db):
        sql = "INSERT OR IGNORE INTO capturas_depuradas VALUES (?, ?, ?, ?) RETURNING 1"
        if db.execute(sql, [gone.archivo, gone.bytes, gone.sha256, utc_text(now)]).fetchall():
            custody.note(db, "depuracion", gone.evidencia, quien=quien, now=now)


def merge_index(db: Database, pages: int) -> bool:
    """Do a part of merging the search index, which holds words of emptied texts until then; tell whether more is left.

    A negative `pages` starts a whole merge (SQLite, FTS5, "the merge command").
    """
    before = db.conn.total_changes
    with writing(db):
        db.execute("INSERT INTO noticias_fts (noticias_fts, rank) VALUES ('merge', ?)", [pages])
    return db.conn.total_changes - before >= 2


def merge_findings(db: Database) -> None:
    """Merge the whole search index of findings, which is small."""
    with writing(db):
        db.execute("INSERT INTO hallazgos_fts (hallazgos_fts) VALUES ('optimize')")
