"""Counts the items of list columns; SQLite 3.40 finds nothing when it flattens a view that is left-joined under `json_each`."""

from datasette.facets import ArrayFacet
from datasette.utils import escape_sqlite


class WholeArrayFacet(ArrayFacet):  # type: ignore[misc]  # Datasette carries no types
    """Datasette's own facet over lists, with the rows of the view made before their lists are opened."""

    sql: str

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        columns = [config["config"].get("column") or config["config"]["simple"] for config in self.get_configs()]
        # Only the lists that are counted, and what tells equal ones apart: the view's other columns need not be made.
        chosen = ", ".join(["row_number() over () as fila", *map(escape_sqlite, dict.fromkeys(columns))])
        self.sql = f"select {chosen} from ({self.sql}) limit -1"
