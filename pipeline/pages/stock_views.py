"""Datasette's own views with their CSV made safe: no cell, and no heading, that a spreadsheet takes for a formula."""

from collections.abc import Sequence
from typing import Any

from datasette.utils.asgi import BadRequest, Request
from datasette.views.database import DatabaseView
from datasette.views.row import RowView
from datasette.views.table import TableView

from pipeline.figures.export_files import neutral


class PlainCells:
    """Goes before one of Datasette's views; an instance serves one request."""

    plain = False

    async def as_csv(self, request: Request, database: str) -> object:
        """Answer as the view does, from rows made plain."""
        self.plain = True
        return await super().as_csv(request, database)  # type: ignore[misc]  # of the view that this goes before

    async def data(self, *args: object, **options: object) -> Any:  # noqa: ANN401 - as Datasette's: a response, or a tuple
        """Return what the view found; for CSV with plain headings and cells."""
        found = await super().data(*args, **options)  # type: ignore[misc]  # of the view that this goes before
        if self.plain and isinstance(found, tuple):
            if "rows" not in found[0]:
                raise BadRequest("a list of tables has no CSV form")
            expanded = set(found[0].get("expanded_columns") or ())
            found[0]["columns"] = [name if name in expanded else neutral(name) for name in found[0]["columns"]]
            found[0]["rows"] = [plain_row(row) for row in found[0]["rows"]]
        return found


def plain_row(row: Sequence[Any]) -> list[Any]:
    """Return a row's cells, also those that carry a label, without formulas."""
    return [{key: neutral(value) for key, value in cell.items()} if isinstance(cell, dict) else neutral(cell) for cell in row]


def keep_messages(request: Request, response: object) -> None:
    """Leave what a form has to tell for the next page when an answer (a stream) cannot carry the cookie that clears it."""
    if not hasattr(response, "set_cookie"):
        request._messages = []


class PlainTable(PlainCells, TableView):  # type: ignore[misc]  # Datasette carries no types
    """A table or view."""


class PlainRow(PlainCells, RowView):  # type: ignore[misc]  # Datasette carries no types
    """One row."""


class PlainDatabase(PlainCells, DatabaseView):  # type: ignore[misc]  # Datasette carries no types
    """The list of tables, or with `?sql=` what was asked for."""
