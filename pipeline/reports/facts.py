"""What a report is made from, read from the registry at one instant."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from pipeline.figures.indicators import indicator
from pipeline.figures.m1 import BASE_DDHH, BASE_MPI, INDICATOR, Cuenta, Figura, measure
from pipeline.figures.period import Cifras, figures_of
from pipeline.figures.signed import Firma, signatures
from pipeline.periodos import Periodo, parse_period

Record = dict[str, Any]


@dataclass(frozen=True)
class Hechos:
    """The period's figures, its indicators as `hallazgos indicador --json` gives them, and the periods that stand beside it.

    `record` is 1.4, `bases` 1.5.1 and 1.5.2 by key. `trimestres`: the quarters that end within the period, with their
    figures. `meses`: the twelve months of its last year. `firmas`: the last closing of each period by its key. `firmados`:
    those of the year before, each with its figure of now.
    """

    periodo: Periodo
    cifras: Cifras
    record: Record
    bases: dict[str, Record]
    trimestres: tuple[tuple[Periodo, Figura], ...]
    meses: tuple[Figura, ...]
    firmas: Mapping[str, Firma]
    firmados: tuple[tuple[Firma, Figura], ...]

    @property
    def indicadores(self) -> dict[str, Record]:
        """Every indicator by its key in the plan."""
        return {INDICATOR: self.record, **self.bases}

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
    cifras = figures_of(db, period, today=today)
    signed = signatures(db, Cuenta())
    before = [one for one in signed.values() if parse_period(one.periodo).fin.year == period.fin.year - 1]
    bases = {key: indicator(db, period, Cuenta(indicador=key), today=today) for key in (BASE_DDHH, BASE_MPI)}
    return Hechos(
        period,
        cifras,
        plain(cifras.pie),
        {key: plain(record) for key, record in bases.items()},
        tuple(zip(quarters, figures, strict=False)),
        tuple(figures[len(quarters) :]),
        signed,
        tuple(zip(before, measure(db, [parse_period(one.periodo) for one in before]), strict=True)),
    )


def plain(record: Mapping[str, object]) -> Record:
    """Return a record as its JSON reads."""
    found: Record = json.loads(json.dumps(record))
    return found


def quarters_closed(period: Periodo) -> Sequence[Periodo]:
    """Return the quarters whose last day lies in the period (a bimester closes one or none: the plan measures by quarter)."""
    years = range(period.inicio.year, period.fin.year + 1)
    quarters = [parse_period(f"{year:04}-T{number}") for year in years for number in (1, 2, 3, 4)]
    return [quarter for quarter in quarters if period.inicio <= quarter.fin <= period.fin]
