"""Errors as plain Spanish pages; the stock handler would print local variables (names, texts) to the terminal."""

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Generator

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError
from pluggy import Result

from pipeline.pages.errors import error_response

log = logging.getLogger("hallazgos")
# What SQLite says of an address that asks to facet by a column that is not there, or is no list.
READERS = ("no such column", "malformed JSON")


@hookimpl(hookwrapper=True)
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Generator[None, Result[list[Callable[[], Awaitable[Response]]]], None]:
    """Put our answer in the place of all others."""
    outcome = yield
    status: int = getattr(exception, "status", 404 if isinstance(exception, Base400) else 500)
    if isinstance(exception, DatasetteError) and status == 500:
        status = 400  # what its views raise by themselves is about the address: an unknown column, two orders at once
    if isinstance(exception, sqlite3.OperationalError) and str(exception).startswith(READERS):
        status = 400
    if status >= 500:
        log.error("%s: %s", request.path, type(exception).__name__, exc_info=exception)

    async def answer() -> Response:
        return await error_response(datasette, request, status)

    outcome.force_result([answer])
