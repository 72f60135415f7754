"""The page for what a reader may not see."""

from collections.abc import Awaitable, Callable

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.pages.errors import error_response


@hookimpl
def forbidden(datasette: Datasette, request: Request) -> Callable[[], Awaitable[Response]]:
    """Answer 403 in Spanish, without saying what is behind it."""

    async def answer() -> Response:
        return await error_response(datasette, request, 403)

    return answer
