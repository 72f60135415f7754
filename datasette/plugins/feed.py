"""`/-/hallazgos.atom?clave=…`: the newest findings for a feed reader, which holds a key instead of a session."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request, Response

from pipeline.pages.feed import feed, may_read


async def atom(datasette: Datasette, request: Request) -> Response:
    """Show the feed to who holds a key; a session is not asked for, and does not help."""
    if not may_read(datasette, request.args.get("clave") or ""):
        raise Forbidden("canal")
    return Response(await feed(datasette, request), content_type="application/atom+xml; charset=utf-8")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the feed."""
    return [(r"^/-/hallazgos\.atom$", atom)]
