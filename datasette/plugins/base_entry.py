"""`/-/base/ID`: the log of a Base is written from a phone; `/estado` tells the phone what it needs to go on."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.bases.files import STATIC
from pipeline.pages.base_entry import base_of, entry_page, state, take_entries

BASE = r"^/-/base/(?P<number>\d{1,9})"


async def base(datasette: Datasette, request: Request) -> Response:
    """Show the form, or take what it sends."""
    found = await base_of(datasette, request)
    if request.method == "POST":
        return await take_entries(datasette, request, found)
    return await entry_page(datasette, request, found)


async def base_state(datasette: Datasette, request: Request) -> Response:
    """Tell who is in, the token and, when asked, the newest entries."""
    return await state(datasette, request)


def guard_script() -> Response:
    """Serve the script that opens the page without network, from the folder that it may answer for."""
    return Response((STATIC / "base_guardia.js").read_text("utf-8"), content_type="text/javascript; charset=utf-8")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve them."""
    return [(rf"{BASE}$", base), (rf"{BASE}/estado$", base_state), (r"^/-/base/guardia\.js$", guard_script)]
