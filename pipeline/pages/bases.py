"""The Bases on the pages: their list, opening one, changing and closing it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from pipeline.bases.standing import Told, change_base, close_base, open_base, reopen_base
from pipeline.pages.asked import Asked, read
from pipeline.pages.base_entry import reading, writing_as
from pipeline.pages.labels import json_list
from pipeline.registry import bases as rows
from pipeline.reloj import mexico_day
from pipeline.review.changes import Hand
from pipeline.review.errors import Conflict, ReviewError

BEFORE, AFTER = timedelta(days=14), timedelta(days=45)  # the demonstrations that a Base may be opened for on the page


async def list_page(site: Datasette, request: Request, error: str = "", typed: Mapping[str, Any] | None = None) -> Response:
    """Return the list of Bases with the form that opens one; after a refusal with what was typed."""
    today = mexico_day(datetime.now(UTC))
    near = ((today - BEFORE).isoformat(), (today + AFTER).isoformat())
    context = {
        "bases": await reading(site, rows.bases),
        "movilizaciones": await reading(site, lambda db: rows.demonstrations_near(db, *near)),
        "error": error,
        "escrito": typed or {},
    }
    body = await site.render_template("bases.html", context, request=request)
    return Response.html(body, status=400 if error else 200)


async def open_from(site: Datasette, request: Request) -> Response:
    """Open the Base that the form asks for, and go to its page."""
    asked = Asked({}, form=True)
    try:
        asked = read(request.headers.get("content-type", ""), await request.post_body())
        demonstration, told = asked.needed_number("movilizacion_id"), told_by(asked)
        number = await writing_as(site, request, lambda db, hand: open_base(db, demonstration, told, hand))
    except ReviewError as error:
        return await list_page(site, request, error.message, typed(asked))
    return Response.redirect(site.urls.path(f"/-/base/{number}"), status=303)


async def data_page(site: Datasette, request: Request, base: Mapping[str, Any], error: str = "", status: int = 200) -> Response:
    """Return what is known of a Base as a form, with the button that closes it."""
    context = {"base": base, "organismos": json_list(base["organismos"]) or [], "error": error}
    return Response.html(await site.render_template("base_data.html", context, request=request), status=status)


async def change_from(site: Datasette, request: Request, base: Mapping[str, Any]) -> Response:
    """Change, close or reopen the Base as the form asks; closing goes on to the log, to be printed."""
    try:
        asked = read(request.headers.get("content-type", ""), await request.post_body())
        action, told = asked.text("accion", default="cambiar"), told_by(asked)
        version = asked.needed_number("version")
        await writing_as(site, request, lambda db, hand: _do(db, base["id"], action, told, hand), version)
    except ReviewError as error:
        fresh = await reading(site, lambda db: rows.base(db, base["id"]))
        return await data_page(site, request, fresh or base, error.message, 409 if isinstance(error, Conflict) else 400)
    said = {"cerrar": "cerrada. Ésta es su bitácora, para imprimir.", "reabrir": "abierta otra vez."}.get(action, "guardada.")
    site.add_message(request, f"Base {base['id']}: {said}", site.INFO)
    page = "bitacora" if action == "cerrar" else "datos"
    return Response.redirect(site.urls.path(f"/-/base/{base['id']}/{page}"), status=303)


def _do(db: Database, number: int, action: str, told: Told, hand: Hand) -> int:
    if action == "cerrar":
        return close_base(db, number, told, hand)
    if action == "reabrir":
        return reopen_base(db, number, hand)
    return change_base(db, number, told, hand)


def told_by(asked: Asked) -> Told:
    """Return what a form says of a Base; its bodies are one a line."""
    said = {name: asked.text(name, default="") for name in ("tipo", "inicio", "fin", "sitio")}
    bodies = tuple(asked.text("organismos", default="").splitlines())
    people = asked.number("personas_presentes")
    return Told(said["tipo"] or None, said["inicio"], said["fin"], said["sitio"], bodies, people)


def typed(asked: Asked) -> dict[str, str]:
    """Return what a form said, to be shown again."""
    names = ("movilizacion_id", "tipo", "inicio", "sitio", "organismos", "personas_presentes")
    return {name: asked.text(name, default="") for name in names}
