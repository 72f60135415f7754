"""Ends a blocking: what was kept sealed goes back where nobody changed it since; or a hold: what was kept goes for good."""

from collections import defaultdict
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.lock import crawl_lock, upkeep_lock
from pipeline.privacy import captures, restored, sealed
from pipeline.privacy.erase import PATIENCE, forget
from pipeline.privacy.members import members
from pipeline.registry import arco, erasing
from pipeline.registry.arco import Order, Request
from pipeline.registry.connection import open_registry
from pipeline.registry.covering import Told
from pipeline.registry.transaction import writing


def unblock(registro: Path, number: int, motivo: str, *, quien: str, now: datetime) -> int:
    """End a blocking; return how many values were left as they are, for somebody changed them since. Raises `ErrorDeUso`."""
    with crawl_lock(registro, PATIENCE), upkeep_lock(registro), closing(open_registry(registro)) as db:
        blocked = _standing(db, number, "bloquear")
        order = Order("desbloquear", blocked.personas, motivo, de_solicitud=number)
        with writing(db):
            request = arco.open_request(db, order, quien=quien, now=now)
        _records_back(db, registro.parent, number, Told(request, "desbloqueo", quien), now)
        with writing(db):
            left = erasing.put_back(db, sealed.rows_of(registro.parent, number), number)
            arco.lift(db, number, now)
            arco.close_request(db, request, {"sin_cambio": left})
        sealed.destroy(registro.parent, number)
        restored.write_list(db, registro)
    return left


def release(registro: Path, number: int, motivo: str, *, quien: str, now: datetime) -> None:
    """Let go of what a request kept sealed: the hold ended, or a blocking becomes an erasure. Raises `ErrorDeUso`."""
    with crawl_lock(registro, PATIENCE), upkeep_lock(registro), closing(open_registry(registro)) as db:
        kept = _standing(db, number, "bloquear", "suprimir")
        order = Order("liberar", kept.personas, motivo, de_solicitud=number)
        with writing(db):
            arco.open_request(db, order, quien=quien, now=now)
            arco.lift(db, number, now)
            if kept.tipo == "bloquear":  # restoring must erase it again from now on
                arco.become_erasure(db, number)
        sealed.destroy(registro.parent, number)
        forget(db)
        restored.write_list(db, registro)


def _standing(db: Database, number: int, *kinds: str) -> Request:
    found = next((one for one in arco.requests(db) if one.id == number), None)
    if found is None or found.tipo not in kinds or found.levantada_en:
        raise ErrorDeUso(f"la solicitud {number} no es de {' ni de '.join(kinds)}, o ya se levantó")
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
