"""`POST /-/revision/decidir`: one decision, asked by a script (JSON) or by a form, which goes back where it came from.

A form that is refused is answered with a page that keeps what was typed.
"""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.pages.asked import read
from pipeline.pages.decide import decided, local_path
from pipeline.pages.readers import may_review, who
from pipeline.pages.refused import refused
from pipeline.review import ReviewError


async def decide(datasette: Datasette, request: Request) -> Response:
    """Decide; only somebody with an account who may review: what comes without cookies passes without a CSRF token."""
    if request.method != "POST":
        return Response.json({"ok": False, "error": "aquí sólo se envían decisiones"}, status=405)
    if not await may_review(datasette, request):
        return Response.json({"ok": False, "error": "hace falta una cuenta que pueda revisar"}, status=403)
    try:
        asked = read(request.headers.get("content-type", ""), await request.post_body())
    except ReviewError as error:
        return Response.json({"ok": False, "error": error.message}, status=400)
    status, answer = await decided(datasette, asked, who(request.actor))
    back = local_path(asked.text("volver", default="")) if asked.form else None
    if back is None:
        return Response.json(answer, status=status)
    if not answer["ok"]:
        page = await datasette.render_template("refused.html", refused(asked.values, answer, back), request=request)
        return Response.html(page, status=status)
    datasette.add_message(request, answer["mensaje"], datasette.INFO)
    return Response.redirect(back, status=303)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the address."""
    return [(r"^/-/revision/decidir$", decide)]
