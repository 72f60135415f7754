"""What every table and column of the registry means, in Spanish, and which tables are restricted (`registry/tablas.toml`)."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

TABLES_FILE = Path(__file__).parent / "registry" / "tablas.toml"
COMMON = "columnas_comunes"
# FTS5 keeps an index in tables of its own; they are as restricted as the index.
SHADOW = re.compile(r"_fts_(?:data|idx|docsize|config|content)$")


@dataclass(frozen=True)
class TableDoc:
    """One table: its title, its description, whether it carries names or texts, and a description by column.

    `columnas` holds the common ones too; `propias` names those that the table describes itself.
    """

    titulo: str
    descripcion: str
    restringida: bool = False
    columnas: dict[str, str] = field(default_factory=dict)
    propias: frozenset[str] = frozenset()


@cache
def table_docs() -> dict[str, TableDoc]:
    """Return every table's description; a column's own line wins over the common one of its name."""
    raw = tomllib.loads(TABLES_FILE.read_text("utf-8"))
    common = raw.pop(COMMON)
    return {
        name: TableDoc(
            entry["titulo"],
            entry["descripcion"],
            entry.get("restringida", False),
            {**common, **entry.get("columnas", {})},
            frozenset(entry.get("columnas", {})),
        )
        for name, entry in raw.items()
    }


def is_restricted(table: str) -> bool:
    """Tell whether a table (or a shadow of a full-text index) is of the closed list that carries names or texts."""
    doc = table_docs().get(SHADOW.sub("_fts", table))
    return doc is None or doc.restringida


def restricted_tables() -> frozenset[str]:
    """Return the closed list R: tables and full-text indexes, without the shadow tables of the indexes."""
    return frozenset(name for name, doc in table_docs().items() if doc.restringida)
