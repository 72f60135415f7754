"""`/-/arco` for who administers: who is meant by a name, what is held, and the orders of `hallazgos arco` (R33).

Names travel in forms only, never in an address that somebody's history or a proxy keeps. On a registry of decades every text
and capture is read for minutes, so each request is left to the process that does the pages' work; the page tells how it goes.
"""

import asyncio
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from datasette.app import Datasette

from crawlers.fechas import utc_text
from pipeline.descriptions import table_docs
from pipeline.errores import ErrorDeUso
from pipeline.jobs.start import start
from pipeline.pages.access import DATABASE
from pipeline.pages.asked import Asked
from pipeline.privacy import desk
from pipeline.privacy.desk import Errand
from pipeline.privacy.desk_work import WORK
from pipeline.privacy.rectify import rectify
from pipeline.registry import arco
from pipeline.registry.arco import Order, Request, Right
from pipeline.registry.connection import open_registry

WITHOUT_REASON = ("buscar", "ver")
BY_REQUEST = ("desbloquear", "liberar")


@dataclass(frozen=True)
class Shown:
    """What the page shows: what was asked for and how far it has come, what was done, a line, or what was wrong.

    `titulos`: of tables, by name.
    """

    pedidos: list[Errand] = field(default_factory=list)
    solicitudes: list[Request] = field(default_factory=list)
    hecho: str = ""
    fallo: str = ""
    titulos: Mapping[str, str] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Tell whether something asked for is not done yet."""
        return any(one.open for one in self.pedidos)


@dataclass(frozen=True)
class Handed:
    """A document to be sent: its bytes, its kind, its name."""

    contenido: str
    tipo: str
    nombre: str


async def done(site: Datasette, asked: Asked | None, quien: str) -> Shown | Handed:
    """Take down what the form asks, and return what to show or to send."""
    registro = Path(site.get_database(DATABASE).path)
    apart = bool((site.plugin_config("hallazgos") or {}).get("pedidos_aparte"))
    return await asyncio.to_thread(_done, registro, asked, quien, apart)


def _done(registro: Path, asked: Asked | None, quien: str, apart: bool) -> Shown | Handed:
    told, wrong = "", ""
    now = datetime.now(UTC)
    desk.drop_old(registro, now)
    try:
        answer = _answer(registro, asked, quien, now) if asked is not None else ""
        if isinstance(answer, Handed):
            return answer
        if isinstance(answer, Errand):
            start(registro, apart=apart)
        else:
            told = answer
    except ErrorDeUso as error:
        wrong = error.message
    with closing(open_registry(registro)) as db:
        titles = {name: doc.titulo for name, doc in table_docs().items()} | {"capturas": "Copias de páginas"}
        return Shown(desk.errands(registro), arco.requests(db), told, wrong, titles)


def _answer(registro: Path, asked: Asked, quien: str, now: datetime) -> str | Handed | Errand:
    action = asked.text("accion")
    if action in ("html", "json"):
        return _handed(registro, asked.needed_number("pedido"), action)
    if action == "quitar":
        desk.drop(registro, asked.needed_number("pedido"))
        return "Quitado."
    why = asked.text("motivo", default="").strip()
    if not why and action not in WITHOUT_REASON:
        raise ErrorDeUso("falta el motivo")
    if action == "rectificar":
        right = Right(*(asked.text(name, default="") for name in ("correcto", "genero", "medio")))
        order = Order("rectificar", (asked.needed_number("persona"),), why)
        return f"Rectificado; solicitud {rectify(registro, order, right, quien=quien, now=now)}."
    if action not in WORK:
        raise ErrorDeUso("no se entiende lo que se pide")
    return desk.ask(registro, _errand(registro, asked, action, why, Errand(0, action, quien, utc_text(now))))


def _errand(registro: Path, asked: Asked, action: str, why: str, blank: Errand) -> Errand:
    """Return what is asked for. Raises `ErrorDeUso` when it is of nobody."""
    told = vars(blank) | {"motivo": why, "retencion": asked.text("retencion", default="").strip()}
    if action in BY_REQUEST:
        return Errand(**told | {"solicitud": asked.needed_number("solicitud")})
    people: tuple[int, ...] = tuple(asked.numbers("persona"))
    names: tuple[str, ...] = ()
    if action == "buscar":
        names = tuple(name for name in [asked.text("nombre").strip()] if name)
    elif asked.text("por_nombre", default=""):
        before = desk.errand(registro, asked.needed_number("pedido"))
        names = before.nombres if before else ()
    if not people and not names:
        raise ErrorDeUso("falta el nombre que se busca" if action == "buscar" else "falta decir quién es")
    return Errand(**told | {"personas": people, "nombres": names})


def _handed(registro: Path, number: int, form: str) -> Handed:
    path = desk.document(registro, number, form)
    if not path.is_file():
        raise ErrorDeUso(f"el pedido {number} no tiene documento")
    kind = {"json": "application/json", "html": "text/html"}[form]
    return Handed(path.read_text("utf-8"), f"{kind}; charset=utf-8", f"pedido-{number}.{form}")
