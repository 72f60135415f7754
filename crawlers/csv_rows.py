"""CSV files that people write: their rows with the line where each begins; what is wrong is told by file, line and column."""

import csv
import io
from pathlib import Path


class CsvError(ValueError):
    """A file that is no CSV in UTF-8; the message names file, line and column, in Spanish."""


def read_csv(path: Path) -> list[tuple[int, list[str]]]:
    """Return (line where the row begins, trimmed cells) of every row that is not blank, the header first. Raises `CsvError`."""
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((start, [cell.strip() for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        raise CsvError(f"{path}: línea {start}, columna 1: el CSV está mal formado ({error})") from error
    return rows


def _text(path: Path) -> str:
    """Return the file's text. Raises `CsvError` when it cannot be read, is not UTF-8, or holds null characters."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise CsvError(f"{path}: no existe el archivo") from None
    except OSError as error:
        raise CsvError(f"{path}: no se puede leer el archivo ({error.strerror or error})") from error
    place = raw.find(b"\0")
    if place >= 0:
        raise CsvError(f"{_where(path, raw, place)}: el texto trae un carácter nulo")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CsvError(f"{_where(path, raw, error.start)}: el texto no está en UTF-8") from error


def _where(path: Path, raw: bytes, place: int) -> str:
    """Return file, line and column (its number) of a byte."""
    before = raw[:place].split(b"\n")
    return f"{path}: línea {len(before)}, columna {before[-1].count(b',') + 1}"
