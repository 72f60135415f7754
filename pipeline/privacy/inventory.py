"""The inventory of personal data: every column that may hold some, with purpose, sensitivity, legal basis and retention (R32).

What a column is comes from `registry/tablas.toml`, what it is for from `inventario.toml`, the law from the configuration (R31).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sqlite_utils import Database

from pipeline.descriptions import restricted_tables, table_docs

COLUMNS = (
    "tabla", "columna", "descripcion", "finalidad", "sensibilidad", "fundamento", "conservacion", "regulador", "verificado",
)  # fmt: skip
MISSING = "por llenar (hallazgos.toml, [inventario])"
TOLD = ("finalidad", "sensibilidad", "conservacion")


@dataclass(frozen=True)
class Law:
    """What the institution says of the law in force: who regulates, the citations, the day on which that was last checked."""

    regulador: str
    fundamento: str
    verificado: str


@cache
def purposes() -> dict[str, Any]:
    """Return the purposes by restricted table."""
    return tomllib.loads((files("pipeline") / "privacy" / "inventario.toml").read_text("utf-8"))


def inventory(db: Database, law: Law) -> list[dict[str, str]]:
    """Return one row a column of every restricted table, in the order of the registry. Raises `KeyError` for one untold."""
    docs, told = table_docs(), purposes()
    return [
        {
            "tabla": table,
            "columna": column,
            "descripcion": docs[table].columnas.get(column, ""),
            **{name: _said(told[table], column, name) for name in TOLD},
            "fundamento": law.fundamento or MISSING,
            "regulador": law.regulador or MISSING,
            "verificado": law.verificado or MISSING,
        }
        for table in sorted(restricted_tables())
        for column in (row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall())
    ]


def _said(table: dict[str, Any], column: str, name: str) -> str:
    return str(table.get("columnas", {}).get(column, {}).get(name, table[name]))
