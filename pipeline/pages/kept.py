"""What the site need not ask again until somebody writes: how many rows there are, and the figures of the indicators' page.

Datasette counts the rows of a page apart, and a view costs as much to count as to show.
"""

import asyncio
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted, Results
from datasette.utils import escape_sqlite

from pipeline.accounts.live import LiveAccounts

# As Datasette counts for a page without filters, and as our pages ask for a view of figures. A search, a filter or rows of a
# table are not kept in memory: they may hold a name.
FIGURES = ("v_comparativo_anual", "v_indicador_ambito", "v_por_alcaldia", "v_avance")
KEPT = re.compile(rf"select count\(\*\) from \S+ |SELECT \* FROM (?:{'|'.join(FIGURES)}) LIMIT \d+")

T = TypeVar("T")


class Registry(Database):  # type: ignore[misc]  # Datasette carries no types
    """The registry, which answers what may be kept once until somebody writes, and the accounts beside it."""

    def __init__(self, site: Datasette, path: Path, accounts: LiveAccounts) -> None:
        super().__init__(site, path=str(path), is_mutable=True)
        self.accounts = accounts
        # Apart from those that write: a connection's data version tells only what others wrote.
        self._watcher = self.connect()
        self._version: int | None = None
        self._kept: dict[str, Any] = {}

    async def execute(
        self, sql: str, params: Mapping[str, object] | Sequence[object] | None = None, **options: object
    ) -> Results:
        """Run a query of Datasette's, or return what the same one gave while nobody has written since before it.

        One that fails is not printed: the words of a search may be a name.
        """
        options = options | {"log_sql_errors": False}
        if params or not KEPT.fullmatch(sql):
            return await super().execute(sql, params, **options)
        kept = self._kept_now()
        if sql not in kept:
            kept[sql] = await super().execute(sql, params, **options)
        found: Results = kept[sql]
        return found

    async def kept(self, key: str, read: Callable[[sqlite3.Connection], T]) -> T:
        """Return what `read` found on a connection, once for each `key` until somebody writes; figures only, never a name.

        Who asks meanwhile waits for the same answer: a page and its drawings ask at once.
        """
        kept = self._kept_now()
        if key not in kept or failed(kept[key]):
            kept[key] = asyncio.ensure_future(self.execute_fn(read))
        found: T = await asyncio.shield(kept[key])
        return found

    def _kept_now(self) -> dict[str, Any]:
        """Return what is still true; a newer version puts another in its place while one waits for its answer."""
        ((version,),) = self._watcher.execute("PRAGMA data_version").fetchall()
        if version != self._version:
            self._version, self._kept = version, {}
        return self._kept

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """Return the rows of every table, None where counting takes longer than `limit` milliseconds.

        What full-text search keeps for itself is not counted: a quarter of a second, shown to nobody.
        """
        counts: dict[str, int | None] = {}
        for table in await self.table_names():
            counts[table] = 0 if "_fts" in table else await self._count(table, limit)
        return counts

    async def _count(self, table: str, limit: int) -> int | None:
        try:
            found = await self.execute(f"select count(*) from {escape_sqlite(table)} ", custom_time_limit=limit)
        except QueryInterrupted:
            return None
        return int(found.rows[0][0])


def failed(answer: asyncio.Future[Any]) -> bool:
    """Say whether an answer came to nothing: it is asked for again."""
    return answer.done() and (answer.cancelled() or answer.exception() is not None)
