"""What is left of a request once its rows are as asked: files, what the index remembers, copies, the list for restoring.

A request is done when this is. Killed before, it stands as unfinished, and the next order, or run, takes it up from here.
"""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso, reason
from pipeline.lock import CrawlBusy
from pipeline.privacy import captures, restored, sealed
from pipeline.privacy.forms import forms
from pipeline.privacy.locks import beside_run
from pipeline.registry import arco, covering, held, purge
from pipeline.registry.arco import Request
from pipeline.registry.connection import copies_aside, open_registry
from pipeline.registry.transaction import writing

PAUSE_SECONDS = 0.01
MACHINE = "sistema"


def finish_left(db: Database, registro: Path, now: datetime) -> list[Request]:
    """Finish every request whose rows are done; return them. The caller holds the locks."""
    left = [one for one in arco.unfinished(db) if one.aplicada_en]
    for one in left:
        if is_automatic(one):
            _captures_of(db, registro.parent, one, now)
        elif one.tipo in ("desbloquear", "liberar") and one.de_solicitud:
            sealed.destroy(registro.parent, one.de_solicitud)
    if any(_forgets(one) for one in left):
        forget(db)
    if any(one.tipo in ("suprimir", "liberar") for one in left):
        for copy in copies_aside(registro):  # from before a migration: it holds the name in clear and serves nobody by now
            copy.unlink()
    if left:
        restored.write_list(db, registro)
        with writing(db):
            for one in left:
                arco.end_request(db, one.id, now)
    return left


def after_run(db: Database, registro: Path, now: datetime) -> bool:
    """Finish what is left for who holds the crawl lock; False: a backup, a retagging or a backfill is under way, next time."""
    if not arco.unfinished(db):
        return True
    try:
        with beside_run(registro):
            finish_left(db, registro, now)
    except CrawlBusy:
        return False
    return True


def is_automatic(one: Request) -> bool:
    """Tell whether a request is the machine's: a new note named somebody who was blocked or erased."""
    return one.tipo == "bloquear" and one.de_solicitud is not None


def _forgets(one: Request) -> bool:
    return one.tipo in ("suprimir", "liberar", "bloquear") and not is_automatic(one)


def _captures_of(db: Database, folder: Path, one: Request, now: datetime) -> None:
    """Cover the captures of what the machine covered in rows: the files in which the notes and their links were read."""
    notes = sorted({row.fila for row in sealed.rows_of(folder, one.id) if row.tabla == "noticias"})
    subject = held.of_notes(db, forms(sealed.names_of(folder, one.id)), notes)
    told = covering.Told(one.id, "bloqueo", MACHINE)

    def keep(records: Sequence[sealed.Record]) -> None:
        sealed.keep_records(folder, one.id, records)

    count = captures.cover(db, folder, subject, told, keep=keep, now=now)
    with writing(db):
        arco.apply_request(db, one.id, {**one.conteos, "capturas": count}, one.muestras, now=now)


def forget(db: Database) -> None:
    """Let the search index and the file itself forget what was deleted: merged, written anew, its journal emptied."""
    more = purge.merge_index(db, -purge.MERGE_PAGES)
    while more:
        time.sleep(PAUSE_SECONDS)
        more = purge.merge_index(db, purge.MERGE_PAGES)
    purge.merge_findings(db)
    try:
        db.conn.execute("VACUUM")
    except sqlite3.OperationalError as error:
        why = f"ya se hizo, pero el archivo no se pudo compactar ({reason(error)})"
        raise ErrorDeUso(f"{why}; repita con `hallazgos arco compactar`") from error
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def take_up(registro: Path, now: datetime) -> list[Request]:
    """Finish what is left of a registry whose locks the caller holds; return what was."""
    with closing(open_registry(registro)) as db:
        return finish_left(db, registro, now)
