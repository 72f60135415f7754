"""Blocks or erases a person: captures first, then every row in one transaction, then what the files still remember.

Killed anywhere, the same order begins anew and finds done what was done: the person's row keeps its name until all else is.
"""

import sqlite3
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso, reason
from pipeline.lock import crawl_lock, upkeep_lock
from pipeline.privacy import captures, restored, sealed
from pipeline.privacy.forms import Forms, forms
from pipeline.privacy.sealed import Was
from pipeline.registry import arco, erasing, purge
from pipeline.registry.arco import Order
from pipeline.registry.connection import copies_aside, open_registry
from pipeline.registry.covering import Told
from pipeline.registry.held import ADDRESSES, gathered
from pipeline.registry.transaction import writing

PATIENCE = 30.0  # seconds that a crawl is waited for
PAUSE_SECONDS = 0.01
MOST_SAMPLES = 60
ACTIONS = {"bloquear": "bloqueo", "suprimir": "supresion", "descartados": "supresion"}


@dataclass(frozen=True)
class Done:
    """What was done under which number: how many values by table, how many captures."""

    solicitud: int
    conteos: Mapping[str, int]


def erase(registro: Path, order: Order, *, quien: str, now: datetime) -> Done:
    """Block or erase (`order.tipo`) a person. Raises `ErrorDeUso` for who is none, `CrawlBusy` during a run or a backup."""
    with crawl_lock(registro, PATIENCE), upkeep_lock(registro), closing(open_registry(registro)) as db:
        done = erase_in(db, registro.parent, order, quien=quien, now=now)
        forget(db)
        if order.tipo == "suprimir":  # a copy from before a migration holds the name in clear and serves nobody by now
            for copy in copies_aside(registro):
                copy.unlink()
        restored.write_list(db, registro)
    return done


def erase_in(db: Database, folder: Path, order: Order, *, quien: str, now: datetime) -> Done:
    """Do so in an open registry, whose locks the caller holds."""
    db.conn.execute("PRAGMA secure_delete = ON")  # what goes is overwritten, not only unlinked
    own = names_of(db, order)
    with writing(db):
        request = arco.open_request(db, order, quien=quien, now=now)
    subject = gathered(db, order.ids, own)
    keeps = order.tipo == "bloquear" or bool(order.retencion)
    keep = _keeping(folder, request) if keeps else _letting_go
    covered = captures.cover(db, folder, subject, Told(request, ACTIONS[order.tipo], quien), keep=keep, now=now)
    with writing(db):
        was = erasing.changes(db, subject, now)
        counts = Counter(one.tabla for one in was) + Counter({"capturas": covered})
        if order.tipo == "bloquear":
            sealed.keep_rows(folder, request, was)
        erasing.apply(db, subject, request, was)
        arco.close_request(db, request, counts, _samples(was, own))
    return Done(request, counts)


def names_of(db: Database, order: Order) -> Forms:
    """Return the names of the people asked for. Raises `ErrorDeUso` when there is nobody to whom data rights belong."""
    found = arco.people(db, order.ids)
    for number in order.ids:
        if number not in found:
            raise ErrorDeUso(f"no hay ninguna persona con el número {number}")
        if found[number][1] != "persona":
            raise ErrorDeUso(f"persona {number}: es {found[number][1]}; estos derechos son de personas físicas")
    own = forms([*(found[number][0] for number in order.ids), *order.nombres])
    if not own.nombres:
        raise ErrorDeUso("esa persona ya no tiene nombre en el registro")
    if any(len(name.split()) < 2 for name in order.nombres):
        raise ErrorDeUso("un nombre que se añade lleva al menos dos palabras")
    return own


def _keeping(folder: Path, request: int) -> captures.Keep:
    return lambda records: sealed.keep_records(folder, request, records)


def _letting_go(records: Sequence[sealed.Record]) -> None:
    """Keep nothing of what is erased."""


def _samples(was: Sequence[Was], own: Forms) -> list[list[Any]]:
    """Return where names stood, [table, row, column, start, end]: the person's own rows first."""
    found: list[list[Any]] = []
    for one in sorted(was, key=lambda one: (one.tabla != "personas", one.columna not in ("nombre", "titulo"))):
        if one.columna and one.columna not in ADDRESSES and one.antes and (match := own.whole.search(one.antes)):
            whole = one.tabla == "personas" and one.columna == "nombre"
            found.append([one.tabla, one.fila, one.columna, *((0, len(one.antes)) if whole else match.span())])
    return found[:MOST_SAMPLES]


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
