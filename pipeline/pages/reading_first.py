"""A finding that a second reader has still to code: a page that leads to the reading stands before whatever shows its codes."""

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.pages.readers import fetch, may_review, who
from pipeline.registry.second_readings import WAITING

OWN = f"SELECT id FROM ({WAITING}) WHERE folio = :folio"


async def reading_first(site: Datasette, request: Request, folio: str) -> Response | None:
    """Return the page that is shown instead of the finding's codes, or None for who has no reading of it to make."""
    if not await may_review(site, request):
        return None
    waiting = await fetch(site, OWN, {"quien": who(request.actor), "folio": folio})
    if not waiting:
        return None
    context = {"folio": folio, "number": waiting[0]["id"]}
    return Response.html(await site.render_template("reading_first.html", context, request=request))
