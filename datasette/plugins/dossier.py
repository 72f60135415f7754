"""`POST /-/hallazgo/FOLIO/expediente`: the dossier of a finding as a file, for who may review."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.pages.dossier import sent
from pipeline.pages.readers import may_review, require
from pipeline.pages.reading_first import reading_first


async def give(datasette: Datasette, request: Request) -> Response:
    """Send the file; asking by a link would leave a line of custody for every look, so only a form may."""
    if request.method != "POST":
        return Response.json({"ok": False, "error": "el expediente se pide con el botón de la página"}, status=405)
    if not await may_review(datasette, request):
        return Response.json({"ok": False, "error": "hace falta una cuenta que pueda revisar"}, status=403)
    await require(datasette, request, "noticias")
    first = await reading_first(datasette, request, request.url_vars["folio"].upper())
    return first or await sent(datasette, request)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the address."""
    return [(r"^/-/hallazgo/(?P<folio>[A-Za-z0-9-]+)/expediente$", give)]
