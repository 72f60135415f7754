"""The Base's page for a phone: what it shows, what it takes, and what it tells the phone of the log."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, NotFound, Request, Response
from sqlite_utils import Database

from pipeline.bases.entries import Fate, Sender, Taken, take
from pipeline.bases.files import choices
from pipeline.bases.text import summary
from pipeline.pages.access import DATABASE
from pipeline.pages.asked import Asked, read
from pipeline.pages.readers import may_review, note_reading, who
from pipeline.pages.wording import hour_text
from pipeline.registry import bases as rows
from pipeline.review.changes import Hand
from pipeline.review.errors import ReviewError

T = TypeVar("T")
# Of the log the page shows so many entries, each so far: the whole page stays under 30 kB; the rest is in the printed one.
NEWEST, SHOWN_TEXT = 10, 180
MOST_AT_ONCE = 100
FIELDS = ("uuid", "hora", "tipo", "texto", "tipo_persona", "iniciales", "folio")
SHOWN = ("uuid", "hora", "tipo", "texto", "tipo_persona", "iniciales", "folio", "quien")
UNKNOWN = "Hay que entrar con una cuenta que pueda revisar."


async def reading(site: Datasette, read_rows: Callable[[Database], T]) -> T:
    """Return what a function reads on a reading connection."""
    found: T = await site.get_database(DATABASE).execute_fn(lambda connection: read_rows(Database(connection)))
    return found


async def writing_as(site: Datasette, request: Request, do: Callable[[Database, Hand], T], version: int | None = None) -> T:
    """Return what a decision gives, done on the connection that writes as who asks; `version` is what that person saw."""
    hand = Hand(who(request.actor), datetime.now(UTC), version)

    def write(connection: sqlite3.Connection) -> T:
        return do(Database(connection), hand)

    done: T = await site.get_database(DATABASE).execute_write_fn(write)
    return done


async def base_of(site: Datasette, request: Request) -> dict[str, Any]:
    """Return the Base of the address. Raises `Forbidden` for who may not review, `NotFound` where there is none."""
    if not await may_review(site, request):
        raise Forbidden("revisar")
    number = int(request.url_vars["number"])
    found = await reading(site, lambda db: rows.base(db, number))
    if found is None:
        raise NotFound("base")
    return found


async def entry_page(site: Datasette, request: Request, base: Mapping[str, Any], error: str = "") -> Response:
    """Return the form alone: a phone may keep this page, so no entry stands in it."""
    context = {"base": base, "error": error, "quien": who(request.actor), "uuid": str(uuid4()), **choices()}
    context["hora"] = hour_text(datetime.now(UTC).isoformat())
    body = await site.render_template("base_entry.html", context, request=request)
    return Response.html(body, status=400 if error else 200)


async def take_entries(site: Datasette, request: Request, base: Mapping[str, Any]) -> Response:
    """Take what a phone sends: JSON (answered entry by entry), or the form of a browser without script."""
    try:
        asked = read(request.headers.get("content-type", ""), await request.post_body())
        given, sender = _sent(asked)
        taken = await writing_as(site, request, lambda db, hand: take(db, base["id"], given, hand, sender))
    except ReviewError as error:
        return Response.json({"ok": False, "error": error.message}, status=400)
    if not asked.form:
        return Response.json({"ok": True, "registros": [_told(one) for one in taken]})
    if taken[0].estado is Fate.REFUSED:
        return await entry_page(site, request, base, taken[0].error)
    site.add_message(request, summary(taken), site.INFO)
    return Response.redirect(site.urls.path(f"/-/base/{base['id']}"), status=303)


def _sent(asked: Asked) -> tuple[Sequence[object], Sender]:
    if asked.form:
        return [{name: asked.text(name, default="") for name in FIELDS}], Sender()
    given = asked.values.get("registros")
    if not isinstance(given, list) or not given:
        raise ReviewError("falta la lista «registros»")
    if len(given) > MOST_AT_ONCE:
        raise ReviewError(f"son más de {MOST_AT_ONCE} de una vez")
    return given, Sender(anoto=asked.text("anoto", default=""))


def _told(one: Taken) -> dict[str, object]:
    return {"numero": one.numero, "uuid": one.uuid, "estado": one.estado.value, "error": one.error}


async def state(site: Datasette, request: Request) -> Response:
    """Tell the phone who is in and its token; with `registros=1` the newest entries too, and that reading is written down."""
    if not await may_review(site, request):
        return Response.json({"ok": False, "error": UNKNOWN}, status=403)
    base = await base_of(site, request)
    told = {"ok": True, "quien": who(request.actor), "token": request.scope["csrftoken"](), "abierta": base["fin"] is None}
    if request.args.get("registros"):
        newest = await reading(site, lambda db: rows.entries(db, base["id"], newest=NEWEST))
        await note_reading(site, request, sorted({row["folio"] for row in newest if row["folio"]}))
        told |= {"total": base["registros"], "registros": [_shown(row) for row in newest]}
    return Response.json(told)


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    text = row["texto"]
    short = text if len(text) <= SHOWN_TEXT else f"{text[:SHOWN_TEXT]}…"
    return {name: row[name] for name in SHOWN} | {"texto": short}
