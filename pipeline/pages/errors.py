"""What a reader is told when a page cannot be shown, by HTTP status."""

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

MESSAGES: dict[int, tuple[str, str]] = {
    400: ("No se entendió la consulta", "Algún filtro, orden o parámetro de la dirección no es válido."),
    403: ("Sin permiso", "Esta página o esta consulta no está permitida para quien la pide."),
    404: ("No se encontró", "No hay ninguna página, tabla o hallazgo en esta dirección."),
    405: ("No se puede hacer así", "Esta dirección sólo se consulta."),
    500: ("Algo falló", "La página no se pudo formar. El detalle quedó en la terminal donde corre `hallazgos servir`."),
}


async def error_response(site: Datasette, request: Request, status: int) -> Response:
    """Return the Spanish page for `status`, or its JSON form where JSON was asked for."""
    title, message = MESSAGES.get(status, MESSAGES[500 if status >= 500 else 400])
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "status": status, "title": title, "error": message}, status=status)
    context = {"title": title, "error": message, "status": status}
    return Response.html(await site.render_template("error.html", context, request=request), status=status)
