"""Entering and leaving: the password held against the accounts, guesses limited, the session's cookie given or taken.

The login page of datasette-auth-passwords is not used, only its hashes: that page takes longer for accounts that exist, stops
the site while it counts, hears any number of guesses, and writes the roles into a cookie that never ends.
"""

import asyncio
import logging
import time
from dataclasses import dataclass

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.accounts import sessions
from pipeline.accounts.file import changing
from pipeline.accounts.passwords import LONGEST, matches
from pipeline.bitacora import printable
from pipeline.pages.door import accounts_of, address_of, let_in, session, show_out, way_back
from pipeline.pages.wording import counted

log = logging.getLogger("hallazgos")
SOONER = "o antes si quien administra da otra contraseña a la cuenta"
WRONG = "La cuenta o la contraseña no son correctas."
LONGEST_NAME = 64


@dataclass(frozen=True)
class Answer:
    """What the login page tells: its status, what went wrong, and after how many seconds another try is heard."""

    status: int = 200
    error: str = ""
    wait: int = 0


async def login_page(site: Datasette, request: Request, answer: Answer, back: str) -> Response:
    """Return the page with its form; `back` is where to go afterwards."""
    context = {"error": answer.error, "volver": way_back(back), "cuentas": accounts_of(site).asked()}
    body = await site.render_template("login.html", context, request=request)
    return Response.html(body, status=answer.status, headers={"Retry-After": str(answer.wait)} if answer.wait else {})


async def enter(site: Datasette, request: Request) -> Response:
    """Hear a try: a new session and the way back, or the page again with what went wrong (401; 429 after too many)."""
    form = await request.post_vars()
    name, password = form.get("cuenta", "").strip().lower()[:LONGEST_NAME], form.get("clave", "")[: LONGEST + 1]
    back, address, guesses = way_back(form.get("volver")), address_of(request), accounts_of(site).guesses
    account = accounts_of(site).present().get(name)
    sello = account.sello if account else ""
    wait = guesses.wait(name, address, time.time(), sello=sello)
    if wait:
        minutes = counted(-(-wait // 60), "minuto", "minutos")
        told = f"Demasiados intentos. Se podrá entrar de nuevo en {minutes}"
        told += "." if guesses.wait_here(address, time.time()) else f", {SOONER}."
        return await login_page(site, request, Answer(429, told, wait), back)
    guesses.tried(name, address, time.time(), sello=sello)
    known = name if account else "ninguna"  # what was typed as a name may be a password
    right = await asyncio.to_thread(matches, password, account.clave if account else None)
    if not right or account is None:
        log.warning("entrada fallida: cuenta %s, equipo %s", known, printable(address))
        return await login_page(site, request, Answer(401, WRONG), back)
    guesses.succeeded(name, address, sello=sello)
    response = Response.redirect(back)
    let_in(site, response, name, account)
    return response


async def leave(site: Datasette, request: Request) -> Response:
    """End the session for good: a copy of its cookie opens nothing any more."""
    said = session(site, request)
    if said:
        await asyncio.to_thread(_end, site, dict(said))
    response = Response.redirect("/-/entrar")
    show_out(site, response)
    return response


def _end(site: Datasette, said: dict[str, object]) -> None:
    with changing(accounts_of(site).path) as accounts:
        name = str(said["id"])
        if name in accounts:
            accounts[name] = sessions.left(accounts[name], said, time.time())
