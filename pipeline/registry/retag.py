"""Stored texts tagged anew, one noticia at a time; what a person holds for a case stays one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from nlp.etiquetas import VERSION_ETIQUETADOR, Etiquetas
from pipeline.registry.by_hand import hold_relevant
from pipeline.registry.noticias import mark_grouped, save_etiquetas, tags_record

# Tagged by another version, with a text; `:desde` and `:hasta` are moments, the latter left out.
OLD = (
    "depurada_en IS NULL AND etiquetas IS NOT NULL AND version_etiquetador IS NOT :version"
    " AND capturada_en >= :desde AND capturada_en < :hasta"
)
LOT_SQL = (
    f"SELECT id, version, titulo, texto, publicada_en, capturada_en FROM noticias WHERE {OLD}"
    " AND (capturada_en, id) > (:momento, :id) ORDER BY capturada_en, id LIMIT :cuantas"
)
HELD_SQL = """
SELECT CAST(despues AS INTEGER) FROM bitacora WHERE accion IN ('nota_a_mano', 'nota_por_direccion') AND campo = 'noticias'
UNION SELECT noticia_id FROM muestra_rechazadas WHERE era_hallazgo = 1
"""
Row = Sequence[Any]


@dataclass(frozen=True)
class Span:
    """Moments of capture between which noticias are tagged again (UTC as stored; the last one is left out)."""

    desde: str = ""
    hasta: str = "9999"


def waiting(db: Database, span: Span) -> int:
    """Return how many noticias have tags of another version."""
    values = {**vars(span), "version": VERSION_ETIQUETADOR}
    return int(db.execute(f"SELECT count(*) FROM noticias WHERE {OLD}", values).fetchone()[0])


def next_lot(db: Database, span: Span, after: tuple[str, int], size: int) -> list[Row]:
    """Return the next (id, version, title, text, publicada_en, capturada_en) behind `after` (capturada_en, id)."""
    values = {**vars(span), "version": VERSION_ETIQUETADOR, "momento": after[0], "id": after[1], "cuantas": size}
    return list(db.execute(LOT_SQL, values).fetchall())


def held(db: Database) -> frozenset[int]:
    """Return the noticias that a person said tell a case, whatever a tagger finds in them."""
    return frozenset(row[0] for row in db.execute(HELD_SQL).fetchall())


def retag(db: Database, row: Row, tags: Etiquetas, *, hold: bool) -> bool:
    """Store the new tags inside the caller's transaction; tell whether they differ from the stored ones.

    Tags that say the same send the noticia through no grouping again. One that was edited or purged meanwhile stays as it is.
    """
    noticia_id, version = row[0], row[1]
    now = db.execute("SELECT version, depurada_en, etiquetas, estado FROM noticias WHERE id = ?", [noticia_id]).fetchone()
    if now[0] != version or now[1] is not None or now[2] is None:
        return False
    same = json.loads(now[2]) == json.loads(json.dumps(tags_record(tags)))
    save_etiquetas(db, noticia_id, version, tags, VERSION_ETIQUETADOR)
    if hold:
        hold_relevant(db, noticia_id)
    if same and now[3] == "agrupada":
        mark_grouped(db, noticia_id)
    return not same
