"""Demonstrations on the pages: what is coming and watched, what is proposed, what is over; and their calendar."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from pipeline.demonstrations import Draft, create, list_days
from pipeline.demonstrations.given import fields
from pipeline.demonstrations.ical_out import calendar_of
from pipeline.demonstrations.proposals import accept, dismiss
from pipeline.pages.asked import Asked, read
from pipeline.pages.base_entry import reading, writing_as
from pipeline.pages.door import outside
from pipeline.pages.readers import fetch
from pipeline.registry.proposals import waiting
from pipeline.reloj import mexico_day
from pipeline.review.changes import Hand
from pipeline.review.errors import ReviewError

LIST = "/-/movilizaciones"
PAST_SHOWN = 50
PAST = timedelta(days=366)  # how far back the calendar goes
COMING = "SELECT * FROM v_movilizaciones WHERE dia >= :day OR vigilar_hasta >= :now ORDER BY inicio, id"
OVER = "SELECT * FROM v_movilizaciones WHERE dia < :day AND vigilar_hasta < :now ORDER BY inicio DESC, id DESC LIMIT :most"
TEXTS = ("nombre", "inicio", "fin", "causa", "riesgo_esperado", "alcaldia", "asistencia_esperada", "convocantes", "recorrido")
WATCH = ("vigilar_desde", "vigilar_hasta", "fuentes")


async def list_page(site: Datasette, request: Request, error: str = "", typed: Mapping[str, str] | None = None) -> Response:
    """Return the list with the proposals and the form for a new one; after a refusal with what was typed."""
    now = datetime.now(UTC)
    day = mexico_day(now)
    moment = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {"day": day.isoformat(), "now": moment, "most": PAST_SHOWN}
    coming = await fetch(site, COMING, told)
    context = {
        "vigiladas": [one for one in coming if one["vigilar_desde"] <= moment and one["estado"] != "cancelada"],
        "vienen": [one for one in coming if one["vigilar_desde"] > moment or one["estado"] == "cancelada"],
        "pasadas": await fetch(site, OVER, told),
        "propuestas": await reading(site, lambda db: waiting(db, day)),
        "error": error,
        "escrito": typed or {},
    }
    body = await site.render_template("demonstrations.html", context, request=request)
    return Response.html(body, status=400 if error else 200)


async def do(site: Datasette, request: Request) -> Response:
    """Accept or dismiss a proposal, or store a new demonstration, as the form asks."""
    asked = Asked({}, form=True)
    try:
        asked = read(request.headers.get("content-type", ""), await request.post_body())
        action = asked.text("accion", default="alta")
        if action in ("aceptar", "descartar"):
            number = asked.needed_number("propuesta")
            said = await writing_as(site, request, lambda db, hand: _decide(db, number, action, hand))
            site.add_message(request, said, site.INFO)
            return Response.redirect(site.urls.path(LIST), status=303)
        made = await writing_as(site, request, lambda db, hand: create(db, Draft(**_new(db, asked)), hand).id)
    except ReviewError as error:
        return await list_page(site, request, error.message, typed(asked))
    return Response.redirect(site.urls.path(f"/-/movilizacion/{made}"), status=303)


def _decide(db: Database, number: int, action: str, hand: Hand) -> str:
    if action == "descartar":
        dismiss(db, number, hand)
        return f"Propuesta {number}: descartada."
    made = accept(db, number, hand)
    return f"«{made.nombre}» es ahora la movilización {made.id}."


def _new(db: Database, asked: Asked) -> dict[str, Any]:
    """Return the fields of a new one; what is empty takes its default. Raises `ReviewError`."""
    given = {name: text for name, text in typed(asked).items() if text.strip()}
    return {"nombre": "", **fields(db, {"inicio": "", **given})}


def typed(asked: Asked) -> dict[str, str]:
    """Return what a form said of the demonstration's fields, to be read or shown again."""
    return {name: asked.text(name, default="") for name in (*TEXTS, *WATCH) if name in asked.values}


async def calendar(site: Datasette, request: Request) -> bytes:
    """Return the last year's and the coming ones as an iCalendar file."""
    first = mexico_day(datetime.now(UTC)) - PAST
    found: Sequence[Any] = await reading(site, lambda db: list_days(db, first, date.max))
    return calendar_of(found, outside(site, request, "/"))
