"""`/robots.txt`: no search engine belongs here."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import Response


def robots() -> Response:
    """Keep every robot out."""
    return Response.text("User-agent: *\nDisallow: /\n")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the file at the root."""
    return [(r"^/robots\.txt$", robots)]
