"""What a report is made from, read from the registry at one instant."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from pipeline.figures.indicators import indicator
from pipeline.figures.m1 import Figura, measure
from pipeline.periodos import Periodo, parse_period

Record = dict[str, Any]


@dataclass(frozen=True)
class Hechos:
    """The period's indicator (`record`, as `hallazgos indicador --json` gives it) and the periods that stand beside it.

    `trimestres`: the quarters that end within the period, with their figures. `meses`: the twelve months of its last year.
    """

    periodo: Periodo
    record: Record
    trimestres: tuple[tuple[Periodo, Figura], ...]
    meses: tuple[Figura, ...]

    @property
    def pendientes(self) -> int:
        """How many findings of the period wait for a person and may still be registros once reviewed."""
        outside = self.record["fuera_de_m1"]["por_determinar"]["por_revisar"]
        return int(self.record["por_revisar"]) + int(outside)

    @property
    def corte(self) -> str:
        """The last day that the figures reach: the period's last with figures, else its last."""
        return str(self.record["corte"] or self.record["fin"])


def gather(db: Database, period: Periodo, *, today: date) -> Hechos:
    """Return the facts of `period`; `today` bounds only the list of uncovered days."""
    quarters = quarters_closed(period)
    months = [parse_period(f"{period.fin.year:04}-{number:02}") for number in range(1, 13)]
    figures = measure(db, [*quarters, *months])
    return Hechos(
        period,
        json.loads(json.dumps(indicator(db, period, today=today))),
        tuple(zip(quarters, figures, strict=False)),
        tuple(figures[len(quarters) :]),
    )


def quarters_closed(period: Periodo) -> Sequence[Periodo]:
    """Return the quarters whose last day lies in the period (a bimester closes one or none: the plan measures by quarter)."""
    years = range(period.inicio.year, period.fin.year + 1)
    quarters = [parse_period(f"{year:04}-T{number}") for year in years for number in (1, 2, 3, 4)]
    return [quarter for quarter in quarters if period.inicio <= quarter.fin <= period.fin]
