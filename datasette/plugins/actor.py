"""Who asks: only our own sessions count. Datasette's cookie, which carries its roles, and passwords in a header do not."""

from collections.abc import Generator
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request
from pluggy import Result

from pipeline.pages.door import actor


@hookimpl(hookwrapper=True)
def actor_from_request(datasette: Datasette, request: Request) -> Generator[None, Result[list[Any]], None]:
    """Put our answer in the place of all others, and of the errors that they raise over a header that they cannot read."""
    outcome = yield
    outcome.force_result([actor(datasette, request)])
