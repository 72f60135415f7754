"""How a cell of a table page looks: labels for slugs, chips for lists, links to a finding's page, plain text for addresses."""

from datasette import hookimpl
from datasette.app import Datasette
from markupsafe import Markup

from pipeline.pages.cells import cell


@hookimpl
def render_cell(value: object, column: str, database: str, datasette: Datasette) -> Markup | None:
    """Return our form of a cell of the registry, or None for Datasette's own."""
    return cell(value, column, datasette.urls) if database == "registro" else None
