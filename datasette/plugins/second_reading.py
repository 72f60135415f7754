"""`/-/segunda-lectura`: a reviewed finding's notes, to be coded again by somebody who did not decide on it."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request, Response

from pipeline.pages.readers import may_review, may_see, note_reading, who
from pipeline.pages.second_reading import Said, reading_page, send

ADDRESS = "/-/segunda-lectura"


async def second_reading(datasette: Datasette, request: Request) -> Response:
    """Show the next reading, after storing the one that a form sends; opening one is written down before it goes out."""
    if not (await may_review(datasette, request) and await may_see(datasette, request, "noticias")):
        raise Forbidden("revisar")
    quien, wanted, said = who(request.actor), request.args.get("lectura") or "", Said()
    if request.method == "POST":
        number, said = await send(datasette, request, quien)
        if said.status == 200:
            datasette.add_message(request, f"Lectura {number} guardada. El hallazgo queda como estaba.", datasette.INFO)
            return Response.redirect(ADDRESS, status=303)
        wanted = str(number or "")
    page = await reading_page(datasette, quien, wanted, said)
    if page.number:
        await note_reading(datasette, request, [page.folio])
    body = await datasette.render_template("second_reading.html", {"page": page}, request=request)
    return Response.html(body, status=said.status)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the page."""
    return [(rf"^{ADDRESS}$", second_reading)]
