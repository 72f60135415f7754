"""How many rows a page of the site says: Datasette asks for them apart, and a view costs as much to count as to show."""

import re
from collections.abc import Mapping
from pathlib import Path

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted, Results
from datasette.utils import escape_sqlite

# As Datasette asks for the rows of a page without filters. A search or a filter is not kept in memory: it may hold a name.
WHOLE_COUNT = re.compile(r"select count\(\*\) from \S+ ")


class Registry(Database):  # type: ignore[misc]  # Datasette carries no types
    """The registry, each of its tables and views counted once until somebody writes."""

    def __init__(self, site: Datasette, path: Path) -> None:
        super().__init__(site, path=str(path), is_mutable=True)
        # Apart from those that write: a connection's data version tells only what others wrote.
        self._watcher = self.connect()
        self._version: int | None = None
        self._counts: dict[str, Results] = {}

    async def execute(self, sql: str, params: Mapping[str, object] | None = None, **options: object) -> Results:
        """Run a query of Datasette's, or return what the same count gave while nobody has written since before it."""
        if params or not WHOLE_COUNT.fullmatch(sql):
            return await super().execute(sql, params, **options)
        ((version,),) = self._watcher.execute("PRAGMA data_version").fetchall()
        if version != self._version:
            self._version, self._counts = version, {}
        counts = self._counts  # a newer version puts another in its place while this count is made
        if sql not in counts:
            counts[sql] = await super().execute(sql, params, **options)
        return counts[sql]

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
