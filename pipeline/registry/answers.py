"""The last answer of each address of a source: what comes back the same, all its links having rows, is not read again."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from crawlers.fechas import utc_text
from crawlers.noticia import Lector, Lectura
from crawlers.readings import VERSION_LECTOR

KEPT = timedelta(days=30)  # maps of a day or a month come under ever new addresses
# A reader that changed may find other links, and a window that begins earlier takes links that were left out by their date.
HOLDS = "r.fuente_id = ? AND r.version_lector = ? AND r.ventana <= ?"


def validators(db: Database, fuente_id: str, window: datetime) -> tuple[str | None, str | None]:
    """Return (ETag, Last-Modified) of the feed's last answer, or Nones when the feed is to be read whatever it answers."""
    row = db.execute(
        "SELECT f.etag, f.ultima_modificacion FROM respuestas AS r JOIN fuentes AS f ON f.id = r.fuente_id AND f.rss = r.url"
        f" WHERE {HOLDS}",
        [fuente_id, VERSION_LECTOR, utc_text(window)],
    ).fetchone()
    return (row[0], row[1]) if row else (None, None)


def is_same(db: Database, asked: tuple[str, str], huella: str, window: datetime) -> bool:
    """Tell whether an address of a source (`asked`) gave this very answer before."""
    row = db.execute(
        f"SELECT 1 FROM respuestas AS r WHERE {HOLDS} AND r.url = ? AND r.huella = ?",
        [asked[0], VERSION_LECTOR, utc_text(window), asked[1], huella],
    ).fetchone()
    return row is not None


def keep_answer(db: Database, reading: Lectura, window: datetime, now: datetime) -> None:
    """Store what tells the answer of this reading from another one, in the transaction that wrote the rows of its links."""
    source = reading.fuente_id
    db.execute("DELETE FROM respuestas WHERE fuente_id = ? AND leida_en < ?", [source, utc_text(now - KEPT)])
    db.execute(
        "INSERT OR REPLACE INTO respuestas (fuente_id, url, huella, version_lector, ventana, leida_en)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [source, reading.url, reading.huella, VERSION_LECTOR, utc_text(window), utc_text(now)],
    )
    if reading.lector == Lector.FEED:
        db.execute(
            "UPDATE fuentes SET etag = ?, ultima_modificacion = ? WHERE id = ?",
            [reading.etag, reading.ultima_modificacion, source],
        )


def forget_answer(db: Database, reading: Lectura) -> None:
    """Have the address read again whatever it answers."""
    db.execute("DELETE FROM respuestas WHERE fuente_id = ? AND url = ?", [reading.fuente_id, reading.url])
