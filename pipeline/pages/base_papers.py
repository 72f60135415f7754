"""What a Base gives and takes on paper and in files: the printed log, the form without network, a file received; attentions."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawlers.fechas import utc_text
from pipeline.bases.care import FIRST, LEADS_TO, Done, attend_in_base
from pipeline.bases.entries import Taken
from pipeline.bases.files import offline_form
from pipeline.bases.log import gather
from pipeline.bases.received import read_content, receive
from pipeline.pages.asked import Asked, read
from pipeline.pages.base_entry import reading, writing_as
from pipeline.pages.readers import note_reading
from pipeline.registry import bases as rows
from pipeline.review.care import KINDS
from pipeline.review.errors import ReviewError

NAMES = ("tipo", "nota", "area", "a_quien", "registro", "folio")


async def log_page(site: Datasette, request: Request, base: Mapping[str, Any]) -> Response:
    """Return the log to be printed, after writing down who opens it."""
    log = await reading(site, lambda db: gather(db, base["id"]))
    await note_reading(site, request, log.folios())
    context = {"log": log, "impresa": utc_text(datetime.now(UTC)), "estilo": ""}
    return Response.html(await site.render_template("base_log.html", context, request=request))


def form_file(base: Mapping[str, Any]) -> Response:
    """Return the form without network as a file to be kept on the phone."""
    name = f'attachment; filename="base-{base["id"]}.html"'
    return Response(offline_form(dict(base)), content_type="text/html; charset=utf-8", headers={"content-disposition": name})


async def receive_page(
    site: Datasette, request: Request, base: Mapping[str, Any], taken: list[Taken] | None = None, error: str = ""
) -> Response:
    """Return the form that takes a file in; after one, what became of each entry."""
    context = {"base": base, "recibidas": taken, "error": error}
    body = await site.render_template("base_receive.html", context, request=request)
    return Response.html(body, status=400 if error else 200)


async def receive_from(site: Datasette, request: Request, base: Mapping[str, Any]) -> Response:
    """Take in the file whose content the form brings."""
    try:
        asked = read(request.headers.get("content-type", ""), await request.post_body())
        received = read_content(asked.text("contenido").strip().encode())
        taken = await writing_as(site, request, lambda db, hand: receive(db, received, hand, base_id=base["id"]))
    except ReviewError as error:
        return await receive_page(site, request, base, error=error.message)
    return await receive_page(site, request, base, taken)


async def care_page(
    site: Datasette, request: Request, base: Mapping[str, Any], error: str = "", said: Done | None = None
) -> Response:
    """Return the form for what was done, from the entry that the address or the form names; opening it is written down."""
    uuid = said.registro if said else (request.args.get("registro") or "")
    entry = await reading(site, lambda db: rows.entry(db, uuid)) if uuid else None
    if entry is not None and entry["base_id"] != base["id"]:
        entry = None
    done = [
        row for row in await reading(site, lambda db: rows.attentions(db, base["id"])) if row["registro_base"] == (uuid or None)
    ]
    if entry or done:
        await note_reading(site, request, sorted({row["folio"] for row in (*done, *filter(None, [entry])) if row["folio"]}))
    first = LEADS_TO.get(entry["tipo"], FIRST) if entry else FIRST
    context = {"base": base, "entry": entry, "done": done, "error": error, "tipos": KINDS, "said": said or Done(first, "")}
    body = await site.render_template("base_care.html", context, request=request)
    return Response.html(body, status=400 if error else 200)


async def care_from(site: Datasette, request: Request, base: Mapping[str, Any]) -> Response:
    """Write what was done and go back to the Base."""
    asked = Asked({}, form=True)
    try:
        asked = read(request.headers.get("content-type", ""), await request.post_body())
        done = said_by(asked)
        await writing_as(site, request, lambda db, hand: attend_in_base(db, base["id"], done, hand))
    except ReviewError as error:
        return await care_page(site, request, base, error.message, said_by(asked))
    site.add_message(request, f"{KINDS[done.tipo]}: guardado.", site.INFO)
    return Response.redirect(site.urls.path(f"/-/base/{base['id']}"), status=303)


def said_by(asked: Asked) -> Done:
    """Return what the form says was done."""
    return Done(*(asked.text(name, default="") for name in NAMES))
