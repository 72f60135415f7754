"""`/-/bases`: every Base, and opening one; `/-/base/ID/datos`: changing and closing it."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request, Response

from pipeline.pages.base_entry import base_of
from pipeline.pages.bases import change_from, data_page, list_page, open_from
from pipeline.pages.readers import may_review


async def bases(datasette: Datasette, request: Request) -> Response:
    """Show the list, or open the Base that its form asks for."""
    if not await may_review(datasette, request):
        raise Forbidden("revisar")
    return await (open_from(datasette, request) if request.method == "POST" else list_page(datasette, request))


async def base_data(datasette: Datasette, request: Request) -> Response:
    """Show what is known of a Base, or change it."""
    found = await base_of(datasette, request)
    return await (change_from(datasette, request, found) if request.method == "POST" else data_page(datasette, request, found))


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve both."""
    return [(r"^/-/bases$", bases), (r"^/-/base/(?P<number>\d{1,9})/datos$", base_data)]
