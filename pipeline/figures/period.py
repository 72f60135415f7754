"""The figures of a period, read once and shown everywhere: command, page, dashboard, report and export print these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from pipeline.figures.breakdowns import Desglose, breakdowns
from pipeline.figures.indicators import indicator
from pipeline.figures.m1 import Cuenta, Figura, measure
from pipeline.figures.spans import spans_of
from pipeline.periodos import Periodo, month_end, parse_period


@dataclass(frozen=True)
class Cifras:
    """What is known of a period.

    `figura` is M1 with what it divides; `pie` the whole footing as `hallazgos indicador --json` prints it (ámbitos and what is
    outside M1, or the `renglones` of the Bases; common basket, uncovered days and sources, avance, notices in Spanish); `meses`
    M1 of each month (or part of one) of the period; `desgloses` the tables, beside those of the same days of the year before.
    """

    periodo: Periodo
    cuenta: Cuenta
    figura: Figura
    pie: Mapping[str, object]
    meses: tuple[Figura, ...]
    desgloses: tuple[Desglose, ...]

    def desglose(self, clave: str) -> Desglose:
        """Return one breakdown by its key (`breakdowns.TITLES`)."""
        return next(table for table in self.desgloses if table.clave == clave)


def figures_of(db: Database, period: Periodo, cuenta: Cuenta | None = None, *, today: date) -> Cifras:
    """Return every figure of `period`; `today` only bounds the list of uncovered days, no figure depends on it."""
    counted = cuenta or Cuenta()
    figura, *months = measure(db, [period, *(m for m in months_of(period) if m.clave != period.clave)], counted)
    return Cifras(
        period,
        counted,
        figura,
        indicator(db, period, counted, today=today),
        tuple(months) or (figura,),
        breakdowns(db, spans_of(figura), counted),
    )


def months_of(period: Periodo) -> list[Periodo]:
    """Return the calendar months of a period in order; one that it holds in part, as the range of those days."""
    found, start = [], period.inicio
    while start <= period.fin:
        end = min(month_end(start), period.fin)
        whole = start.day == 1 and end == month_end(start)
        found.append(parse_period(f"{start:%Y-%m}" if whole else f"{start}..{end}"))
        start = end + timedelta(days=1)
    return found
