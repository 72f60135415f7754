"""Stands before Datasette's own pages: whoever opens a restricted table, asks in SQL or downloads is written down."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, NotFound, Request, Response

from pipeline.pages.access import DATABASE, Kind
from pipeline.pages.download import RegistryCopy
from pipeline.pages.errors import error_response
from pipeline.pages.readers import note_reading, require
from pipeline.pages.serving import names
from pipeline.pages.stock_views import PlainDatabase, PlainRow, PlainTable, keep_messages

# As wide as the stock routes (another spelling of a name must not go around this door), but for pages and files of ours.
OURS = r"(?!-/|estatico/|robots\.txt$|favicon\.ico$)"
DOWNLOAD = rf"^/{OURS}(?P<database>[^\/\.]+)\.db$"
BASE = rf"^/{OURS}(?P<database>[^\/\.]+)(\.(?P<format>\w+))?$"
TABLE = rf"^/{OURS}(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)(\.(?P<format>\w+))?$"
ROW = rf"^/{OURS}(?P<database>[^\/\.]+)/(?P<table>[^/]+?)/(?P<pks>[^/]+?)(\.(?P<format>\w+))?$"
READING = ("GET", "HEAD", "OPTIONS")


def logged(view: type[PlainTable] | type[PlainRow]) -> Callable[..., Any]:
    """Return the view of a table or row, with the reading written down before a restricted answer goes out."""

    async def serve(datasette: Datasette, request: Request) -> Response:
        if request.method not in READING:
            return await error_response(datasette, request, 405)
        table = tilde_decode(request.url_vars["table"])
        if table != table.lower() or request.url_vars.get("format") == "blob":
            raise NotFound("every name of the registry is in lower case, and no cell is a file")
        restricted = names().kind(table) is Kind.RESTRICTED
        if restricted:
            await require(datasette, request, table)
        response = await view(datasette).dispatch_request(request)
        if restricted and response.status == 200:
            await note_reading(datasette, request)
        keep_messages(request, response)
        return response

    return serve


async def base(datasette: Datasette, request: Request) -> Response:
    """Show the list of tables, or what SQL asked for: the latter may hold anything, and is written down."""
    if request.method not in READING:
        return await error_response(datasette, request, 405)
    response = await PlainDatabase(datasette).dispatch_request(request)
    if "sql" in request.args and response.status == 200:
        await note_reading(datasette, request)
    keep_messages(request, response)
    return response


async def download(datasette: Datasette, request: Request) -> Response | RegistryCopy:
    """Send a copy of the registry to who may have it; it is written down first."""
    if request.method not in READING:
        return await error_response(datasette, request, 405)
    if tilde_decode(request.url_vars["database"]) != DATABASE:
        raise NotFound("there is one registry")
    if request.actor is None or not await datasette.permission_allowed(request.actor, "view-database-download", DATABASE):
        raise Forbidden("view-database-download")
    await note_reading(datasette, request)
    response = RegistryCopy(Path(datasette.get_database(DATABASE).path))
    keep_messages(request, response)
    return response


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve every table and row of the registry, its list, and the registry itself."""
    return [(DOWNLOAD, download), (BASE, base), (TABLE, logged(PlainTable)), (ROW, logged(PlainRow))]
