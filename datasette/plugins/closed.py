"""Closes Datasette's own pages about itself: they tell file paths, settings and rules, and some ask for no permission."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound

PAGES = (
    "metadata|versions|plugins|settings|config|threads|databases|actor|permissions|messages|allow-debug|patterns|auth-token"
    "|logout|login|password-tool"  # the last two are of datasette-auth-passwords, of which only the hashes are used
)


def closed() -> None:
    """Answer as if there were no such page."""
    raise NotFound("cerrada")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Stand before the stock routes."""
    return [(rf"^/-/({PAGES})(\.json)?$", closed)]
