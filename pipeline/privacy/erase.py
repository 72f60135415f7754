"""Blocks or erases a person: captures first, then every row in one transaction, then what the files still remember.

Killed anywhere, the same order goes on under the same number: until its rows are done it finds what is left of them, and after
that only `pipeline.privacy.finish` is left.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.grouping.names import Same
from pipeline.privacy import captures, sealed
from pipeline.privacy.finish import finish_left
from pipeline.privacy.forms import Forms, forms
from pipeline.privacy.locks import alone
from pipeline.privacy.reasons import check_reason
from pipeline.privacy.sealed import Was
from pipeline.privacy.search import SURE, candidates
from pipeline.registry import arco, erased, erasing
from pipeline.registry.arco import Order
from pipeline.registry.connection import open_registry
from pipeline.registry.covering import Told
from pipeline.registry.held import ADDRESSES, gathered
from pipeline.registry.transaction import writing

MOST_SAMPLES = 60
ACTIONS = {"bloquear": "bloqueo", "suprimir": "supresion", "descartados": "supresion"}


@dataclass(frozen=True)
class Done:
    """What was done under which number: how many values by table, how many captures."""

    solicitud: int
    conteos: Mapping[str, int]


def erase(registro: Path, order: Order, *, quien: str, now: datetime) -> Done:
    """Block or erase (`order.tipo`) a person. Raises `ErrorDeUso` for who is none, `CrawlBusy` while another writes."""
    with alone(registro), closing(open_registry(registro)) as db:
        for one in finish_left(db, registro, now):
            if order.ids and (one.tipo, set(one.personas)) == (order.tipo, set(order.ids)):
                return Done(one.id, one.conteos)  # this very order had broken off
        done = erase_in(db, registro.parent, order, quien=quien, now=now)
        finish_left(db, registro, now)
    return done


def erase_in(db: Database, folder: Path, order: Order, *, quien: str, now: datetime) -> Done:
    """Do so in an open registry, whose locks the caller holds; what files and copies remember is left to `finish_left`."""
    db.conn.execute("PRAGMA secure_delete = ON")  # what goes is overwritten, not only unlinked
    own = names_of(db, order)
    with writing(db):
        request = _begun(db, order, own) or arco.open_request(db, order, quien=quien, now=now)
        erased.remember_names(db, request, own.nombres)
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
        arco.apply_request(db, request, counts, samples(was, own), now=now)
    return Done(request, counts)


def _begun(db: Database, order: Order, own: Forms) -> int | None:
    """Return the number of the same order if it broke off before its rows were done. Raises `ErrorDeUso` for another one's."""
    prints = erased.prints_of(db, own.nombres)
    for one in arco.unfinished(db):
        if one.tipo not in ACTIONS or one.aplicada_en:
            continue
        about = set(one.personas) & set(order.ids) or (not (one.personas or order.ids) and erased.prints(db, one.id) & prints)
        if about and (one.tipo, set(one.personas)) == (order.tipo, set(order.ids)):
            return one.id
        if about:
            raise ErrorDeUso(f"la solicitud {one.id} ({one.tipo}) quedó a medias; repítala antes de pedir otra cosa")
    return None


def names_of(db: Database, order: Order) -> Forms:
    """Return the names of the people asked for.

    Raises `ErrorDeUso` when there is nobody to whom data rights belong, or when the reason names them.
    """
    found = arco.people(db, order.ids)
    for number in order.ids:
        if number not in found:
            raise ErrorDeUso(f"no hay ninguna persona con el número {number}")
        if found[number][1] != "persona":
            raise ErrorDeUso(f"persona {number}: es {found[number][1]}; estos derechos son de personas físicas")
    own = forms([*(found[number][0] for number in order.ids), *order.nombres])
    if not own.nombres:
        gone = (
            "esa persona ya no tiene nombre en el registro; lo que apartó un bloqueo se destruye con `hallazgos arco liberar`"
        )
        raise ErrorDeUso(gone if order.ids else "falta la persona, o su nombre")
    if not order.ids:
        same = [one.id for name in order.nombres for one in candidates(db, name) if one.parecido == SURE[Same.FULLY]]
        if same:
            raise ErrorDeUso(f"hay personas con ese nombre: dígalas con su número ({', '.join(map(str, sorted(set(same))))})")
    if any(len(name.split()) < 2 for name in order.nombres):
        raise ErrorDeUso("un nombre que se añade lleva al menos dos palabras")
    check_reason(db, f"{order.motivo}\n{order.retencion}", own)
    return own


def _keeping(folder: Path, request: int) -> captures.Keep:
    return lambda records: sealed.keep_records(folder, request, records)


def _letting_go(records: Sequence[sealed.Record]) -> None:
    """Keep nothing of what is erased."""


def samples(was: Sequence[Was], own: Forms) -> list[list[Any]]:
    """Return where names stood, [table, row, column, start, end]: the person's own rows first."""
    found: list[list[Any]] = []
    for one in sorted(was, key=lambda one: (one.tabla != "personas", one.columna not in ("nombre", "titulo"))):
        if one.columna and one.columna not in ADDRESSES and one.antes and (match := own.whole.search(one.antes)):
            whole = one.tabla == "personas" and one.columna == "nombre"
            found.append([one.tabla, one.fila, one.columna, *((0, len(one.antes)) if whole else match.span())])
    return found[:MOST_SAMPLES]
