"""`POST /-/revision/decidir`: what a page asks to decide, done by `pipeline.review`, and the answer that it gets."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from sqlite_utils import Database

from pipeline.jobs.start import start
from pipeline.pages.access import DATABASE
from pipeline.pages.asked import Asked
from pipeline.pages.decisions import ACTIONS, Done
from pipeline.registry.decisions import state_of, version_of
from pipeline.review import Conflict, Hand, ReviewError, Unchanged

# These do not change the finding: any version of it will do.
AROUND = frozenset(
    {"comentar", "asignar", "posponer", "visto", "turnar", "atender", "acusar", "deshacer_asignacion", "dejar_lectura"}
)
NOTES = frozenset({"nota_a_mano", "nota_por_direccion", "reintentar_nota", "quitar_aviso"})
SAMPLE = frozenset({"aceptar_rechazada", "confirmar_rechazada", "reconsiderar_rechazada"})
VERSIONLESS = AROUND | NOTES | SAMPLE | {"descartar_varios", "dejar_lectura"}


def decide(db: Database, asked: Asked, quien: str, now: datetime) -> tuple[int, dict[str, Any]]:
    """Do what was asked; return the answer's status and JSON: 200, 400 (`error` says why) or 409 (somebody was quicker)."""
    try:
        name, folio = asked.text("accion"), asked.text("folio", default="").strip().upper()
        action = ACTIONS.get(name)
        if action is None:
            raise ReviewError(f"no hay acción «{name}»")
        version = asked.number("version")
        if version is None and name not in VERSIONLESS:
            raise ReviewError("falta «version»: la del hallazgo que tenía a la vista")
        try:
            done = action(db, folio, asked, Hand(quien, now, version))
        except Unchanged as error:
            done = Done(error.message + ".", {"sin_cambio": True})
    except Conflict as error:
        return 409, {"ok": False, "conflicto": True, "error": error.message, "version": error.version}
    except ReviewError as error:
        return 400, {"ok": False, "error": error.message}
    exists = state_of(db, folio)
    about = {"folio": folio, "version": version_of(db, folio), "estado": exists} if exists else {}
    return 200, {"ok": True, **about, "mensaje": done.mensaje, **done.mas}


async def decided(site: Datasette, asked: Asked, quien: str) -> tuple[int, dict[str, Any]]:
    """Run `decide` on the connection that writes; what it leaves to a process of its own begins at once."""

    def write(connection: sqlite3.Connection) -> tuple[int, dict[str, Any]]:
        return decide(Database(connection), asked, quien, datetime.now(UTC))

    database = site.get_database(DATABASE)
    answer: tuple[int, dict[str, Any]] = await database.execute_write_fn(write)
    if "trabajo" in answer[1]:
        start(Path(database.path), apart=bool((site.plugin_config("hallazgos") or {}).get("pedidos_aparte")))
    return answer


def local_path(given: str) -> str | None:
    """Return a path of this site to go back to, or None for anything that could lead elsewhere."""
    odd = given.startswith("//") or "\\" in given or any(not char.isprintable() for char in given)
    return given if given.startswith("/") and not odd else None
