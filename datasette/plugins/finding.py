"""`/-/hallazgo/FOLIO`: one finding with its codes, victims, acts, notes with marked passages, and trail."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from pipeline.pages.finding import gather
from pipeline.pages.readers import may_see, note_reading, require


async def finding(datasette: Datasette, request: Request) -> Response:
    """Show the finding; with names on the page, the reading is written down first."""
    await require(datasette, request, "v_hallazgos")
    names = await may_see(datasette, request, "victimas") and await may_see(datasette, request, "noticias")
    tables = await may_see(datasette, request, "actos")
    folio = request.url_vars["folio"].upper()
    page = await gather(datasette, folio, names=names, tables=tables)
    if page is None:
        raise NotFound("hallazgo")
    if names:
        await note_reading(datasette, request, [folio])
    return Response.html(await datasette.render_template("finding.html", {"page": page}, request=request))


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the page."""
    return [(r"^/-/hallazgo/(?P<folio>[A-Za-z0-9-]+)$", finding)]
