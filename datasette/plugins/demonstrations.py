"""`/-/movilizaciones`, `/-/movilizacion/ID`: demonstrations; `/-/movilizaciones.ics`: their calendar by key or session."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request, Response

from pipeline.pages import demonstration as single
from pipeline.pages import demonstrations as pages
from pipeline.pages.feed import may_read
from pipeline.pages.readers import may_review, require


async def demonstrations(datasette: Datasette, request: Request) -> Response:
    """Show the list, or do what its form asks."""
    if not await may_review(datasette, request):
        raise Forbidden("revisar")
    return await (pages.do if request.method == "POST" else pages.list_page)(datasette, request)


async def demonstration(datasette: Datasette, request: Request) -> Response:
    """Show one, or change it."""
    one = await single.demonstration_of(datasette, request)
    return await (single.do if request.method == "POST" else single.page)(datasette, request, one)


async def report(datasette: Datasette, request: Request) -> Response:
    """Send its report."""
    return await single.report_file(datasette, await single.demonstration_of(datasette, request))


async def calendar(datasette: Datasette, request: Request) -> Response:
    """Send the calendar to who holds a key, or may see the view."""
    if not may_read(datasette, request.args.get("clave") or ""):
        await require(datasette, request, "v_movilizaciones")
    return Response(await pages.calendar(datasette, request), content_type="text/calendar; charset=utf-8")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve them."""
    return [
        (r"^/-/movilizaciones$", demonstrations),
        (r"^/-/movilizaciones\.ics$", calendar),
        (r"^/-/movilizacion/(?P<number>\d{1,9})$", demonstration),
        (r"^/-/movilizacion/(?P<number>\d{1,9})/informe$", report),
    ]
