"""Links seen in sources: rows of `enlaces`, and what is read from them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from crawlers.fechas import utc_text
from crawlers.noticia import Destino, Enlace, Lector, Precision
from pipeline.registry.erased import stand_ins

# A failed link is tried again after these pauses, the last one repeated, until three days after its first failure.
PAUSES = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=3), timedelta(hours=8), timedelta(hours=24))
GIVEN_UP_AFTER = timedelta(days=3)
FIELDS = (
    "url_normalizada, url, fuente_id, lector, titulo, resumen, contenido, autor, fecha, fecha_precision, modificada, captura,"
    " intentos, primer_intento, proximo_intento, destino, revisiones, noticia_id"
)


@dataclass(frozen=True)
class LinkRow:
    """A stored link: what the source gave, and where it stands."""

    enlace: Enlace
    destino: str | None
    primer_intento: str | None
    proximo_intento: str | None
    revisiones: int
    noticia_id: int | None
    capturada_en: str | None  # when the text of its noticia was captured


NAMES = (*FIELDS.split(", "), "capturada_en")
OWN = ("destino", "primer_intento", "proximo_intento", "revisiones", "noticia_id", "capturada_en")
SELECT = f"SELECT {FIELDS}, (SELECT n.capturada_en FROM noticias AS n WHERE n.id = noticia_id) FROM enlaces"


def _row(values: tuple[object, ...]) -> LinkRow:
    named = dict(zip(NAMES, values, strict=True))
    own = {key: named.pop(key) for key in OWN}
    named["lector"] = Lector(str(named["lector"]))
    named["fecha_precision"] = Precision(str(named["fecha_precision"]))
    return LinkRow(enlace=Enlace(**named), **own)  # type: ignore[arg-type]  # the columns are the fields


def find_link(db: Database, url_normalizada: str) -> LinkRow | None:
    """Return the stored link, or None."""
    row = db.execute(f"{SELECT} WHERE url_normalizada = ?", [url_normalizada]).fetchone()
    return _row(row) if row else None


def find_links(db: Database, enlaces: Iterable[Enlace]) -> dict[str, LinkRow]:
    """Return the stored ones among these links, by their normalised address: one query for a whole reading."""
    asked = [enlace.url_normalizada for enlace in enlaces]
    instead = {covered: url for url, covered in stand_ins(db, asked).items()}
    told = json.dumps([*asked, *instead])
    found = db.execute(f"{SELECT} WHERE url_normalizada IN (SELECT value FROM json_each(?))", [told])
    return {instead.get(row[0], row[0]): _row(row) for row in found.fetchall()}


def pending_links(db: Database, fuente_id: str) -> list[LinkRow]:
    """Return every link of the source without a final fate, oldest first."""
    sql = f"{SELECT} WHERE fuente_id = ? AND destino IS NULL ORDER BY visto_en, url_normalizada"
    return [_row(row) for row in db.execute(sql, [fuente_id]).fetchall()]


def has_feed_links(db: Database, fuente_id: str) -> bool:
    """Tell whether the source's feed gave any link before."""
    sql = "SELECT EXISTS (SELECT 1 FROM enlaces WHERE fuente_id = ? AND lector = 'feed')"
    return bool(db.execute(sql, [fuente_id]).fetchone()[0])


def store_link(db: Database, enlace: Enlace, now: datetime, destino: Destino | None) -> None:
    """Write the row of a link as given now: a new one, or one that is judged again."""
    content = ("", "") if destino else (enlace.resumen, enlace.contenido)
    db.execute(
        "INSERT INTO enlaces (url_normalizada, url, fuente_id, lector, visto_en, titulo, autor, fecha, fecha_precision,"
        " modificada, captura, resumen, contenido, destino) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (url_normalizada) DO UPDATE SET fuente_id = excluded.fuente_id, lector = excluded.lector,"
        " titulo = excluded.titulo, resumen = excluded.resumen, contenido = excluded.contenido, autor = excluded.autor,"
        " fecha = coalesce(excluded.fecha, fecha), modificada = excluded.modificada, captura = excluded.captura,"
        " fecha_precision = iif(excluded.fecha IS NULL, fecha_precision, excluded.fecha_precision),"
        " destino = excluded.destino, motivo = ''",
        [
            *(enlace.url_normalizada, enlace.url, enlace.fuente_id, enlace.lector, utc_text(now), enlace.titulo),
            *(enlace.autor, enlace.fecha, enlace.fecha_precision, enlace.modificada, enlace.captura),
            *content,
            destino,
        ],
    )


def settle_link(db: Database, url_normalizada: str, destino: Destino, motivo: str = "") -> None:
    """Write a link's final fate; what the source's answer said of it is emptied (the evidence file keeps it)."""
    db.execute(
        "UPDATE enlaces SET destino = ?, motivo = ?, resumen = '', contenido = '', proximo_intento = NULL"
        " WHERE url_normalizada = ?",
        [destino, motivo, url_normalizada],
    )


def tie_link(db: Database, url_normalizada: str, noticia_id: int) -> None:
    """Tie a link to its noticia."""
    db.execute("UPDATE enlaces SET noticia_id = ? WHERE url_normalizada = ?", [noticia_id, url_normalizada])


def keep_page_date(db: Database, url_normalizada: str, fecha: str | None, precision: Precision) -> None:
    """Store the date that the page gave for a link that came without one, so that it is judged without a fetch."""
    db.execute(
        "UPDATE enlaces SET fecha = ?, fecha_precision = ? WHERE url_normalizada = ? AND fecha IS NULL",
        [fecha, precision, url_normalizada],
    )


def note_revision(db: Database, enlace: Enlace) -> None:
    """Count a second look that was done, with the title and date of change that asked for it."""
    db.execute(
        "UPDATE enlaces SET revisiones = revisiones + 1, titulo = iif(? = '', titulo, ?), modificada = coalesce(?, modificada)"
        " WHERE url_normalizada = ?",
        [enlace.titulo, enlace.titulo, enlace.modificada, enlace.url_normalizada],
    )


def note_failure(db: Database, row: LinkRow, motivo: str, now: datetime, *, asked: bool) -> bool:
    """Write a failed attempt and when to try again; return False when its three days are over.

    Not `asked`: the site could not be asked at all, so that every later run may, but the three days count.
    """
    first = min(row.primer_intento or utc_text(now), utc_text(now))  # the clock may have been set back
    deadline = datetime.fromisoformat(first) + GIVEN_UP_AFTER
    again = utc_text(min(now + PAUSES[min(row.enlace.intentos, len(PAUSES) - 1)], deadline)) if asked else None
    db.execute(
        "UPDATE enlaces SET intentos = intentos + ?, primer_intento = ?, proximo_intento = ?, motivo = ?"
        " WHERE url_normalizada = ?",
        [int(asked), first, again, motivo, row.enlace.url_normalizada],
    )
    return now < deadline
