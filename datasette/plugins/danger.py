"""`/-/acuse`: danger in force that nobody took note of yet; taking note stops the notices."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request, Response

from pipeline.pages.danger import open_dangers
from pipeline.pages.readers import may_review


async def danger(datasette: Datasette, request: Request) -> Response:
    """Show what waits, each with its button."""
    if not await may_review(datasette, request):
        raise Forbidden("revisar")
    context = {"found": await open_dangers(datasette)}
    return Response.html(await datasette.render_template("danger.html", context, request=request))


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the page."""
    return [(r"^/-/acuse$", danger)]
