"""`/-/revision`: the queue; `/-/revision/tarjetas`: its next cards, or one of them; `/-/revision/llegados`: how many came."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request, Response

from pipeline.pages.danger import open_dangers
from pipeline.pages.queue import TABS, WHOSE, Asked, Lot, arrived, lot, queue_page, understood
from pipeline.pages.queue_cards import Sight, candidate_cards
from pipeline.pages.queue_presets import read_presets
from pipeline.pages.readers import may_see, note_reading, who
from pipeline.pages.reading_first import reading_first
from pipeline.reloj import mexico_day


async def admitted(datasette: Datasette, request: Request) -> tuple[Asked, Sight]:
    """Return what is asked and what the reader may see. Raises `Forbidden` for who may not review."""
    if request.actor is None or not await datasette.permission_allowed(request.actor, "revisar"):
        raise Forbidden("revisar")
    names, texts = await may_see(datasette, request, "victimas"), await may_see(datasette, request, "noticias")
    today = mexico_day(datetime.now(UTC)).isoformat()
    return understood(request.args, quien=who(request.actor), hoy=today), Sight(names, texts)


async def note_cards(datasette: Datasette, request: Request, shown: Lot) -> None:
    """Write down that the cards' names and texts were read, before they go out."""
    if folios := [card.finding["folio"] for card in shown.cards]:
        await note_reading(datasette, request, folios)


async def queue(datasette: Datasette, request: Request) -> Response:
    """Show the queue with its first cards."""
    asked, sight = await admitted(datasette, request)
    page = await queue_page(datasette, asked, sight)
    await note_cards(datasette, request, page.lot)
    context = {"page": page, "lot": page.lot, "tabs": TABS, "whose": WHOSE, "presets": read_presets()}
    context["dangers"] = len(await open_dangers(datasette))
    return Response.html(await datasette.render_template("queue.html", context, request=request))


async def cards(datasette: Datasette, request: Request) -> Response:
    """Answer with cards alone: those from `desde` on, or the one of `folio`."""
    asked, sight = await admitted(datasette, request)
    folio = request.args.get("folio") or ""
    if folio and (first := await reading_first(datasette, request, folio)):
        return first
    shown = Lot(await candidate_cards(datasette, [folio], sight)) if folio else await lot(datasette, asked, sight)
    await note_cards(datasette, request, shown)
    return Response.html(await datasette.render_template("queue_cards.html", {"lot": shown}, request=request))


async def arrivals(datasette: Datasette, request: Request) -> Response:
    """Answer with how many candidates came since the page was opened; a number, so no reading is written down."""
    asked, _sight = await admitted(datasette, request)
    return Response.json({"nuevos": await arrived(datasette, asked)}, headers={"Cache-Control": "no-store"})


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the pages."""
    return [(r"^/-/revision$", queue), (r"^/-/revision/tarjetas$", cards), (r"^/-/revision/llegados$", arrivals)]
