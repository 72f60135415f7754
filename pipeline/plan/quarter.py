"""The plan's table of a quarter (section 8), read from `v_plan_trimestre`: as text, CSV and JSON."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.figures.export_files import neutral
from pipeline.periodos import parse_period
from pipeline.views import view_docs

VIEW = "v_plan_trimestre"
Row = dict[str, Any]
NOTE = (
    "El porcentaje es la fórmula M1 del plan; el avance, lo cumplido del calendario, y el sentido es el suyo: más agresiones"
    " no son un logro."
)


def quarter_rows(db: Database, year: int, quarter: int) -> list[Row]:
    """Return the view's rows of a quarter. Raises `ErrorDeUso` when no plan of that year was loaded."""
    rows = list(db.query(f"SELECT * FROM {VIEW} WHERE anio = ? AND trimestre = ? ORDER BY orden", [year, quarter]))
    if not rows:
        raise ErrorDeUso(f"no hay plan de {year}; se carga con «hallazgos plan cargar ARCHIVO --anio {year}»")
    return rows


def as_json(rows: Sequence[Row]) -> str:
    """Return the rows as JSON."""
    return json.dumps(list(rows), ensure_ascii=False, indent=2)


def as_csv(rows: Sequence[Row]) -> str:
    """Return the rows as CSV, every column of the view; a note is never a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(view_docs()[VIEW].columnas), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: neutral(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue().rstrip("\n")


def as_table(rows: Sequence[Row]) -> str:
    """Return the table for a terminal, a line an indicator, with what its marks say under it."""
    title = f"Plan anual: {parse_period('{anio}-T{trimestre}'.format(**rows[0])).etiqueta}"
    heads = ("", "meta", "alcanzado", "%", "avance", "acumulado", "sentido", "situación", "actividad")
    lines = [heads, *(line(row) for row in rows)]
    widths = [max(len(cells[i]) for cells in lines) for i in range(len(heads) - 1)]
    told = ["  ".join(cell.ljust(width) for cell, width in zip(cells, [*widths, 0], strict=True)).rstrip() for cells in lines]
    marks = [f"{row['clave']}: {row['marcas']}" for row in rows if row["marcas"]]
    return "\n".join([title, "", *told, *(["", *marks] if marks else []), "", NOTE])


def line(row: Row) -> tuple[str, ...]:
    """Return the cells of one indicator."""
    share, sums = of_planned(row["avance"], row["programado"]), of_planned(row["avance_acumulado"], row["programado_acumulado"])
    cells = (row["clave"], said(row["meta"]), said(row["alcanzado"]), said(row["porcentaje"]), share, sums)
    return (*cells, row["sentido"] or "–", row["situacion"], row["actividad"])


def of_planned(advance: float | None, planned: float | None) -> str:
    """Return an advance beside what the schedule planned of it; alone where the schedule plans nothing."""
    return said(advance) if planned is None else f"{said(advance)} de {said(planned)}"


def said(value: float | None) -> str:
    """Return a number with the decimals that it needs, two at most; a dash where there is none."""
    return "–" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")
