"""One's own account, and everybody's for who administers: what their forms ask for, done by `pipeline.accounts.changes`."""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.utils.asgi import Request

from pipeline.accounts import changes
from pipeline.accounts.changes import Desk
from pipeline.accounts.file import Account
from pipeline.accounts.passwords import LONGEST, made_up, matches
from pipeline.errores import ErrorDeUso
from pipeline.pages.access import DATABASE, ROLES
from pipeline.pages.door import accounts_of, address_of, outside
from pipeline.pages.labels import label
from pipeline.registry.connection import connect

T = TypeVar("T")
FEED = "/-/hallazgos.atom"
# What a role means, for whoever gives it.
MEANING = {
    "lectura": "cifras y códigos; nunca nombres ni textos",
    "analista": "cifras, códigos, nombres y textos (lo que se abre queda anotado), y revisar",
    "administracion": "todo lo de analista, y consultas SQL, descarga del registro y cuentas",
}


@dataclass(frozen=True)
class Told:
    """What a form is answered: its words, whether it was refused, a secret that is shown once, and a new session's account."""

    text: str
    refused: bool = False
    secret: str = ""
    fresh: Account | None = None


async def at_desk(site: Datasette, request: Request, work: Callable[[Desk], T]) -> T:
    """Do `work` on the accounts in a thread of its own, with a connection of its own, in the name of who asks."""
    registro = Path(site.get_database(DATABASE).path)

    def alone() -> T:
        db = connect(registro)
        with closing(db.conn):
            return work(Desk(db, registro, str(request.actor["id"]), datetime.now(UTC)))

    return await asyncio.to_thread(alone)


async def own(site: Datasette, request: Request, form: Mapping[str, str]) -> Told:
    """Do what one's own page asks: another password, the other sessions closed, the feed's address given or taken."""
    name = str(request.actor["id"])
    try:
        match form.get("accion"):
            case "clave":
                return await _new_password(site, request, form)
            case "cerrar":
                fresh = await at_desk(site, request, lambda desk: changes.end_sessions(desk, name))
                return Told("Se cerraron las demás sesiones; ésta sigue.", fresh=fresh)
            case "canal":
                token = await at_desk(site, request, lambda desk: changes.new_feed_token(desk, name))
                return Told("Dirección de su canal:", secret=outside(site, request, f"{FEED}?clave={token}"))
            case "revocar":
                await at_desk(site, request, lambda desk: changes.revoke_feed(desk, name))
                return Told("Su canal ya no tiene dirección.")
    except ErrorDeUso as error:
        return Told(_sentence(error), refused=True)
    return Told("No se entendió qué hacer.", refused=True)


async def _new_password(site: Datasette, request: Request, form: Mapping[str, str]) -> Told:
    """Change one's own password, if the present one is right; guesses at it are limited as at the door."""
    name, address, guesses = str(request.actor["id"]), address_of(request), accounts_of(site).guesses
    if form.get("nueva") != form.get("otra_vez"):
        return Told("Las dos contraseñas nuevas no son iguales.", refused=True)
    present = accounts_of(site).present()[name]
    if guesses.wait(name, address, time.time(), sello=present.sello):
        return Told("Demasiados intentos; espere un cuarto de hora.", refused=True)
    guesses.tried(name, address, time.time(), sello=present.sello)
    if not await asyncio.to_thread(matches, form.get("actual", "")[: LONGEST + 1], present.clave):
        return Told("La contraseña actual no es correcta.", refused=True)
    guesses.succeeded(name, address, sello=present.sello)
    fresh = await at_desk(site, request, lambda desk: changes.set_password(desk, name, form.get("nueva", "")))
    return Told("Se cambió la contraseña; las demás sesiones se cerraron.", fresh=fresh)


async def everybodys(site: Datasette, request: Request, form: Mapping[str, str]) -> Told:
    """Do what the page of accounts asks; nobody takes their own account away there, so that somebody is always left."""
    name, role = form.get("nombre", "").strip(), form.get("rol", "")
    if name == request.actor["id"] and form.get("accion") != "revocar":
        return Told("Su propia cuenta se cambia en «Mi cuenta», y su rol, con `hallazgos usuarios`.", refused=True)
    try:
        return await at_desk(site, request, lambda desk: _administered(desk, form, name, role))
    except ErrorDeUso as error:
        return Told(_sentence(error), refused=True)


def _administered(desk: Desk, form: Mapping[str, str], name: str, role: str) -> Told:
    told = Told("No se entendió qué hacer.", refused=True)
    match form.get("accion"):
        case "alta":
            changes.add(desk, name, role, password := made_up())
            told = Told(f"Cuenta «{name}» ({label('rol', role)}). Su contraseña:", secret=password)
        case "clave":
            changes.set_password(desk, name, password := made_up())
            told = Told(f"Contraseña nueva de «{name}»; sus sesiones se cerraron:", secret=password)
        case "rol":
            changes.set_role(desk, name, role)
            told = Told(f"«{name}» tiene ahora el rol {label('rol', role)}.")
        case "revocar":
            changes.revoke_feed(desk, name)
            told = Told(f"«{name}» ya no tiene canal.")
        case "baja" if form.get("seguro") == "1":
            changes.remove(desk, name)
            told = Told(f"Se quitó la cuenta «{name}».")
        case "baja":
            told = Told("Marque la casilla para quitar la cuenta.", refused=True)
    return told


def listed(site: Datasette) -> list[dict[str, Any]]:
    """Return the accounts as the page shows them; nothing secret among it."""
    return [
        {"nombre": name, "rol": ", ".join(one.roles), "alta": one.alta, "canal": bool(one.canal)}
        for name, one in sorted(accounts_of(site).present().items())
    ]


def roles_told() -> dict[str, str]:
    """Return every role with what it may do, in words."""
    return {role: MEANING[role] for role in ROLES}


def _sentence(error: ErrorDeUso) -> str:
    words = error.format_message()
    return f"{words[:1].upper()}{words[1:]}."
