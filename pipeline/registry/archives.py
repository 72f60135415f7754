"""What was read of web archives: a row for each reading, for each range done, for each noticia that came from one.

A range's noticias and its row are one transaction: killed anywhere, a range is done whole or not at all.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlite_utils import Database

from crawlers.fechas import local_day, utc_text
from crawlers.noticia import Noticia
from crawlers.urls import site_of
from nlp.etiquetas import VERSION_ETIQUETADOR, Etiquetas
from pipeline.registry.noticias import insert_noticia, noticia_by_url, save_etiquetas
from pipeline.registry.transaction import writing
from pipeline.reloj import mexico_day

SOURCE = "archivo"  # the source of notes from sites that are in no catalogue; it is never read in a run
ORIGIN = "archivo"  # of findings that open with a note of an archive


@dataclass(frozen=True)
class Archive:
    """An archive and what is asked of it: `huella` tells the file, `lectura` the reading."""

    ruta: str
    bytes: int
    huella: str
    lectura: str
    desde: date | None
    hasta: date | None
    sitios: int
    version_extractor: str


@dataclass(frozen=True)
class Taken:
    """A note from an archive, with what tells its record there: place, WARC-Record-ID, digest."""

    noticia: Noticia
    etiquetas: Etiquetas
    lugar: int
    registro: str
    sha256: str


@dataclass(frozen=True)
class Done:
    """A range of an archive that was read; `cuentas`: records by fate, without those of `tomadas`."""

    archivo_id: int
    inicio: int
    fin: int
    cuentas: Mapping[str, int]
    tomadas: Sequence[Taken]


def begin(db: Database, one: Archive, now: datetime) -> int:
    """Return the number of a reading; the same file asked the same way goes on where it ended, wherever it lies now."""
    with writing(db):
        row = db.execute(
            "INSERT INTO archivos (ruta, bytes, huella, lectura, desde, hasta, sitios, version_extractor,"
            " version_etiquetador, empezado_en) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (huella, bytes, lectura) DO UPDATE SET ruta = excluded.ruta RETURNING id",
            [
                *(one.ruta, one.bytes, one.huella, one.lectura, _text(one.desde), _text(one.hasta), one.sitios),
                *(one.version_extractor, VERSION_ETIQUETADOR, utc_text(now)),
            ],
        ).fetchone()
    return int(row[0])


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def gaps(db: Database, archivo_id: int, size: int) -> list[tuple[int, int]]:
    """Return the ranges of an archive that are not done yet, in order."""
    found, last = [], 0
    done = db.execute("SELECT inicio, fin FROM archivos_tramos WHERE archivo_id = ? ORDER BY inicio", [archivo_id]).fetchall()
    for start, end in [*done, (size, size)]:
        if start > last:
            found.append((last, start))
        last = max(last, end)
    return found


def save_range(db: Database, done: Done, sources: Mapping[str, str], now: datetime) -> Counter[str]:
    """Store a range's notes and its row in one transaction; return its records by fate. A range done already adds nothing.

    A note whose address is known changes nothing: what today's crawl stored stands. `sources`: the registry's, by site.
    """
    counts = Counter(done.cuentas)
    with writing(db):
        sql = "SELECT 1 FROM archivos_tramos WHERE archivo_id = ? AND inicio < ? AND fin > ?"
        if db.execute(sql, [done.archivo_id, done.fin, done.inicio]).fetchone():
            return Counter()
        for one in done.tomadas:
            counts["nueva" if _store(db, done.archivo_id, one, sources, now) else "conocida"] += 1
        names = [name for name in counts if counts[name]]
        columns = ", ".join(["archivo_id", "inicio", "fin", "hecho_en", *names])
        values = [done.archivo_id, done.inicio, done.fin, utc_text(now), *(counts[name] for name in names)]
        db.execute(f"INSERT INTO archivos_tramos ({columns}) VALUES ({', '.join('?' * len(values))})", values)
    return counts


def _store(db: Database, archivo_id: int, one: Taken, sources: Mapping[str, str], now: datetime) -> bool:
    if noticia_by_url(db, one.noticia.url_canonica) is not None:
        return False
    source = sources.get(one.noticia.fuente_id) or _ensure_source(db, now)
    number = insert_noticia(db, replace(one.noticia, fuente_id=source))
    save_etiquetas(db, number, 1, one.etiquetas, VERSION_ETIQUETADOR)
    db.execute(
        "INSERT INTO noticias_archivo (noticia_id, archivo_id, lugar, registro, sha256) VALUES (?, ?, ?, ?, ?)",
        [number, archivo_id, one.lugar, one.registro, one.sha256],
    )
    return True


def sources_by_site(db: Database) -> dict[str, str]:
    """Return the registry's source of each site, one that is read in runs first."""
    rows = db.execute("SELECT id, sitio FROM fuentes WHERE sitio <> '' ORDER BY activa, id DESC").fetchall()
    return {site_of(address): key for key, address in rows}


def _ensure_source(db: Database, now: datetime) -> str:
    db.execute(
        "INSERT OR IGNORE INTO fuentes (id, nombre, tipo, sitio, activa, alta)"
        " VALUES (?, 'Archivo web', 'agregador', '', 0, ?)",
        [SOURCE, mexico_day(now).isoformat()],
    )
    return SOURCE


def known(db: Database, url_canonica: str) -> bool:
    """Tell whether a note of that address is stored."""
    return noticia_by_url(db, url_canonica) is not None


def finish(db: Database, archivo_id: int, size: int, now: datetime, *, motivo: str = "") -> bool:
    """Mark a reading done when no range is left, or why the archive could not be read; return whether it is done."""
    whole = not gaps(db, archivo_id, size) and not motivo
    with writing(db):
        db.execute(
            "UPDATE archivos SET terminado_en = coalesce(terminado_en, ?), motivo = ? WHERE id = ?",
            [utc_text(now) if whole else None, motivo, archivo_id],
        )
    return whole


def came_from_archive(db: Database, noticia_id: int) -> bool:
    """Tell whether a noticia was taken from an archive."""
    return bool(db.execute("SELECT 1 FROM noticias_archivo WHERE noticia_id = ?", [noticia_id]).fetchone())


def registered(db: Database, noticia_id: int, happened: str | None) -> date:
    """Return the day on which a finding of an archive counts: of first publication, else of the event, else of capture."""
    sql = "SELECT publicada_en, capturada_en FROM noticias WHERE id = ?"
    published, captured = db.execute(sql, [noticia_id]).fetchone()
    return date.fromisoformat(local_day(published) or happened or str(local_day(captured)))
