"""Reads the first table of a CSV or XLSX file as numbered rows of text; what cannot be read is named in one line."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errores import ErrorDeUso, reason


@dataclass(frozen=True)
class Fila:
    """One row: its number in the file (the header is line 1) and its cells as text, by column name."""

    linea: int
    celdas: dict[str, str]


def read_sheet(path: Path) -> tuple[list[str], list[Fila]]:
    """Return (column names in lower case, rows that are not empty). Raises `ErrorDeUso` for what is no such file."""
    readers = {".csv": csv_lines, ".xlsx": xlsx_lines}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ErrorDeUso(f"{path}: la extensión debe ser .csv o .xlsx")
    if not path.is_file():
        raise ErrorDeUso(f"{path}: {'es una carpeta' if path.is_dir() else 'no existe el archivo'}")
    lines = list(reader(path))
    if not lines:
        raise ErrorDeUso(f"{path}: está vacío")
    header = [name.strip().lower() for name in lines[0][1]]
    while header and not header[-1]:
        header.pop()
    rows = [Fila(number, named(path, number, header, cells)) for number, cells in lines[1:] if any(c.strip() for c in cells)]
    return header, rows


def named(path: Path, number: int, header: list[str], cells: list[str]) -> dict[str, str]:
    """Return the cells by column name; missing ones at the end are empty, surplus ones an error."""
    if any(cell.strip() for cell in cells[len(header) :]):
        raise ErrorDeUso(f"{path}: línea {number}: hay más celdas ({len(cells)}) que columnas ({len(header)})")
    padded = [*cells, *[""] * len(header)][: len(header)]
    return {name: cell.strip() for name, cell in zip(header, padded, strict=True)}


def csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of a CSV in UTF-8, with or without BOM, separated by commas or semicolons."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ErrorDeUso(f"{path}: no está en UTF-8; en Excel se guarda como «CSV UTF-8»") from error
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede leer: {reason(error)}") from error
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first and "," not in first else ",")
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise ErrorDeUso(f"{path}: línea {reader.line_num}: el CSV está mal formado") from error


def xlsx_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of the first sheet of a workbook; whole numbers come without decimals."""
    import openpyxl  # noqa: PLC0415 - needed for one format only
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ErrorDeUso(f"{path}: no es un libro XLSX que se pueda leer") from error
    try:
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            yield number, [cell_text(cell) for cell in cells]
    finally:
        book.close()


def cell_text(cell: object) -> str:
    """Return a workbook's cell as text."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
