"""`/-/base/ID/…`: its log to be printed, the form without network, a file of that form received, what was done for people."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.pages.base_entry import base_of
from pipeline.pages.base_papers import care_from, care_page, form_file, log_page, receive_from, receive_page

BASE = r"^/-/base/(?P<number>\d{1,9})"


async def printed(datasette: Datasette, request: Request) -> Response:
    """Show the log."""
    return await log_page(datasette, request, await base_of(datasette, request))


async def form(datasette: Datasette, request: Request) -> Response:
    """Send the form without network."""
    return form_file(await base_of(datasette, request))


async def received(datasette: Datasette, request: Request) -> Response:
    """Show the form that takes a file in, or take it."""
    found = await base_of(datasette, request)
    return await (receive_from if request.method == "POST" else receive_page)(datasette, request, found)


async def care(datasette: Datasette, request: Request) -> Response:
    """Show the form for what was done, or write it."""
    found = await base_of(datasette, request)
    return await (care_from if request.method == "POST" else care_page)(datasette, request, found)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve them."""
    pages = {"bitacora": printed, "formulario": form, "recibir": received, "atencion": care}
    return [(rf"{BASE}/{name}$", page) for name, page in pages.items()]
