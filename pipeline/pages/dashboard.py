"""What the dashboard shows of a period: the figures that `indicador` prints and the counts of the views, nothing of its own."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from datasette.app import Datasette
from sqlite_utils import Database

from pipeline.figures.asked import wording
from pipeline.figures.breakdowns import Desglose, breakdowns
from pipeline.figures.coverage import avance, common_basket
from pipeline.figures.indicator_text import coverage
from pipeline.figures.indicators import not_covered, told_until
from pipeline.figures.m1 import Cuenta, Figura, measure
from pipeline.figures.spans import spans_of
from pipeline.pages.access import DATABASE
from pipeline.periodos import Periodo, current_quarter, parse_period

Row = dict[str, Any]
VIEW = "v_comparativo_anual"
COMPARISON = f"SELECT * FROM {VIEW}"
SOURCES = "SELECT estado, count(*) AS fuentes, sum(atencion) AS atencion FROM v_salud_fuentes GROUP BY estado ORDER BY estado"
QUEUE = "SELECT pestania, count(*) AS hallazgos, sum(urgente) AS urgentes FROM v_cola GROUP BY pestania ORDER BY pestania"
REVIEWED = """
SELECT validados, descartados, por_revisar, CAST(100 * (validados + descartados) / todos AS INTEGER) AS porcentaje
FROM (
    SELECT
        coalesce(sum(estado = 'validado'), 0) AS validados,
        coalesce(sum(estado = 'descartado'), 0) AS descartados,
        coalesce(sum(estado = 'detectado'), 0) AS por_revisar,
        count(*) AS todos
    FROM v_hallazgos
    WHERE fecha_registro BETWEEN ? AND ? AND estado <> 'fusionado'
)
"""
KINDS = {"anio": "Año", "semestre": "Semestre", "trimestre": "Trimestre", "bimestre": "Bimestre", "mes": "Mes"}


@dataclass(frozen=True)
class Board:
    """A period's figures and what stands beside them: the comparison of years, sources by state, the queue, what is reviewed.

    `figura` and `desgloses` are those of `pipeline.figures.period`, `cobertura` the lines of `hallazgos indicador` on what must
    be read beside M1; `meses` are the twelve months of the year, in what is counted (`cuenta`), as `month_by_month` takes them;
    `revisados` counts the findings registered in the period (`porcentaje` None: none).
    """

    periodo: Periodo
    cuenta: Cuenta
    figura: Figura
    desgloses: dict[str, Desglose]
    cobertura: list[tuple[str, str]]
    comparativo: list[Row]
    meses: list[Row]
    fuentes: list[Row]
    cola: list[Row]
    revisados: Row

    @property
    def anio(self) -> int:
        """The year whose months are drawn: the one in which the period ends."""
        return self.periodo.fin.year

    @property
    def que(self) -> str:
        """What is counted, in words."""
        return wording(self.cuenta)


def read_board(db: Database, period: Periodo, counted: Cuenta | None = None, *, today: date) -> Board:
    """Return what the views say of `period`; `today` only bounds the list of uncovered days.

    It leaves out what `figures_of` also reads and the board does not show: that is most of its time over many findings.
    """
    counted = counted or Cuenta()
    twelve = [parse_period(f"{period.fin.year:04}-{number:02}") for number in range(1, 13)]
    asked = {each.clave: each for each in (period, *twelve)}
    figures = dict(zip(asked, measure(db, list(asked.values()), counted), strict=True))
    figura, compared = figures[period.clave], list(db.query(COMPARISON))
    beside = {"canasta_comun": common_basket(db, figura, counted), "avance": avance(db, period)}
    return Board(
        period,
        counted,
        figura,
        {table.clave: table for table in breakdowns(db, spans_of(figura), counted)},
        coverage(beside | not_covered(db, period, counted, told_until(figura, today))),
        compared,
        months(
            [figures[month.clave] for month in twelve],
            max((row["fin"] for row in compared if row["tipo"] == "mes"), default=""),
        ),
        list(db.query(SOURCES)),
        list(db.query(QUEUE)),
        next(db.query(REVIEWED, [period.inicio.isoformat(), period.fin.isoformat()])),
    )


def months(figures: list[Figura], last: str) -> list[Row]:
    """Return the months of a year; of those that begin after `last`, the registry's last period, what the year before had."""
    found: list[Row] = []
    for figure in figures:
        year, month = int(figure.periodo[:4]), figure.periodo[5:]
        if figure.inicio <= last:
            found.append(vars(figure) | {"anio": year, "marcas": "; ".join(figure.marcas)})
        else:
            before = {"anio": year - 1, "periodo": f"{year - 1:04}-{month}"}
            found.append(before | {"registros": figure.registros_anterior, "marcas": ""})
    return found


async def board_of(site: Datasette, asked: str, counted: Cuenta, today: date) -> Board:
    """Return the board of the period asked for (the newest quarter with figures when none is), kept until somebody writes.

    Raises `ErrorDeUso` for what is no period.
    """
    database = site.get_database(DATABASE)
    period = parse_period(asked) if asked.strip() else await database.kept(f"trimestre {today}", lambda c: newest(c, today))

    def read(connection: sqlite3.Connection) -> Board:
        return read_board(Database(connection), period, counted, today=today)

    found: Board = await database.kept(f"tablero {period.clave} {counted.fecha} {counted.unidad} {today}", read)
    return found


def newest(connection: sqlite3.Connection, today: date) -> Periodo:
    """Return the newest quarter that has figures, the present one when none has."""
    row = connection.execute("SELECT max(periodo) FROM v_indicador_trimestral").fetchone()
    return parse_period(row[0]) if row[0] else current_quarter(today)


def choices(comparison: list[Row]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the periods that have figures, by kind, the newest first: (kind, [(key, name)])."""
    found = []
    for kind, title in KINDS.items():
        keys = sorted((row["periodo"] for row in comparison if row["tipo"] == kind), reverse=True)
        found.append((title, [(key, parse_period(key).etiqueta) for key in keys]))
    return found
