"""`/-/cuenta`: one's own account; `/-/usuarios`: everybody's, for who administers."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request, Response

from pipeline.pages.account import Told, everybodys, listed, own, roles_told
from pipeline.pages.door import accounts_of, let_in


async def account(datasette: Datasette, request: Request) -> Response:
    """Show one's own account, after doing what its form asked."""
    if request.actor is None:
        raise Forbidden("cuenta")
    told = await own(datasette, request, await request.post_vars()) if request.method == "POST" else None
    present = accounts_of(datasette).present().get(request.actor["id"])
    administers = await datasette.permission_allowed(request.actor, "administrar")
    context = {"told": told, "account": present, "roles": roles_told(), "administers": administers}
    response = await _page(datasette, request, "account.html", context, told)
    if told and told.fresh:
        let_in(datasette, response, request.actor["id"], told.fresh)
    return response


async def users(datasette: Datasette, request: Request) -> Response:
    """Show every account, after doing what a form asked."""
    if request.actor is None or not await datasette.permission_allowed(request.actor, "administrar"):
        raise Forbidden("usuarios")
    told = await everybodys(datasette, request, await request.post_vars()) if request.method == "POST" else None
    context = {"told": told, "accounts": listed(datasette), "roles": roles_told()}
    return await _page(datasette, request, "users.html", context, told)


async def _page(site: Datasette, request: Request, name: str, context: dict[str, Any], told: Told | None) -> Response:
    status = 400 if told and told.refused else 200
    return Response.html(await site.render_template(name, context, request=request), status=status)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve both."""
    return [(r"^/-/cuenta$", account), (r"^/-/usuarios$", users)]
