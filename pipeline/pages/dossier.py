"""A finding's dossier asked for on its page: made beside the readers, written down, then sent."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from pipeline.custody.dossier import Dossier, dossier
from pipeline.custody.dossier_out import write_down
from pipeline.errores import ErrorDeUso
from pipeline.pages.access import DATABASE
from pipeline.pages.readers import who


async def sent(site: Datasette, request: Request) -> Response:
    """Return the dossier of the address's folio as a file; where none may leave, the finding's page with the reason."""
    folio, database = request.url_vars["folio"].upper(), site.get_database(DATABASE)
    folder = Path(database.path).parent
    path, reader = request.path, who(request.actor)

    def make(connection: sqlite3.Connection) -> Dossier | str:  # what is raised there Datasette prints
        try:
            return dossier(Database(connection), folder, folio)
        except ErrorDeUso as error:
            return error.message

    made = await database.execute_fn(make)
    if isinstance(made, str):
        site.add_message(request, made, site.WARNING)
        return Response.redirect(site.urls.path(path.removesuffix("/expediente")), status=303)

    def write(connection: sqlite3.Connection) -> None:
        write_down(Database(connection), made, folio, path, quien=reader, now=datetime.now(UTC))

    await database.execute_write_fn(write)
    headers = {"Content-Disposition": f'attachment; filename="expediente-{folio}.zip"', "Cache-Control": "no-store"}
    return Response(made.content, content_type="application/zip", headers=headers)
