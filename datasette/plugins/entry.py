"""`/-/entrar` and `/-/salir`: entering with an account, and leaving."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.pages import entry
from pipeline.pages.door import way_back
from pipeline.pages.errors import error_response


async def enter(datasette: Datasette, request: Request) -> Response:
    """Show the form, or hear a try; who is in already goes on."""
    if request.method == "POST":
        return await entry.enter(datasette, request)
    back = way_back(request.args.get("volver"))
    return Response.redirect(back) if request.actor else await entry.login_page(datasette, request, entry.Answer(), back)


async def leave(datasette: Datasette, request: Request) -> Response:
    """Leave; only by the button, since a link could be put anywhere."""
    if request.method != "POST":
        return await error_response(datasette, request, 405)
    return await entry.leave(datasette, request)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve both."""
    return [(r"^/-/entrar$", enter), (r"^/-/salir$", leave)]
