"""The inventory of personal data: every column of the registry, with purpose, sensitivity, legal basis and retention (R32).

What a column is comes from `registry/tablas.toml`, what it is for from `inventario.toml`, the law from the configuration (R31).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sqlite_utils import Database

from pipeline.descriptions import table_docs

COLUMNS = (
    "tabla", "columna", "restringida", "descripcion", "finalidad", "sensibilidad", "fundamento", "conservacion", "regulador",
    "verificado",
)  # fmt: skip
COMMON = "columnas_comunes"
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
    """Return the purposes by table; `columnas_comunes`: of columns that mean the same everywhere."""
    return tomllib.loads((files("pipeline") / "privacy" / "inventario.toml").read_text("utf-8"))


def inventory(db: Database, law: Law) -> list[dict[str, str]]:
    """Return one row a column of every table, by their names. Raises `KeyError` for one untold."""
    docs, told = table_docs(), purposes()
    return [
        {
            "tabla": table,
            "columna": column,
            "restringida": "sí" if docs[table].restringida else "no",
            "descripcion": docs[table].columnas.get(column, ""),
            **{name: _said(told, table, column, name) for name in TOLD},
            "fundamento": law.fundamento or MISSING,
            "regulador": law.regulador or MISSING,
            "verificado": law.verificado or MISSING,
        }
        for table in sorted(docs)
        for column in (row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall())
    ]


def _said(told: dict[str, Any], table: str, column: str, name: str) -> str:
    """Return what the column's own line says, else the common one of its name, else the table's."""
    own = told[table].get("columnas", {}).get(column, {})
    return str(own.get(name) or told[COMMON].get(column, {}).get(name) or told[table][name])
