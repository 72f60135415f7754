"""`/-/plan`: the plan's table of a quarter; who may review says there what was reached."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request, Response

from pipeline.errores import ErrorDeUso
from pipeline.pages.asked import read
from pipeline.pages.plan import quarter_page, say, typed_in
from pipeline.pages.readers import may_review, require, who
from pipeline.plan.quarter import NOTE, VIEW, of_planned, said


async def plan(datasette: Datasette, request: Request) -> Response:
    """Show the quarter, after doing what its form asked; what is refused is told over it."""
    await require(datasette, request, VIEW)
    reviews = await may_review(datasette, request)
    typed: dict[str, str] = {}
    status, told, asked = 200, "", request.args.get("trimestre") or ""
    try:
        if request.method == "POST":
            if not reviews:
                raise Forbidden("revisar")
            form = read(request.headers.get("content-type", ""), await request.post_body())
            asked, typed = form.text("trimestre"), typed_in(form)
            status, told = await say(datasette, form, who(request.actor))
        page = await quarter_page(datasette, asked)
    except ErrorDeUso as error:
        status, told, page = 400, error.message, await quarter_page(datasette, "")
    if status == 303:
        datasette.add_message(request, told, datasette.INFO)
        return Response.redirect(datasette.urls.path(f"/-/plan?trimestre={page.clave}"), status=303)
    context = {"typed": typed, "page": page, "refused": told, "writes": reviews, "note": NOTE}
    context |= {"amount": said, "of_planned": of_planned}
    return Response.html(await datasette.render_template("plan.html", context, request=request), status=status)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the page."""
    return [(r"^/-/plan$", plan)]
