"""Tags what was captured: noticias `capturada` → `etiquetada`, in lots, so that a kill loses one lot at most."""

import time
from collections import deque
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import local_day
from nlp.etiquetas import VERSION_ETIQUETADOR, Nota
from pipeline.progreso import bar
from pipeline.registry.noticias import PENDING, save_etiquetas
from pipeline.registry.transaction import writing
from pipeline.tagging.workers import tag_lots, workers_for

LOT = 50
PAUSE_SECONDS = 0.01
WAITING_SQL = f"SELECT count(*) FROM noticias WHERE estado = 'capturada' AND {PENDING}"
PENDING_SQL = (
    "SELECT id, version, titulo, texto, publicada_en FROM noticias"
    f" WHERE estado = 'capturada' AND {PENDING} AND id > ? ORDER BY id LIMIT ?"
)
Row = tuple[Any, ...]


def tag_pending(db: Database, *, pause: float = PAUSE_SECONDS) -> int:
    """Tag every captured noticia; return how many. Where a whole day waits, other processes tag beside this one."""
    done = 0
    waiting = int(db.execute(WAITING_SQL).fetchone()[0])
    under_way: deque[list[Row]] = deque()  # what was handed to the tagger and is not stored yet
    with bar("Etiquetando noticias", waiting) as shown:
        for tags in tag_lots(_lots(db, under_way), workers_for(waiting)):
            lot = under_way.popleft()
            with writing(db):
                for row, found in zip(lot, tags, strict=True):
                    done += save_etiquetas(db, row[0], row[1], found, VERSION_ETIQUETADOR)
            shown.advance(len(lot))
            time.sleep(pause)
    return done


def _lots(db: Database, under_way: deque[list[Row]]) -> Iterator[list[Nota]]:
    """Yield the captured notes a lot at a time, each remembered in `under_way`."""
    last = 0
    while lot := db.execute(PENDING_SQL, [last, LOT]).fetchall():
        last = lot[-1][0]
        under_way.append(lot)
        yield [Nota(str(row[0]), row[3], row[2], local_day(row[4])) for row in lot]
