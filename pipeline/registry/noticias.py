"""Articles: stored once by canonical address, kept by version, tagged."""

import hashlib
import json
import re
from dataclasses import asdict
from datetime import datetime

from sqlite_utils import Database

from crawlers.noticia import Noticia, TextoOrigen
from nlp.etiquetas import Etiquetas
from nlp.vocabulario import VERSION_GUIA
from pipeline.registry import custody
from pipeline.registry.erased import is_covered, stand_ins
from pipeline.registry.transaction import writing

COLUMNS = (
    "url", "url_canonica", "fuente_id", "titulo", "texto", "texto_origen", "autor", "publicada_en", "fecha_precision",
    "capturada_en", "sha256", "captura", "version_extractor",
)  # fmt: skip
# SQLite takes the index of what is not yet `agrupada` only where a query says so word by word.
# id, publicada_en, capturada_en, url_canonica: what their turn is read from.
Waiting = tuple[int, str | None, str, str]
PENDING = "estado <> 'agrupada'"
KEPT_ON_EDIT = ("url", "url_canonica", "fuente_id")


def text_print(texto: str) -> str:
    """Return the fingerprint of a text: equal for copies that differ in spacing, case or punctuation only."""
    return hashlib.blake2b(" ".join(re.findall(r"\w+", texto.lower())).encode(), digest_size=16).hexdigest()


def noticia_by_url(db: Database, url_canonica: str) -> int | None:
    """Return the id of the noticia with that canonical address, or None."""
    asked = stand_ins(db, [url_canonica]).get(url_canonica, url_canonica)
    row = db.execute("SELECT id FROM noticias WHERE url_canonica = ?", [asked]).fetchone()
    return int(row[0]) if row else None


def insert_noticia(db: Database, noticia: Noticia) -> int:
    """Store a new noticia inside the caller's transaction; return its id."""
    row = db.execute(
        f"INSERT INTO noticias ({', '.join(COLUMNS)}, huella) VALUES ({', '.join('?' * len(COLUMNS))}, ?) RETURNING id",
        [*(getattr(noticia, name) for name in COLUMNS), text_print(noticia.texto)],
    ).fetchone()
    return int(row[0])


def differs(db: Database, noticia_id: int, noticia: Noticia) -> bool:
    """Tell whether title or text changed, spacing apart; what only stands in never replaces a page's text.

    A purged noticia never differs: its text is gone, and what would be compared is too old to be news. Nor does one whose text
    was covered for somebody: the page would bring the name back.
    """
    sql = "SELECT titulo, texto, texto_origen, depurada_en FROM noticias WHERE id = ?"
    titulo, texto, origen, purged = db.execute(sql, [noticia_id]).fetchone()
    if purged or is_covered(db, noticia_id):
        return False
    if origen == TextoOrigen.PAGINA and noticia.texto_origen != TextoOrigen.PAGINA:
        return False
    return (titulo.split(), texto.split()) != (noticia.titulo.split(), noticia.texto.split())


def stands_in(db: Database, noticia_id: int) -> bool:
    """Tell whether the stored text only stands in for a page that could not be read."""
    row = db.execute("SELECT texto_origen FROM noticias WHERE id = ?", [noticia_id]).fetchone()
    return row[0] in (TextoOrigen.FEED, TextoOrigen.TITULO)


def replace_noticia(db: Database, noticia_id: int, noticia: Noticia, *, quien: str = custody.MACHINE) -> None:
    """Keep the stored text as a version and put the new one in its place, to be tagged again."""
    db.execute(
        "INSERT INTO noticias_versiones (noticia_id, n, titulo, texto, sha256, captura, capturada_en)"
        " SELECT id, version, titulo, texto, sha256, captura, capturada_en FROM noticias WHERE id = ?",
        [noticia_id],
    )
    names = [name for name in COLUMNS if name not in KEPT_ON_EDIT]
    values = {name: getattr(noticia, name) for name in names}
    if noticia.publicada_en is None:
        del values["publicada_en"], values["fecha_precision"]
    db.execute(
        f"UPDATE noticias SET {', '.join(f'{name} = ?' for name in values)}, huella = ?, version = version + 1,"
        " estado = 'capturada', relevante = NULL, confianza = NULL, etiquetas = NULL, version_guia = NULL,"
        " version_etiquetador = NULL WHERE id = ?",
        [*values.values(), text_print(noticia.texto), noticia_id],
    )
    db.execute("DELETE FROM pasajes WHERE noticia_id = ?", [noticia_id])
    custody.edited(db, noticia_id, quien=quien, now=datetime.fromisoformat(noticia.capturada_en))


def tags_record(tags: Etiquetas) -> dict[str, object]:
    """Return what `noticias.etiquetas` holds: the guide's record, outlets of victims included, and `mas`."""
    victims = [asdict(victim) for victim in tags.victimas]
    return {**tags.guide_record(), "victimas": victims, "mas": tags.extra_record()}


def save_etiquetas(db: Database, noticia_id: int, version: int, etiquetas: Etiquetas, version_etiquetador: str) -> bool:
    """Store the tags of a noticia's `version` and its passages in one transaction; False when it was edited meanwhile."""
    with writing(db):
        done = db.execute(
            "UPDATE noticias SET estado = 'etiquetada', relevante = ?, confianza = ?, etiquetas = ?, version_guia = ?,"
            " version_etiquetador = ? WHERE id = ? AND version = ? RETURNING id",
            [
                int(etiquetas.relevante),
                etiquetas.confianza,
                json.dumps(tags_record(etiquetas), ensure_ascii=False),
                VERSION_GUIA,
                version_etiquetador,
                noticia_id,
                version,
            ],
        ).fetchall()
        if not done:
            return False
        db.execute("DELETE FROM pasajes WHERE noticia_id = ?", [noticia_id])
        db.conn.executemany(
            "INSERT INTO pasajes (noticia_id, version, version_etiquetador, campo, parte, inicio, fin, etiqueta, valor, regla)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (noticia_id, version, version_etiquetador, p.campo, p.parte, p.inicio, p.fin, p.etiqueta, p.valor, p.regla)
                for p in etiquetas.pasajes
            ],
        )
    return True


def tagged(db: Database) -> list[Waiting]:
    """Return (id, publicada_en, capturada_en, url_canonica) of the noticias to be grouped: findings, and what tells one."""
    sql = (
        f"SELECT id, publicada_en, capturada_en, url_canonica FROM noticias WHERE estado = 'etiquetada' AND {PENDING}"
        " AND (relevante = 1 OR EXISTS (SELECT 1 FROM hallazgos_noticias WHERE noticia_id = noticias.id))"
    )
    return [tuple(row) for row in db.execute(sql).fetchall()]


def ordinary(db: Database) -> list[Waiting]:
    """Return the same of the tagged noticias that are no finding and tell none yet."""
    sql = (
        f"SELECT id, publicada_en, capturada_en, url_canonica FROM noticias WHERE estado = 'etiquetada' AND {PENDING}"
        " AND relevante = 0 AND NOT EXISTS (SELECT 1 FROM hallazgos_noticias WHERE noticia_id = noticias.id)"
    )
    return [tuple(row) for row in db.execute(sql).fetchall()]


def waits_for_group(db: Database, noticia_id: int) -> bool:
    """Tell whether the noticia is tagged and not grouped yet."""
    return bool(db.execute("SELECT 1 FROM noticias WHERE id = ? AND estado = 'etiquetada'", [noticia_id]).fetchone())


def mark_grouped(db: Database, noticia_id: int) -> None:
    """Pass a noticia on inside the caller's transaction; one that was edited since waits for the tagger."""
    db.execute("UPDATE noticias SET estado = 'agrupada' WHERE id = ? AND estado = 'etiquetada'", [noticia_id])


def first_captured(db: Database, noticia_id: int) -> datetime:
    """Return when the noticia's first version was captured."""
    row = db.execute(
        "SELECT min(capturada_en) FROM (SELECT capturada_en FROM noticias WHERE id = :id"
        " UNION ALL SELECT capturada_en FROM noticias_versiones WHERE noticia_id = :id)",
        {"id": noticia_id},
    ).fetchone()
    return datetime.fromisoformat(row[0])
