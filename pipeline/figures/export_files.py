"""Tables as files: CSV for spreadsheets, XLSX with typed cells, JSON. The same tables give the same bytes."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errores import ErrorDeUso

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | None
# A spreadsheet reads a text that begins so as a formula (OWASP, "CSV injection"); a leading quote keeps it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# A workbook carries its date of creation; a fixed one keeps the bytes equal.
CREATED = datetime(2000, 1, 1)
WIDEST = 60


@dataclass(frozen=True)
class Tabla:
    """One table to be written: name of its sheet, column names, rows of cells in the columns' order."""

    nombre: str
    columnas: tuple[str, ...]
    filas: Sequence[Sequence[Cell]]


def write_tables(path: Path, tables: Sequence[Tabla]) -> None:
    """Write `tables` in the format of the file's extension, all or nothing; a CSV holds the first one only.

    Raises `ErrorDeUso` as `check_target` does.
    """
    check_target(path)
    write_atomically(path, WRITERS[path.suffix.lower()](tables))


def check_target(path: Path) -> None:
    """Raise `ErrorDeUso` for an extension that has no format, or a folder that is not there."""
    if path.suffix.lower() not in WRITERS:
        raise ErrorDeUso(f"{path}: la extensión debe ser {', '.join(WRITERS)}")
    if not path.parent.is_dir():
        raise ErrorDeUso(f"{path}: no existe la carpeta {path.parent}")
    if path.is_dir():
        raise ErrorDeUso(f"{path}: es una carpeta")


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` in `path` through a private temporary file beside it: readers see the old file or the new one."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede escribir en {path.parent}: {error.strerror}") from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def as_csv(tables: Sequence[Tabla]) -> bytes:
    """Return the first table as CSV, UTF-8 with BOM so that spreadsheets read the accents; formulas neutralised."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(tables[0].columnas)
    writer.writerows([neutral(cell) for cell in row] for row in tables[0].filas)
    return out.getvalue().encode("utf-8-sig")


def neutral(cell: Cell) -> Cell:
    """Return a text that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def as_json(tables: Sequence[Tabla]) -> bytes:
    """Return every table but as objects, by name of table."""
    content = {table.nombre: [dict(zip(table.columnas, row, strict=True)) for row in table.filas] for table in tables}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def as_xlsx(tables: Sequence[Tabla]) -> bytes:
    """Return a workbook, a sheet a table: header frozen and filtered, numbers and days typed, texts never formulas."""
    import xlsxwriter  # noqa: PLC0415 - needed for one format only

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": CREATED})
        formats = {
            "header": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "number": book.add_format({"valign": "top"}),
        }
        for table in tables:
            write_sheet(book.add_worksheet(table.nombre), table, formats)
    return out.getvalue()


def write_sheet(sheet: "Worksheet", table: Tabla, formats: "dict[str, Format]") -> None:
    """Write one table to an xlsxwriter sheet, column by column."""
    sheet.write_row(0, 0, table.columnas, formats["header"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.filas), 1), len(table.columnas) - 1)
    for column, name in enumerate(table.columnas):
        cells = [row[column] for row in table.filas]
        sheet.set_column(column, column, width(name, cells))
        for line, cell in enumerate(cells, 1):
            if (moment := as_day(cell)) is not None:
                sheet.write_datetime(line, column, moment, formats["day"])
            elif isinstance(cell, str):
                sheet.write_string(line, column, cell, formats["text"])
            elif cell is not None:
                sheet.write_number(line, column, cell, formats["number"])


def as_day(cell: Cell) -> datetime | None:
    """Return the day that a text `AAAA-MM-DD` stands for, else None."""
    if not isinstance(cell, str) or len(cell) != 10 or cell[4:8:3] != "--":
        return None
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        return None


def width(name: str, cells: Sequence[Cell]) -> int:
    """Return a column's width in characters, bounded so that long texts wrap."""
    return min(WIDEST, max([len(name) + 4, *(len(str(cell)) + 1 for cell in cells if cell is not None)]))


WRITERS: dict[str, Callable[[Sequence[Tabla]], bytes]] = {".csv": as_csv, ".xlsx": as_xlsx, ".json": as_json}
