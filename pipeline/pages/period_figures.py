"""The figures of one period on the indicators' page, as the command prints them: M1 with its footing, and the breakdowns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from datasette.app import Datasette
from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.figures.breakdown_text import heading
from pipeline.figures.breakdowns import Desglose
from pipeline.figures.indicator_text import DATES, Section, sections
from pipeline.figures.m1 import INDICATOR, INDICATORS, Cuenta
from pipeline.figures.period import figures_of
from pipeline.pages.access import DATABASE
from pipeline.periodos import Periodo, parse_period
from pipeline.reloj import mexico_day


@dataclass(frozen=True)
class Asked:
    """What the page's form holds, and what it gives: the indicator's lines, and each breakdown under its heading.

    `error` says in Spanish why there is nothing.
    """

    periodo: str
    indicador: str
    indicadores: Mapping[str, str]
    error: str = ""
    titulo: str = ""
    apartados: tuple[Section, ...] = ()
    cuadros: tuple[tuple[str, Desglose], ...] = ()


async def asked_figures(site: Datasette, args: Mapping[str, str]) -> Asked:
    """Return the figures that the query asks for (`periodo`, `indicador`); without a period, only the form."""
    period, indicator = args.get("periodo") or "", args.get("indicador") or INDICATOR
    empty = Asked(period, indicator, INDICATORS)
    if not period:
        return empty
    if indicator not in INDICATORS:
        return Asked(period, INDICATOR, INDICATORS, f"indicador «{indicator}»: se conocen {', '.join(INDICATORS)}")
    try:
        chosen = parse_period(period)
    except ErrorDeUso as error:
        return Asked(period, indicator, INDICATORS, error.message)
    today = mexico_day(datetime.now(UTC))

    def read(connection: Any) -> Asked:  # noqa: ANN401 - datasette hands over its own connection
        return told(Database(connection), chosen, indicator, today)

    found: Asked = await site.get_database(DATABASE).execute_fn(read)
    return found


def told(db: Database, period: Periodo, indicator: str, today: date) -> Asked:
    """Return the figures of a period for the page."""
    found = figures_of(db, period, Cuenta(indicador=indicator), today=today)
    tables = tuple((heading(found, table, DATES), table) for table in found.desgloses)
    title = f"{indicator} {INDICATORS[indicator]}: {period.etiqueta}"
    return Asked(period.clave, indicator, INDICATORS, "", title, tuple(sections(dict(found.pie))), tables)
