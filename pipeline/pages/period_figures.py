"""The figures of one period on the indicators' page, as the command prints them: M1 with its footing, and the breakdowns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from datasette.app import Datasette
from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.figures.asked import counting
from pipeline.figures.breakdown_text import heading
from pipeline.figures.breakdowns import Desglose
from pipeline.figures.indicator_text import DATES, UNITS, Section, sections
from pipeline.figures.m1 import INDICATORS, Cuenta, Unidad
from pipeline.figures.period import figures_of
from pipeline.pages.access import DATABASE
from pipeline.periodos import Periodo, parse_period
from pipeline.reloj import mexico_day

SHOWN_UNITS = {unit.value: UNITS[unit] for unit in Unidad}


@dataclass(frozen=True)
class Asked:
    """What the page's form holds, and what it gives: the indicator's lines, and each breakdown under its heading.

    `error` says in Spanish why there is nothing.
    """

    periodo: str
    cuenta: Cuenta
    indicadores: Mapping[str, str]
    error: str = ""
    titulo: str = ""
    apartados: tuple[Section, ...] = ()
    cuadros: tuple[tuple[str, Desglose], ...] = ()

    @property
    def indicador(self) -> str:
        """The indicator's key in the plan."""
        return self.cuenta.indicador


async def asked_figures(site: Datasette, args: Mapping[str, str]) -> Asked:
    """Return the figures that the query asks for, as the command's options; without a period, only the form.

    `periodo`, `indicador`, `unidad` and `fecha` are the query's names.
    """
    period = args.get("periodo") or ""
    try:
        counted = counting(args.get("indicador") or "", args.get("fecha") or "", args.get("unidad") or "")
        if not period:
            return Asked(period, counted, INDICATORS)
        chosen = parse_period(period)
    except ErrorDeUso as error:
        return Asked(period, Cuenta(), INDICATORS, error.message)
    today = mexico_day(datetime.now(UTC))

    def read(connection: Any) -> Asked:  # noqa: ANN401 - datasette hands over its own connection
        return told(Database(connection), chosen, counted, today)

    found: Asked = await site.get_database(DATABASE).execute_fn(read)
    return found


def told(db: Database, period: Periodo, counted: Cuenta, today: date) -> Asked:
    """Return the figures of a period for the page."""
    found = figures_of(db, period, counted, today=today)
    tables = tuple((heading(found, table, DATES), table) for table in found.desgloses)
    title = f"{counted.indicador} {INDICATORS[counted.indicador]}: {period.etiqueta}"
    return Asked(period.clave, counted, INDICATORS, "", title, tuple(sections(dict(found.pie))), tables)
