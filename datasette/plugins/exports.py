"""`/-/exportar/{comparativo,hallazgos}.FORMA`: figures and findings as files, without names if not asked for."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.errores import ErrorDeUso
from pipeline.pages.errors import error_response
from pipeline.pages.exported import TYPES, comparison_file, findings_file
from pipeline.pages.readers import note_reading, require


async def export(datasette: Datasette, request: Request) -> Response:
    """Send the file; one with names is only for who may see them, and is written down before it goes out."""
    what, form = request.url_vars["what"], request.url_vars["form"]
    names = what == "hallazgos" and request.args.get("nombres") == "1"
    await require(datasette, request, "v_comparativo_anual" if what == "comparativo" else "v_hallazgos")
    if names:
        await require(datasette, request, "v_hallazgos_nombres")
    try:
        if what == "comparativo":
            made = await comparison_file(datasette, request.args, form)
        else:
            made = await findings_file(datasette, request.args, form, names=names)
    except ErrorDeUso as error:
        return await error_response(datasette, request, 400, reason=f"{error.message}.")
    if names:
        await note_reading(datasette, request, made.folios)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"}
    return Response(made.content, content_type=TYPES[form], headers=headers)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the files."""
    return [(r"^/-/exportar/(?P<what>comparativo|hallazgos)\.(?P<form>csv|xlsx|json)$", export)]
