"""Datasette as this site runs it."""

from typing import Any

from datasette.app import Datasette


class Site(Datasette):  # type: ignore[misc]  # Datasette carries no types
    """Datasette without its search for `allow` blocks of tables.

    Who sees what is decided by our hook alone, and no table has such a block (a test holds that); looking for one
    copied all descriptions for every table asked about: three quarters of the time of the first page.
    """

    def _table_permission_allows(self, database: str, table: str) -> list[Any]:
        return []
