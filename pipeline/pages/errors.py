"""What a reader is told when a page cannot be shown, by HTTP status."""

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.pages.door import accounts_of

MESSAGES: dict[int, tuple[str, str]] = {
    400: ("No se entendió la consulta", "Algún filtro, orden o parámetro de la dirección no es válido."),
    403: ("Sin permiso", "Esta página o esta consulta no está permitida para quien la pide."),
    404: ("No se encontró", "No hay ninguna página, tabla o hallazgo en esta dirección."),
    405: ("No se puede hacer así", "Esta dirección sólo se consulta."),
    500: ("Algo falló", "La página no se pudo formar. El detalle quedó en la terminal donde corre `hallazgos servir`."),
}
# What is missing, by what was refused (the text of `Forbidden`): for who entered with an account that may not.
NEEDED = {
    "revisar": "Hace falta una cuenta que pueda revisar. El rol de la suya lo cambia quien administra las cuentas.",
    "usuarios": "Hace falta una cuenta que administre las demás.",
    "arco": "Hace falta una cuenta de administración.",
}
# The same while there are no accounts at all.
WITHOUT_ACCOUNTS = {
    "revisar": "Para revisar hace falta una cuenta, y todavía no hay ninguna.",
    "usuarios": "Todavía no hay cuentas que administrar.",
    "cuenta": "Todavía no hay cuentas.",
}


async def forbidden_response(site: Datasette, request: Request, refused: str) -> Response:
    """Return the page for what may not be seen: what is missing and, where it is an account, how to come by one."""
    without = request.actor is None and not accounts_of(site).asked()
    reason = (WITHOUT_ACCOUNTS if without else NEEDED).get(refused, "")
    return await error_response(site, request, 403, reason=reason, first_account=without and bool(reason))


async def error_response(
    site: Datasette, request: Request, status: int, *, reason: str = "", first_account: bool = False
) -> Response:
    """Return the Spanish page for `status`, or its JSON form where JSON was asked for; `reason` says it better than usual."""
    title, message = MESSAGES.get(status, MESSAGES[500 if status >= 500 else 400])
    message = reason or message
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "status": status, "title": title, "error": message}, status=status)
    context = {"title": title, "error": message, "status": status, "first_account": first_account}
    return Response.html(await site.render_template("error.html", context, request=request), status=status)
