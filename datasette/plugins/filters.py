"""Closes the arguments of a table page that would search or join tables which the page itself may not show."""

from datasette import hookimpl
from datasette.utils.asgi import Forbidden, Request

# `_fts_table` would match an open table's rows against a restricted index; `_through` joins any table.
REFUSED = ("_fts_table", "_fts_pk", "_through", "_where")


@hookimpl
def filters_from_request(request: Request) -> None:
    """Raise `Forbidden` (403) for a refused argument; add no filter otherwise."""
    if any(argument in request.args for argument in REFUSED):
        raise Forbidden("filtro")
