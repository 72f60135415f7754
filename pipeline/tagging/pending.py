"""Tags what was captured: noticias `capturada` → `etiquetada`, in lots, so that a kill loses one lot at most."""

import time

from sqlite_utils import Database

from crawlers.fechas import local_day
from nlp.etiquetas import Nota
from pipeline.progreso import bar
from pipeline.registry.noticias import PENDING, save_etiquetas
from pipeline.registry.transaction import writing

LOT = 50
PAUSE_SECONDS = 0.01
WAITING_SQL = f"SELECT count(*) FROM noticias WHERE estado = 'capturada' AND {PENDING}"
PENDING_SQL = (
    "SELECT id, version, titulo, texto, publicada_en FROM noticias"
    f" WHERE estado = 'capturada' AND {PENDING} AND id > ? ORDER BY id LIMIT ?"
)


def tag_pending(db: Database, *, pause: float = PAUSE_SECONDS) -> int:
    """Tag every captured noticia; return how many. The tagger is loaded only when there is something to tag."""
    done, last, nlp = 0, 0, None
    waiting = int(db.execute(WAITING_SQL).fetchone()[0])
    with bar("Etiquetando noticias", waiting) as shown:
        while lot := db.execute(PENDING_SQL, [last, LOT]).fetchall():
            from nlp.tagger import VERSION_ETIQUETADOR, build_nlp, tag_many  # noqa: PLC0415 - spaCy takes a second to import

            nlp = nlp or build_nlp()
            notes = [Nota(str(row[0]), row[3], row[2], local_day(row[4])) for row in lot]
            tags = list(tag_many(nlp, notes))
            with writing(db):
                for row, found in zip(lot, tags, strict=True):
                    done += save_etiquetas(db, row[0], row[1], found, VERSION_ETIQUETADOR)
            shown.advance(len(lot))
            last = lot[-1][0]
            time.sleep(pause)
    return done
