"""The catalogue file (CSV): every cell is checked on reading; writing replaces the file whole or not at all."""

import csv
import io
import os
import re
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from crawlers.csv_rows import CsvError, read_csv
from crawlers.urls import is_web_address

COLUMNS = (
    "id", "nombre", "tipo", "sitio", "rss", "seccion_url", "sitemap", "activa", "alta", "verificada_en", "notas", "incluir",
    "excluir",
)  # fmt: skip
REQUIRED = COLUMNS[:8]
READERS = ("rss", "seccion_url", "sitemap")
# design, "Roles" (fuentes.tipo)
TIPOS = (
    "medio_nacional", "medio_local", "medio_independiente", "agencia", "organizacion", "organismo_ddhh", "gobierno",
    "agregador",
)  # fmt: skip
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class CatalogueError(Exception):
    """A catalogue that is refused whole; the message names file, line and column."""


def _check_slug(text: str) -> str:
    return "" if _SLUG.fullmatch(text) else f"«{text}» no sirve de id: sólo minúsculas, cifras, «_» y «-»"


def _check_filled(text: str) -> str:
    return "" if text else "está vacía"


def _check_tipo(text: str) -> str:
    return "" if text in TIPOS else f"«{text}» no es un tipo de fuente; son: {', '.join(TIPOS)}"


def _check_url(text: str) -> str:
    return "" if not text or is_web_address(text) else f"«{text}» no es una dirección http o https"


def _check_site(text: str) -> str:
    return _check_filled(text) or _check_url(text)


def _check_flag(text: str) -> str:
    return "" if text in ("0", "1") else f"«{text}» no es 1 (activa) ni 0 (inactiva)"


def _check_day(text: str) -> str:
    try:
        return "" if not text or date.fromisoformat(text).isoformat() == text else f"«{text}» no es un día AAAA-MM-DD"
    except ValueError:
        return f"«{text}» no es un día AAAA-MM-DD"


def _check_pattern(text: str) -> str:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        return f"«{text}» no es una expresión regular: {error}"
    return ""


# column → what is wrong with a cell ('' if nothing)
CHECKS: dict[str, Callable[[str], str]] = {
    "id": _check_slug,
    "nombre": _check_filled,
    "tipo": _check_tipo,
    "sitio": _check_site,
    "rss": _check_url,
    "seccion_url": _check_url,
    "sitemap": _check_url,
    "activa": _check_flag,
    "alta": _check_day,
    "verificada_en": _check_day,
    "incluir": _check_pattern,
    "excluir": _check_pattern,
}


def _check_header(path: Path, line: int, header: list[str]) -> None:
    """Raise `CatalogueError` on an unknown, repeated or missing column."""
    for place, name in enumerate(header):
        if name not in COLUMNS:
            raise CatalogueError(f"{path}: línea {line}, columna {name or place + 1}: no es una columna del catálogo")
        if name in header[:place]:
            raise CatalogueError(f"{path}: línea {line}, columna {name}: está repetida")
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise CatalogueError(f"{path}: línea {line}, columna {missing[0]}: falta esta columna")


def check_row(row: dict[str, str]) -> tuple[str, str] | None:
    """Return (column, what is wrong) of the first bad cell, or None."""
    for column, check in CHECKS.items():
        if column in row and (fault := check(row[column])):
            return column, fault
    if row["activa"] == "1" and not any(row.get(name) for name in READERS):
        return "rss", "la fuente está activa y no tiene con qué leerse (rss, seccion_url o sitemap)"
    return None


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return every row, all `COLUMNS` present. Raises `CatalogueError` naming file, line and column of the first fault."""
    try:
        (line, header), *rows = read_csv(path) or [(1, [])]
    except CsvError as error:
        raise CatalogueError(str(error)) from error
    if not header:
        raise CatalogueError(f"{path}: línea 1, columna id: el catálogo está vacío")
    _check_header(path, line, header)
    found: dict[str, dict[str, str]] = {}
    for line, cells in rows:
        if len(cells) != len(header):
            place = header[-1] if len(cells) > len(header) else header[len(cells)]
            raise CatalogueError(f"{path}: línea {line}, columna {place}: hay {len(cells)} celdas y {len(header)} columnas")
        row = dict(zip(header, cells, strict=True))
        if fault := check_row(row):
            raise CatalogueError(f"{path}: línea {line}, columna {fault[0]}: {' '.join(fault[1].split())}")
        if row["id"] in found:
            raise CatalogueError(f"{path}: línea {line}, columna id: «{row['id']}» está repetido")
        found[row["id"]] = dict.fromkeys(COLUMNS, "") | row
    return list(found.values())


def write_rows(path: Path, rows: Sequence[dict[str, str]]) -> None:
    """Write the catalogue beside `path`, then put it in its place, so that a reader sees the old or the new one."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_whole(path, text.getvalue().encode("utf-8"))


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` in the file's place at once; its folder is made if missing, its mode kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary = Path(file.name)
    temporary.chmod(mode)
    temporary.replace(path)
