"""What the indicators' page shows: the views as they are, nothing computed again."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from datasette.app import Datasette

from pipeline.figures.m1 import MARKS, split_marks
from pipeline.pages.readers import fetch
from pipeline.periodos import parse_period
from pipeline.views import ViewDoc, view_docs

Row = dict[str, Any]

# The comparison of years holds every month, two months, quarter, half and year with its marks; the views of one kind of
# period say the same with the days compared, and are linked; the twelve months that end in each month are only there.
SHOWN = ("v_comparativo_anual", "v_por_alcaldia", "v_avance")
LINKED = (
    *("v_indicador_mensual", "v_indicador_bimestral", "v_indicador_trimestral", "v_indicador_semestral", "v_indicador_anual"),
    *("v_indicador_doce_meses", "v_registros"),
)
APART = "v_indicador_ambito"
# What the period's name already says; the view's own page has it.
LEFT_OUT = {"v_comparativo_anual": frozenset({"anio", "inicio", "fin"})}
ROWS = 60
ROWS_OF_A_YEAR = 29 * 6  # its periods, each with the three ámbitos and the three rows outside M1


@dataclass(frozen=True)
class ViewTable:
    """One view on the page: its newest rows (at most `ROWS`), and whether there are more."""

    name: str
    title: str
    description: str
    columns: dict[str, str]
    rows: list[Row]
    more: bool

    @property
    def shown(self) -> list[str]:
        """The columns that the page shows."""
        return [column for column in self.columns if column not in LEFT_OUT.get(self.name, ())]

    @cached_property
    def numeric(self) -> frozenset[str]:
        """The columns that have a number in some row."""
        return frozenset(column for row in self.rows for column, value in row.items() if isinstance(value, (int, float)))


@dataclass(frozen=True)
class AmbitoTable:
    """`v_indicador_ambito` beside the headline: a column a period of `periods`, a cell a row of the view.

    The lines of `counted` (the three ámbitos) add up to the periods' registros, which stand under them; those of `outside`
    never enter M1.
    """

    name: str
    doc: ViewDoc
    periods: list[Row]
    counted: dict[str, list[Row]]
    outside: dict[str, list[Row]]


def newest_periods(comparison: list[Row]) -> list[Row]:
    """Return the last year, quarter and month of the comparison's rows, each with its name, for the page's headline."""
    found = []
    for kind in ("anio", "trimestre", "mes"):
        rows = [row for row in comparison if row["tipo"] == kind]
        found += [max(rows, key=lambda row: str(row["inicio"]))] if rows else []
    return [row | {"nombre": parse_period(row["periodo"]).etiqueta} for row in found]


def marks_told(periods: Sequence[Row]) -> dict[str, str]:
    """Return what each mark of these periods tells."""
    present = {mark for row in periods for mark in split_marks(row["marcas"])}
    return {mark: text for mark, text in MARKS.items() if mark in present}


def linked_views() -> list[tuple[str, ViewDoc]]:
    """Return the views that the page names, with their descriptions."""
    return [(name, view_docs()[name]) for name in LINKED]


async def indicator_tables(site: Datasette) -> tuple[list[ViewTable], list[Row]]:
    """Return the views of the page with their rows, and the newest year's rows of `v_indicador_ambito`."""
    docs = view_docs()
    limits = dict.fromkeys(SHOWN, ROWS + 1) | {APART: ROWS_OF_A_YEAR}
    *found, apart = await asyncio.gather(*(fetch(site, f"SELECT * FROM {view} LIMIT {n}") for view, n in limits.items()))
    tables = [
        ViewTable(name, docs[name].titulo, docs[name].descripcion, docs[name].columnas, rows[:ROWS], len(rows) > ROWS)
        for name, rows in zip(SHOWN, found, strict=True)
    ]
    return tables, apart


def ambito_table(apart: Sequence[Row], periods: list[Row]) -> AmbitoTable:
    """Return the rows of `v_indicador_ambito` side by side for `periods`, all of its newest year."""
    table = AmbitoTable(APART, view_docs()[APART], periods, {}, {})
    for period in periods:
        for row in apart:
            if row["periodo"] == period["periodo"]:
                lines = table.counted if row["cuenta"] else table.outside
                lines.setdefault(row["renglon"], []).append(row)
    return table
