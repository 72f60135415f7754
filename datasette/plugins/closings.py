"""`/-/cierres`: the closed reports; `/-/cierres/PERIODO/VERSION.FORMA`: one of them as it was signed."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.errores import ErrorDeUso
from pipeline.pages.closings import FORMS, KEPT, VIEW, closed_reports, signed_file
from pipeline.pages.errors import error_response
from pipeline.pages.readers import may_see, require
from pipeline.reloj import mexico_day


async def listed(datasette: Datasette, request: Request) -> Response:
    """Show the closings: their figures to whoever reads figures, their files to whoever reads tables."""
    await require(datasette, request, VIEW)
    context = {
        "closed": await closed_reports(datasette, mexico_day(datetime.now(UTC))),
        "files": list(FORMS) if await may_see(datasette, request, KEPT) else [],
    }
    return Response.html(await datasette.render_template("closings.html", context, request=request))


async def signed(datasette: Datasette, request: Request) -> Response:
    """Send one closed report, never shown in the page's own place."""
    await require(datasette, request, KEPT)
    period, version, form = (request.url_vars[name] for name in ("period", "version", "form"))
    try:
        content = await signed_file(datasette, period, int(version), form)
    except ErrorDeUso as error:
        return await error_response(datasette, request, 404, reason=f"{error.message}.")
    name = f'attachment; filename="informe-{period}-version-{version}.{form}"'
    return Response(content, content_type=FORMS[form], headers={"Content-Disposition": name, "Cache-Control": "no-store"})


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve both."""
    one = r"^/-/cierres/(?P<period>[0-9A-Z.-]{4,22})/(?P<version>\d{1,6})\.(?P<form>html|docx)$"
    return [(r"^/-/cierres$", listed), (one, signed)]
