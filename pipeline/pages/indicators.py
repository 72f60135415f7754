"""The indicator's page: rows of the views as they are, nothing computed again."""

import asyncio
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette

from pipeline.pages.readers import fetch
from pipeline.views import ViewDoc, view_docs

# The comparison of years holds every month, two months, quarter, half and year with its marks; the views of one kind of
# period say the same with the days compared, and are linked.
SHOWN = ("v_comparativo_anual", "v_por_alcaldia", "v_avance")
LINKED = ("v_indicador_mensual", "v_indicador_bimestral", "v_indicador_trimestral", "v_indicador_anual", "v_registros")
ROWS = 60


@dataclass(frozen=True)
class ViewTable:
    """One view on the page: its newest rows (at most `ROWS`), and whether there are more."""

    name: str
    title: str
    description: str
    columns: dict[str, str]
    rows: list[dict[str, Any]]
    more: bool


def newest_periods(comparison: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the last year, quarter and month of the comparison's rows, for the page's headline."""
    found = []
    for kind in ("anio", "trimestre", "mes"):
        rows = [row for row in comparison if row["tipo"] == kind]
        found += [max(rows, key=lambda row: str(row["inicio"]))] if rows else []
    return found


def linked_views() -> list[tuple[str, ViewDoc]]:
    """Return the views that the page names, with their descriptions."""
    return [(name, view_docs()[name]) for name in LINKED]


async def indicator_tables(site: Datasette) -> list[ViewTable]:
    """Return the views of the page with their rows."""
    docs = view_docs()
    found = await asyncio.gather(*(fetch(site, f"SELECT * FROM {name} LIMIT {ROWS + 1}") for name in SHOWN))
    return [
        ViewTable(name, docs[name].titulo, docs[name].descripcion, docs[name].columnas, rows[:ROWS], len(rows) > ROWS)
        for name, rows in zip(SHOWN, found, strict=True)
    ]
