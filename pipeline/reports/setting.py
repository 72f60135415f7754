"""How a document's blocks and cells are set, whatever the format: what a cell shows, what stands right, what stays together."""

from collections.abc import Sequence
from itertools import count

from pipeline.figures.m1 import UNCOVERED
from pipeline.reports.document import Bloque, Celda, Figura, Parrafo, Tabla, Titulo

WIDE = 7  # columns from which a table is set in smaller letters, so that it fits a letter page


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
