"""The indicator's page: rows of the views as they are, nothing computed again."""

import asyncio
from dataclasses import dataclass
from typing import Any

from datasette.app import Datasette

from pipeline.pages.readers import fetch
from pipeline.views import view_docs

# in the order of the page: the comparison of years first, then from the longest period to the shortest
SHOWN = (
    "v_comparativo_anual",
    "v_indicador_anual",
    "v_indicador_trimestral",
    "v_indicador_bimestral",
    "v_indicador_mensual",
    "v_por_alcaldia",
)
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


async def indicator_tables(site: Datasette) -> list[ViewTable]:
    """Return the views of the indicator with their rows."""
    docs = view_docs()
    found = await asyncio.gather(*(fetch(site, f"SELECT * FROM {name} LIMIT {ROWS + 1}") for name in SHOWN))
    return [
        ViewTable(name, docs[name].titulo, docs[name].descripcion, docs[name].columnas, rows[:ROWS], len(rows) > ROWS)
        for name, rows in zip(SHOWN, found, strict=True)
    ]
