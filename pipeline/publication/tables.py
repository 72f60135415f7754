"""The declared list of public tables (`cuadros.toml`), and how their figures are called."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_name("cuadros.toml")
TOTAL = "total"


class Clave(NamedTuple):
    """One figure: table, period (`2026`, `2026-01..2026-10` for a year not over, `2026-T3`, `2026-B5`) and row."""

    cuadro: str
    periodo: str
    renglon: str


# What an edition published: every figure of it by key, None where it was reserved.
Publicado = dict[Clave, int | None]


@dataclass(frozen=True)
class Dato:
    """A figure and how many registros stand behind it (the figure itself where it counts registros)."""

    valor: int
    casos: int
    etiqueta: str


@dataclass(frozen=True)
class Cuadro:
    """A public table: what it is called, where its rows come from, whether they add up to the period's registros."""

    nombre: str
    titulo: str
    descripcion: str
    unidad: str
    por: str
    desglose: str = ""
    esquema: str = ""
    cierres: bool = False
    suma: bool = False


@cache
def _declared() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def tables() -> dict[str, Cuadro]:
    """Return the tables by name, in the order of the file."""
    return {name: Cuadro(name, **entry) for name, entry in _declared().items() if name != "iguales"}


def equal_rows() -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Return the pairs of (table, row) that who knows the guide takes for one figure."""
    pairs = [[name.split(".") for name in pair] for pair in _declared()["iguales"].values()]
    return [((a[0], a[1]), (b[0], b[1])) for a, b in pairs]
