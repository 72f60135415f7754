"""`/-/arco`: requests on personal data, for who administers."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request, Response

from pipeline.pages.asked import read
from pipeline.pages.privacy import Handed, done
from pipeline.pages.readers import note_reading, who


async def privacy(datasette: Datasette, request: Request) -> Response:
    """Show the page, after doing what its form asked; each opening is written down."""
    if request.actor is None or not await datasette.permission_allowed(request.actor, "administrar"):
        raise Forbidden("arco")
    await note_reading(datasette, request)
    posted = request.method == "POST"
    asked = read(request.headers.get("content-type", ""), await request.post_body()) if posted else None
    found = await done(datasette, asked, who(request.actor))
    if isinstance(found, Handed):
        headers = {"Content-Disposition": f'attachment; filename="{found.nombre}"', "Cache-Control": "no-store"}
        return Response(found.contenido, content_type=found.tipo, headers=headers)
    page = await datasette.render_template("privacy.html", {"page": found}, request=request)
    return Response.html(page, status=400 if found.fallo else 200, headers={"Cache-Control": "no-store"})


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the page."""
    return [(r"^/-/arco$", privacy)]
