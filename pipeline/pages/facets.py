"""Counts the items of list columns; SQLite 3.40 finds nothing when it flattens a view that is left-joined under `json_each`."""

from datasette.facets import ArrayFacet


class WholeArrayFacet(ArrayFacet):  # type: ignore[misc]  # Datasette carries no types
    """Datasette's own facet over lists, with the rows of the view made before their lists are opened."""

    sql: str

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.sql = f"select * from ({self.sql}) limit -1"
