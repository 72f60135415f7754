"""Ends a blocking: what was kept sealed goes back where nobody changed it since; or a hold: what was kept goes for good.

Both go on under the same number when they broke off. What the machine covered of later notes for the same person goes back too.
"""

from collections import defaultdict
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.privacy import captures, sealed
from pipeline.privacy.finish import finish_left, is_automatic
from pipeline.privacy.forms import forms
from pipeline.privacy.locks import alone
from pipeline.privacy.members import members
from pipeline.privacy.reasons import check_reason
from pipeline.registry import arco, erased, erasing
from pipeline.registry.arco import Order, Request
from pipeline.registry.connection import open_registry
from pipeline.registry.covering import Told
from pipeline.registry.transaction import writing


def unblock(registro: Path, number: int, motivo: str, *, quien: str, now: datetime) -> int:
    """End a blocking; return how many values were left as they are, for somebody changed them since. Raises `ErrorDeUso`."""
    with alone(registro), closing(open_registry(registro)) as db:
        check_reason(db, motivo, forms(()))
        for one in finish_left(db, registro, now):
            if (one.tipo, one.de_solicitud) == ("desbloquear", number):
                return one.conteos.get("sin_cambio", 0)
        blocked = _standing(db, number, "bloquear")
        later = [one for one in arco.requests(db) if one.de_solicitud == number and is_automatic(one) and not one.levantada_en]
        left = 0
        for one in (*later, blocked):
            request = _begun(db, one, motivo, quien=quien, now=now)
            left += _back(db, registro.parent, one, Told(request, "desbloqueo", quien), now)
        finish_left(db, registro, now)
    return left


def _begun(db: Database, blocked: Request, motivo: str, *, quien: str, now: datetime) -> int:
    """Return the number of the request that ends a blocking: the one that broke off, if there is one."""
    order = Order("desbloquear", blocked.personas, motivo, de_solicitud=blocked.id)
    same = (one.id for one in arco.unfinished(db) if (one.tipo, one.de_solicitud) == (order.tipo, order.de_solicitud))
    with writing(db):
        return next(same, None) or arco.open_request(db, order, quien=quien, now=now)


def _back(db: Database, folder: Path, blocked: Request, told: Told, now: datetime) -> int:
    """Put back what one blocking keeps; files are left to `finish_left`."""
    _records_back(db, folder, blocked.id, told, now)
    with writing(db):
        rows = sealed.rows_of(folder, blocked.id)
        left = erasing.put_back(db, rows, blocked.id)
        if is_automatic(blocked):
            erased.remember_others(db, blocked.id, {row.fila for row in rows if row.tabla == "noticias"})
        arco.lift(db, blocked.id, now)
        arco.apply_request(db, told.solicitud, {"sin_cambio": left}, now=now)
    return left


def release(registro: Path, number: int, motivo: str, *, quien: str, now: datetime) -> None:
    """Let go of what a request kept sealed: the hold ended, or a blocking becomes an erasure. Raises `ErrorDeUso`."""
    with alone(registro), closing(open_registry(registro)) as db:
        check_reason(db, motivo, forms(()))
        if any((one.tipo, one.de_solicitud) == ("liberar", number) for one in finish_left(db, registro, now)):
            return
        kept = _standing(db, number, "bloquear", "suprimir")
        if kept.tipo == "suprimir" and not kept.retencion:
            raise ErrorDeUso(f"la solicitud {number} no conserva nada apartado")
        order = Order("liberar", kept.personas, motivo, de_solicitud=number)
        with writing(db):
            request = arco.open_request(db, order, quien=quien, now=now)
            arco.lift(db, number, now)
            if kept.tipo == "bloquear":  # restoring must erase it again from now on
                arco.become_erasure(db, number)
            arco.apply_request(db, request, {}, now=now)
        finish_left(db, registro, now)


def _standing(db: Database, number: int, *kinds: str) -> Request:
    found = next((one for one in arco.requests(db) if one.id == number), None)
    if found is None or found.tipo not in kinds or found.levantada_en:
        raise ErrorDeUso(f"la solicitud {number} no es de {' ni de '.join(kinds)}, o ya se levantó")
    if not found.terminada_en:
        raise ErrorDeUso(f"la solicitud {number} quedó a medias; repítala antes de levantarla")
    return found


def _records_back(db: Database, folder: Path, number: int, told: Told, now: datetime) -> None:
    """Put the records back in their places; a file that is not there any more was purged, and stays so."""
    by_file: defaultdict[str, dict[int, bytes]] = defaultdict(dict)
    for one in sealed.records_of(folder, number):
        by_file[one.archivo][one.lugar] = one.antes
    for archivo, changed in by_file.items():
        if (folder / archivo).is_file():
            fits = {one.offset for one in members(folder / archivo) if len(changed.get(one.offset, b"")) == len(one.packed)}
            captures.rewrite(db, folder, archivo, {place: changed[place] for place in fits}, told=told, now=now)
