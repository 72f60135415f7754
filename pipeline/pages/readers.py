"""Who reads a page: what the request may see, and the line in `lecturas` when it opens names or texts."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, Request
from sqlite_utils import Database

from pipeline.pages.access import DATABASE
from pipeline.quien import shell_user
from pipeline.registry.lecturas import record_reading


def who(actor: Mapping[str, Any] | None) -> str:
    """Return the name that a trail gets: the actor's id, else the one of the shell that serves."""
    if actor and actor.get("id"):
        return str(actor["id"])
    return shell_user()


async def may_see(site: Datasette, request: Request, table: str) -> bool:
    """Say whether the request may see a table or view of the registry."""
    return bool(await site.permission_allowed(request.actor, "view-table", (DATABASE, table)))


async def may_review(site: Datasette, request: Request) -> bool:
    """Say whether somebody with an account asks, who may decide on findings."""
    return request.actor is not None and bool(await site.permission_allowed(request.actor, "revisar"))


async def require(site: Datasette, request: Request, table: str) -> None:
    """Raise `Forbidden` unless the request may see the table or view: plugin routes must ask by themselves."""
    if not await may_see(site, request, table):
        raise Forbidden("view-table")


async def note_reading(site: Datasette, request: Request, folios: Sequence[str] = ()) -> None:
    """Write the request's line in `lecturas`; a page that cannot be written down is not shown (the error goes up)."""
    path, reader = request.path, who(request.actor)

    def write(connection: sqlite3.Connection) -> None:
        record_reading(Database(connection), reader, path, folios, now=datetime.now(UTC))

    await site.get_database(DATABASE).execute_write_fn(write)


async def fetch(site: Datasette, sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
    """Return the rows of one reading query of ours."""
    return [dict(row) for row in (await site.get_database(DATABASE).execute(sql, params)).rows]
