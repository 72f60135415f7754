"""Does what the page asked for, in the process that does the pages' work; the command line does the same at once.

An order that a dead process left begun is taken up again: blocking and erasing go on where they were.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click

from pipeline.errores import ErrorDeUso, reason
from pipeline.evidence import write_private
from pipeline.privacy import desk, erase, export, give_back
from pipeline.privacy.desk import DONE, FAILED, MOST_TRIES, UNDER_WAY, Errand
from pipeline.privacy.forms import forms
from pipeline.privacy.search import candidates, held
from pipeline.registry import arco
from pipeline.registry.arco import Order
from pipeline.registry.connection import open_registry
from pipeline.registry.held import gathered
from pipeline.registry.transaction import writing
from pipeline.reloj import Clock

LISTED = 200  # files that were not read and are named on the page


def do_desk(registro: Path, now: Clock) -> int:
    """Do every errand that waits, or was left by a process that died; return how many."""
    waiting = [one for one in reversed(desk.errands(registro)) if one.open]
    for one in waiting:
        begun = desk.keep(registro, replace(one, estado=UNDER_WAY, intentos=one.intentos + 1))
        if begun.intentos > MOST_TRIES:
            told = "el proceso se interrumpió varias veces; hágalo con `hallazgos arco`"
            desk.keep(registro, replace(begun, estado=FAILED, mensaje=told))
            continue
        try:
            desk.keep(registro, replace(WORK[one.accion](registro, begun, now), estado=DONE))
        except ErrorDeUso as error:
            desk.keep(registro, replace(begun, estado=FAILED, mensaje=error.message))
            click.echo(f"pedido {one.id} ({one.accion}): fallido", err=True)
        except OSError as error:
            desk.keep(registro, replace(begun, estado=FAILED, mensaje=reason(error)))
            click.echo(f"pedido {one.id} ({one.accion}): fallido", err=True)
    return len(waiting)


def _search(registro: Path, one: Errand, _now: Clock) -> Errand:
    """Find who may be meant by a name, or what is held on people told by number, with the names told beside."""
    with closing(open_registry(registro)) as db:
        people = [] if one.personas else [vars(found) for found in candidates(db, one.nombres[0])]
        own = erase.names_of(db, _order(one)) if one.personas else forms(one.nombres)
        rows = held(db, registro.parent, gathered(db, one.personas, own)).rows()
    unread = [row for row in rows if row["tipo"] == "sin leer"]
    told = {"candidatas": people, "filas": [row for row in rows if row["tipo"] != "sin leer"]}
    return replace(one, resultado={**told, "sin_leer": unread[:LISTED], "sin_leer_en_total": len(unread)})


def _export(registro: Path, one: Errand, now: Clock) -> Errand:
    with closing(open_registry(registro)) as db:
        subject = gathered(db, one.personas, erase.names_of(db, _order(one)))
        data = export.gathered_export(db, registro.parent, subject, now())
        with writing(db):
            number = arco.open_request(db, _order(one), quien=one.quien, now=now())
            arco.close_request(db, number, data["cuantos"], now())
    write_private(desk.document(registro, one.id, "json"), export.as_json(data).encode())
    write_private(desk.document(registro, one.id, "html"), export.as_html(data).encode())
    return replace(one, mensaje=f"Solicitud {number}: descárguelo, entréguelo y quítelo de aquí.")


def _erase(registro: Path, one: Errand, now: Clock) -> Errand:
    done = erase.erase(registro, _order(one), quien=one.quien, now=now())
    desk.clear(registro, besides=one.id)
    count = sum(done.conteos.values())
    return replace(one, nombres=(), mensaje=f"Solicitud {done.solicitud}: se testaron {count} valores y capturas.")


def _unblock(registro: Path, one: Errand, now: Clock) -> Errand:
    left = give_back.unblock(registro, one.solicitud, one.motivo, quien=one.quien, now=now())
    more = f" {left} valores cambiaron desde entonces y siguen así." if left else ""
    return replace(one, mensaje=f"Solicitud {one.solicitud}: devuelto.{more}")


def _release(registro: Path, one: Errand, now: Clock) -> Errand:
    give_back.release(registro, one.solicitud, one.motivo, quien=one.quien, now=now())
    return replace(one, mensaje=f"Solicitud {one.solicitud}: lo apartado se destruyó.")


def _order(one: Errand) -> Order:
    return Order(one.accion, one.personas, one.motivo or "consulta", one.retencion, one.nombres)


WORK: dict[str, Callable[[Path, Errand, Clock], Errand]] = {
    "buscar": _search,
    "ver": _search,
    "exportar": _export,
    "bloquear": _erase,
    "suprimir": _erase,
    "desbloquear": _unblock,
    "liberar": _release,
}
