"""Notes that a person adds: their source, their place in a finding, and that they tell a case because a person says so."""

import json
from datetime import datetime

from sqlite_utils import Database

from crawlers.urls import site_of
from pipeline.registry import custody
from pipeline.registry.unions import ensure_first
from pipeline.reloj import mexico_day

SOURCE = "manual"


def ensure_source(db: Database, now: datetime) -> str:
    """Return the source of what no catalogue's source gave, written when it is new; it is never read in a run."""
    db.execute(
        "INSERT OR IGNORE INTO fuentes (id, nombre, tipo, sitio, activa, alta) VALUES (?, 'Captura a mano', 'organismo_ddhh',"
        " '', 0, ?)",
        [SOURCE, mexico_day(now).isoformat()],
    )
    return SOURCE


def source_of(db: Database, url: str, now: datetime) -> str:
    """Return the catalogue's source on the address's site, one that is read first; else that of notes by hand."""
    site = site_of(url)
    known = db.execute("SELECT id, sitio FROM fuentes ORDER BY activa DESC, id").fetchall()
    found = next((key for key, address in known if address and site_of(address) == site), None)
    return found or ensure_source(db, now)


def attach(db: Database, folio: str, noticia_id: int, how: str, *, quien: str, now: datetime) -> None:  # noqa: PLR0913 - a row's columns
    """Tie a note to a finding because a person says so (`how`: the action's name), inside the caller's transaction."""
    db.execute(
        "INSERT INTO hallazgos_noticias (folio, noticia_id, papel, razones) VALUES (?, ?, 'replica', ?)",
        [folio, noticia_id, json.dumps({"decision": how})],
    )
    ensure_first(db, folio)
    custody.joined(db, noticia_id, quien=quien, now=now)


def hold_relevant(db: Database, noticia_id: int) -> None:
    """Make a tagged note one that tells a case, whatever the tagger found in it, inside the caller's transaction."""
    db.execute(
        "UPDATE noticias SET relevante = 1, etiquetas = json_set(etiquetas, '$.relevante', json('true'), '$.nota',"
        " iif(etiquetas ->> '$.nota' = 'sin_hecho', 'hecho_nuevo', etiquetas ->> '$.nota')) WHERE id = ?",
        [noticia_id],
    )


def text_of(db: Database, noticia_id: int) -> tuple[int, str, str, str | None]:
    """Return (version, title, text, date) of a note, as the tagger wants them."""
    sql = "SELECT version, titulo, texto, publicada_en FROM noticias WHERE id = ?"
    version, titulo, texto, published = db.execute(sql, [noticia_id]).fetchone()
    return version, titulo, texto, published
