"""`/-/arco` for who administers: who is meant by a name, what is held, and the orders of `hallazgos arco` (R33).

Names travel in forms only, never in an address that somebody's history or a proxy keeps. The work is done beside the pages'
own connections, in a thread, as the command line does it.
"""

import asyncio
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from datasette.app import Datasette

from pipeline.errores import ErrorDeUso
from pipeline.pages.access import DATABASE
from pipeline.pages.asked import Asked
from pipeline.privacy import erase, export, give_back
from pipeline.privacy.rectify import rectify
from pipeline.privacy.search import Candidate, candidates, held
from pipeline.registry import arco
from pipeline.registry.arco import Order, Request
from pipeline.registry.connection import open_registry
from pipeline.registry.held import gathered
from pipeline.registry.transaction import writing


@dataclass(frozen=True)
class Shown:
    """What the page shows: the name asked for and who may be meant, or people told by number and how much is held on them."""

    nombre: str = ""
    candidatas: list[Candidate] = field(default_factory=list)
    ids: tuple[int, ...] = ()
    cuantos: dict[str, int] = field(default_factory=dict)
    hecho: str = ""
    fallo: str = ""
    solicitudes: list[Request] = field(default_factory=list)


@dataclass(frozen=True)
class Handed:
    """A document to be sent: its bytes, its kind, its name."""

    contenido: str
    tipo: str
    nombre: str


async def done(site: Datasette, asked: Asked | None, quien: str) -> Shown | Handed:
    """Do what the form asks, and return what to show or to send."""
    registro = Path(site.get_database(DATABASE).path)
    return await asyncio.to_thread(_done, registro, asked, quien)


def _done(registro: Path, asked: Asked | None, quien: str) -> Shown | Handed:
    found: Shown | Handed = Shown()
    try:
        if asked is not None:
            found = _answer(registro, asked, quien, datetime.now(UTC))
    except ErrorDeUso as error:
        found = Shown(fallo=error.message)
    if isinstance(found, Handed):
        return found
    with closing(open_registry(registro)) as db:
        return Shown(
            found.nombre, found.candidatas, found.ids, found.cuantos, found.hecho, found.fallo, solicitudes=arco.requests(db)
        )


def _answer(registro: Path, asked: Asked, quien: str, now: datetime) -> Shown | Handed:
    action, ids = asked.text("accion"), tuple(asked.numbers("persona"))
    if action == "buscar":
        name = asked.text("nombre").strip()
        with closing(open_registry(registro)) as db:
            return Shown(nombre=name, candidatas=candidates(db, name))
    why = asked.text("motivo", default="").strip()
    if action == "ver":
        return _held(registro, ids)
    if not why:
        raise ErrorDeUso("falta el motivo")
    if action in ("desbloquear", "liberar"):
        number = asked.needed_number("solicitud")
        (give_back.unblock if action == "desbloquear" else give_back.release)(registro, number, why, quien=quien, now=now)
        return Shown(hecho=f"Solicitud {number}: hecho.")
    if action == "rectificar" and len(ids) == 1:
        right, gender = asked.text("correcto", default=""), asked.text("genero", default="")
        number = rectify(registro, ids[0], why, nombre=right, genero=gender, quien=quien, now=now)
        return Shown(hecho=f"Rectificado; solicitud {number}.")
    order = Order(action, ids, why, asked.text("retencion", default="").strip())
    if action in ("json", "html"):
        return _handed(registro, Order("exportar", ids, why), action, quien, now)
    if action not in ("bloquear", "suprimir"):
        raise ErrorDeUso("no se entiende lo que se pide")
    result = erase.erase(registro, order, quien=quien, now=now)
    return Shown(hecho=f"Solicitud {result.solicitud}: se testaron {sum(result.conteos.values())} valores y capturas.")


def _held(registro: Path, ids: tuple[int, ...]) -> Shown:
    with closing(open_registry(registro)) as db:
        subject = gathered(db, ids, erase.names_of(db, Order("exportar", ids, "consulta")))
        return Shown(ids=ids, cuantos=held(db, registro.parent, subject).counts())


def _handed(registro: Path, order: Order, form: str, quien: str, now: datetime) -> Handed:
    with closing(open_registry(registro)) as db:
        subject = gathered(db, order.ids, erase.names_of(db, order))
        data = export.gathered_export(db, registro.parent, subject, now)
        with writing(db):
            number = arco.open_request(db, order, quien=quien, now=now)
            arco.close_request(db, number, data["cuantos"], now)
    if form == "json":
        return Handed(export.as_json(data), "application/json; charset=utf-8", f"solicitud-{number}.json")
    return Handed(export.as_html(data), "text/html; charset=utf-8", f"solicitud-{number}.html")
