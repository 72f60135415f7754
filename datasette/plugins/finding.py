"""`/-/hallazgo/FOLIO`: one finding with its codes, victims, acts, notes and trail, and all that a person may decide on it."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from sqlite_utils import Database

from pipeline.pages.access import DATABASE
from pipeline.pages.finding import FindingPage, Sight, gather
from pipeline.pages.queue_presets import read_presets
from pipeline.pages.readers import may_see, note_reading, require
from pipeline.pages.reading_first import reading_first


async def opened(site: Datasette, request: Request) -> FindingPage:
    """Return the page of the address's folio by the reader's rights; with names on it, the reading is written down first."""
    await require(site, request, "v_hallazgos")
    sight = Sight(
        names=await may_see(site, request, "victimas") and await may_see(site, request, "noticias"),
        tables=await may_see(site, request, "actos"),
        review=bool(await site.permission_allowed(request.actor, "revisar", default=False)),
    )
    folio = request.url_vars["folio"].upper()
    page = await site.get_database(DATABASE).execute_fn(lambda connection: gather(Database(connection), folio, sight))
    if page is None:
        raise NotFound("hallazgo")
    if sight.names:
        await note_reading(site, request, [folio])
    return page


async def finding(datasette: Datasette, request: Request) -> Response:
    """Show the finding."""
    if first := await reading_first(datasette, request, request.url_vars["folio"].upper()):
        return first
    page = await opened(datasette, request)
    return Response.html(
        await datasette.render_template("finding.html", {"page": page, "motivos": read_presets()}, request=request)
    )


async def sheet(datasette: Datasette, request: Request) -> Response:
    """Show the one page that is handed over; names on it only as the role allows."""
    if first := await reading_first(datasette, request, request.url_vars["folio"].upper()):
        return first
    page = await opened(datasette, request)
    return Response.html(
        await datasette.render_template("finding_sheet.html", {"page": page, "motivos": read_presets()}, request=request)
    )


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the page and its sheet."""
    address = r"^/-/hallazgo/(?P<folio>[A-Za-z0-9-]+)"
    return [(rf"{address}$", finding), (rf"{address}/ficha$", sheet)]
