"""`/-/indicadores`: the comparison of years and the indicator by period, as the views give them."""

from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.figures.indicator_text import DATES
from pipeline.pages.indicators import ambito_table, indicator_tables, linked_views, marks_told, newest_periods
from pipeline.pages.period_figures import SHOWN_UNITS, asked_figures
from pipeline.pages.readers import may_see, require


async def indicators(datasette: Datasette, request: Request) -> Response:
    """Show the views of the indicator."""
    await require(datasette, request, "v_comparativo_anual")
    tables, apart = await indicator_tables(datasette)
    newest = newest_periods(tables[0].rows)
    context = {
        "tables": tables,
        "newest": newest,
        "marks": marks_told(newest),
        "apart": ambito_table(apart, newest),
        "linked": linked_views(),
        "names": await may_see(datasette, request, "v_hallazgos_nombres"),
        "dates": DATES,
        "units": SHOWN_UNITS,
        "asked": await asked_figures(datasette, request.args),
    }
    return Response.html(await datasette.render_template("indicators.html", context, request=request))


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the page."""
    return [(r"^/-/indicadores$", indicators)]
