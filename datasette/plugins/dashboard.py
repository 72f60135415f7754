"""`/-/tablero`: a period's figures as charts and tables; `/-/tablero/NOMBRE.svg`: one of its charts."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from pipeline.charts.draw import to_svg
from pipeline.errores import ErrorDeUso
from pipeline.figures.asked import counting
from pipeline.figures.indicator_text import DATES
from pipeline.figures.m1 import MARKS, Cuenta
from pipeline.pages.dashboard import VIEW, board_of, choices
from pipeline.pages.panels import PANELS, chart_of, panels
from pipeline.pages.period_figures import SHOWN_UNITS
from pipeline.pages.queue import TABS
from pipeline.pages.readers import may_see, require
from pipeline.reloj import mexico_day


async def dashboard(datasette: Datasette, request: Request) -> Response:
    """Show the period asked for; one that is not understood is told, over the newest quarter."""
    await require(datasette, request, VIEW)
    today, asked, refused = mexico_day(datetime.now(UTC)), asked_period(request), ""
    try:
        board = await board_of(datasette, asked, counted(request), today)
    except ErrorDeUso as error:
        board, refused = await board_of(datasette, "", Cuenta(), today), error.message
    shown = {"board": board, "panels": panels(board), "choices": choices(board.comparativo)}
    context = {**shown, "refused": refused, "marks": MARKS, "tabs": TABS, "dates": DATES, "units": SHOWN_UNITS}
    context["names"] = await may_see(datasette, request, "v_hallazgos_nombres")
    page = await datasette.render_template("dashboard.html", context, request=request)
    return Response.html(page, status=400 if refused else 200)


async def drawing(datasette: Datasette, request: Request) -> Response:
    """Draw one chart of the period asked for; `angosto`: as a phone shows it."""
    await require(datasette, request, VIEW)
    name = request.url_vars["name"]
    if name not in PANELS:
        raise NotFound("gráfica")
    try:
        board = await board_of(datasette, asked_period(request), counted(request), mexico_day(datetime.now(UTC)))
    except ErrorDeUso as error:
        raise NotFound(error.message) from error
    svg = await asyncio.to_thread(to_svg, chart_of(board, name, narrow="angosto" in request.args))
    return Response(svg, content_type="image/svg+xml; charset=utf-8")


def asked_period(request: Request) -> str:
    """Return the period as it was written, else as it was chosen."""
    return (request.args.get("otro") or request.args.get("periodo") or "").strip()


def counted(request: Request) -> Cuenta:
    """Return what the address asks to be counted. Raises `ErrorDeUso`."""
    return counting(by_date=request.args.get("fecha") or "", unit=request.args.get("unidad") or "")


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve both."""
    return [(r"^/-/tablero$", dashboard), (r"^/-/tablero/(?P<name>[a-z]{1,20})\.svg$", drawing)]
