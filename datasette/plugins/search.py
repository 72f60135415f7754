"""`/-/buscar?q=…`: findings and press notes that hold the words, with or without accents."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.pages.readers import may_see, note_reading, require
from pipeline.pages.search import LIMIT, as_folio, search_all


async def search(datasette: Datasette, request: Request) -> Response:
    """Show what was found; notes only to who may read texts, and then the reading is written down."""
    await require(datasette, request, "v_hallazgos")
    query = (request.args.get("q") or "").strip()
    if folio := as_folio(query):
        return Response.redirect(datasette.urls.path(f"/-/hallazgo/{folio}"))
    news = await may_see(datasette, request, "noticias")
    results = await search_all(datasette, query, news=news)
    if results.news:
        await note_reading(datasette, request, sorted({row["folio"] for row in results.news if row["folio"]}))
    context = {"results": results, "limit": LIMIT}
    return Response.html(await datasette.render_template("search.html", context, request=request))


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the page."""
    return [(r"^/-/buscar$", search)]
