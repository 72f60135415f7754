"""A report as a neutral document: cover and blocks, which `html.py` and `word.py` write each in its own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from pipeline.charts.chart import Chart
from pipeline.figures.m1 import UNCOVERED

Celda = str | int | None
WIDE = 7  # columns from which a table is set in smaller letters, so that it fits a letter page


@dataclass(frozen=True)
class Titulo:
    """A heading; `nivel` 1 is a section (the document's own title stands on the cover)."""

    texto: str
    nivel: int = 1


@dataclass(frozen=True)
class Parrafo:
    """A paragraph; `estilo` is empty, `destacado` (the headline), `nota` (small print) or `aviso` (not to be missed)."""

    texto: str
    estilo: str = ""


@dataclass(frozen=True)
class Lista:
    """A bulleted list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Tabla:
    """A table with its header row; the first cell of each row names it. None is shown as a dash.

    `cifras`: its cells are figures of the period, which a closing freezes and a later version is compared with.
    """

    titulo: str
    columnas: tuple[str, ...]
    filas: tuple[tuple[Celda, ...], ...]
    nota: str = ""
    cifras: bool = True


@dataclass(frozen=True)
class Figura:
    """A chart; its `texto` is the alternative text, `nota` a line under its caption (a credit)."""

    titulo: str
    dibujo: Chart
    nota: str = ""


Bloque = Titulo | Parrafo | Lista | Tabla | Figura


@dataclass(frozen=True)
class Portada:
    """The cover: `estado` says whether it is a draft or which closed version; `firmas` are (role, name or empty)."""

    institucion: str
    titulo: str
    periodo: str
    estado: str
    datos: tuple[tuple[str, str], ...]
    firmas: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Documento:
    """The whole; `marca` (RESERVADO, BORRADOR) and `pie` are printed on every page; `apaisado`: the paper lies."""

    portada: Portada
    bloques: tuple[Bloque, ...]
    marca: str = ""
    pie: str = ""
    apaisado: bool = False


def shown(cell: Celda) -> str:
    """Return a cell as a reader sees it."""
    if cell is None:
        return "—"
    return f"{cell:,}" if isinstance(cell, int) else cell


def unbroken(text: str) -> str:
    """Return a text whose percentages stay on one line."""
    return text.replace(" %", "\u00a0%")


def numeric_columns(table: Tabla) -> frozenset[int]:
    """Return the columns to be set right: those of numbers, percentages and what stands for none, with one number at least."""
    found = set()
    for place in range(1, len(table.columnas)):
        cells = [row[place] for row in table.filas]
        if any(_is_number(cell) for cell in cells) and all(
            cell in (None, "", "—", UNCOVERED) or _is_number(cell) for cell in cells
        ):
            found.add(place)
    return frozenset(found)


def _is_number(cell: Celda) -> bool:
    return isinstance(cell, int) or (
        isinstance(cell, str) and cell.removesuffix(" %").replace(",", "").replace(".", "").isdigit()
    )


def announces(blocks: Sequence[Bloque], place: int) -> bool:
    """Return whether a block is a paragraph between a heading and the picture, table or heading that it announces."""
    around = blocks[max(place - 1, 0)], blocks[min(place + 1, len(blocks) - 1)]
    return (
        isinstance(blocks[place], Parrafo) and isinstance(around[0], Titulo) and isinstance(around[1], Figura | Tabla | Titulo)
    )


def numbered(blocks: tuple[Bloque, ...]) -> list[tuple[Bloque, int]]:
    """Return each block with its number among its kind (tables, pictures), 0 for the others."""
    numbers = {Tabla: count(1), Figura: count(1)}
    return [(block, next(numbers[type(block)]) if type(block) in numbers else 0) for block in blocks]
