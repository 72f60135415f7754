"""The page for what a reader may not see."""

from collections.abc import Awaitable, Callable

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.pages.door import accounts_of
from pipeline.pages.entry import Answer, login_page
from pipeline.pages.errors import forbidden_response


@hookimpl
def forbidden(datasette: Datasette, request: Request, message: str) -> Callable[[], Awaitable[Response]]:
    """Answer 403 in Spanish, without saying what is behind it; whoever has not entered gets the form to do so."""

    async def answer() -> Response:
        page = request.method in ("GET", "HEAD") and "." not in request.path.rpartition("/")[2]
        if page and request.actor is None and accounts_of(datasette).asked():
            return await login_page(datasette, request, Answer(403), request.full_path)
        return await forbidden_response(datasette, request, message)

    return answer
