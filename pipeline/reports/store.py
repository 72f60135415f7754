"""Closed reports as they were signed: their bytes and their figures, read from `cierres`."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.reports.document import Celda, Documento, Tabla

STORED = "SELECT documento, sha256, documento_docx, sha256_docx FROM cierres WHERE periodo = ? AND version = ?"
FIGURES = "SELECT periodo, version, cuando, cifras FROM cierres"
LISTED = "SELECT * FROM v_cierres"


@dataclass(frozen=True)
class Firmado:
    """The newest closing of a period: its version, when, and the tables that it froze."""

    version: int
    cuando: str
    cuadros: tuple[Tabla, ...]


def frozen(indicators: dict[str, dict[str, Any]], document: Documento) -> str:
    """Return as JSON what a closing keeps of a report: its indicators by key, and every table of figures."""
    tables = [
        {"titulo": block.titulo, "columnas": block.columnas, "filas": block.filas}
        for block in document.bloques
        if isinstance(block, Tabla) and block.cifras
    ]
    return json.dumps({"indicadores": indicators, "cuadros": tables}, ensure_ascii=False)


def last_signed(db: Database, periodo: str) -> Firmado | None:
    """Return the newest closing of a period, or None."""
    found = db.execute(f"{FIGURES} WHERE periodo = ? ORDER BY version DESC LIMIT 1", [periodo]).fetchone()
    return None if found is None else signed(*found[1:])


def signed_versions(db: Database) -> dict[str, list[Firmado]]:
    """Return every closing by its period, oldest version first."""
    found: dict[str, list[Firmado]] = {}
    for periodo, *row in db.execute(f"{FIGURES} ORDER BY periodo, version"):
        found.setdefault(periodo, []).append(signed(*row))
    return found


def signed(version: int, when: str, figures: str) -> Firmado:
    """Return a closing from its row."""
    tables = tuple(
        Tabla(table["titulo"], tuple(table["columnas"]), tuple(map(tuple, table["filas"])))
        for table in json.loads(figures)["cuadros"]
    )
    return Firmado(version, when, tables)


def signed_bytes(db: Database, periodo: str, version: int, suffix: str) -> bytes:
    """Return a closed report as it was signed (PDF: its HTML). Raises `ErrorDeUso` if there is none, or it is damaged."""
    found = db.execute(STORED, [periodo, version]).fetchone()
    if found is None:
        raise ErrorDeUso(f"no hay versión {version} de {periodo}; las que hay se ven con «hallazgos informe --cerrados»")
    html, digest, docx, docx_digest = found
    data, told = (docx, docx_digest) if suffix == ".docx" else (html.encode(), digest)
    if hashlib.sha256(data).hexdigest() != told:
        raise ErrorDeUso(f"{periodo}, versión {version}: el documento guardado no da su huella; recupere un respaldo")
    return bytes(data)


def closings(db: Database) -> list[dict[str, Any]]:
    """Return the rows of `v_cierres`, newest periods first."""
    return list(db.query(LISTED))


def cells_of(tables: tuple[Tabla, ...]) -> dict[tuple[str, str, str], Celda]:
    """Return every figure under (table, row, column); a row's name that repeats is told apart by its place."""
    found: dict[tuple[str, str, str], Celda] = {}
    for table in tables:
        seen: dict[str, int] = {}
        for name, *cells in table.filas:
            seen[str(name)] = seen.get(str(name), 0) + 1
            row = str(name) if seen[str(name)] == 1 else f"{name} ({seen[str(name)]})"
            for column, cell in zip(table.columnas[1:], cells, strict=True):
                found[table.titulo, row, column] = cell
    return found
