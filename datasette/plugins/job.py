"""`/-/revision/trabajo/N`: how a note that somebody asked for is getting on, as JSON for the page that waits."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from pipeline.pages.readers import fetch, may_review

JOB = "SELECT id, tipo, folio, estado, mensaje FROM trabajos WHERE id = ?"


async def job(datasette: Datasette, request: Request) -> Response:
    """Tell the job's state (`pendiente`, `en_curso`, `hecho`, `fallido`), its line, and the finding the note is in."""
    if not await may_review(datasette, request):
        return Response.json({"ok": False, "error": "hace falta una cuenta que pueda revisar"}, status=403)
    found = await fetch(datasette, JOB, (int(request.url_vars["number"]),))
    if not found:
        raise NotFound("trabajo")
    return Response.json({"ok": True, **found[0]})


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the address."""
    return [(r"^/-/revision/trabajo/(?P<number>\d{1,15})$", job)]
