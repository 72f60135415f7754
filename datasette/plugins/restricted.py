"""Stands before Datasette's own pages of tables and rows: whoever opens a restricted one is written down in `lecturas`."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Request, Response
from datasette.views.row import RowView
from datasette.views.table import TableView

from pipeline.pages.access import Kind
from pipeline.pages.errors import error_response
from pipeline.pages.readers import note_reading, require
from pipeline.pages.serving import names

# As wide as the stock routes (another spelling of a name must not go around this door), but for pages and files of ours.
TABLE = r"^/(?!-/|estatico/)(?P<database>[^\/\.]+)/(?P<table>[^\/\.]+)(\.(?P<format>\w+))?$"
ROW = r"^/(?!-/|estatico/)(?P<database>[^\/\.]+)/(?P<table>[^/]+?)/(?P<pks>[^/]+?)(\.(?P<format>\w+))?$"


def logged(view: type[TableView] | type[RowView]) -> Callable[..., Any]:
    """Return the stock view, with the reading written down before a restricted answer goes out."""

    async def serve(datasette: Datasette, request: Request) -> Response:
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return await error_response(datasette, request, 405)
        table = tilde_decode(request.url_vars["table"])
        if table != table.lower():
            raise NotFound("every name of the registry is in lower case")
        restricted = names().kind(table) is Kind.RESTRICTED
        if restricted:
            await require(datasette, request, table)
        response = await view(datasette).dispatch_request(request)
        if restricted and response.status == 200:
            await note_reading(datasette, request)
        return response

    return serve


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve every table and row of the registry."""
    return [(TABLE, logged(TableView)), (ROW, logged(RowView))]
