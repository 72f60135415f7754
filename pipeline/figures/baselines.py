"""`importar totales`: monthly totals on paper (CSV or XLSX: `anio,mes,total[,indicador][,unidad][,fuente]`) as baselines."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pipeline.errores import ErrorDeUso
from pipeline.figures.m1 import INDICATOR, OWN_UNIT, Unidad
from pipeline.figures.sheets import Fila, read_sheet
from pipeline.grouping.names import fold
from pipeline.imports.mapping import Campo
from pipeline.registry.baselines import TotalMensual

REQUIRED = ("anio", "mes", "total")
OPTIONAL = ("indicador", "unidad", "fuente")
# The plan's indicators that are a ratio to the year before (marco.md, section 2).
INDICATORS = ("1.2.1", INDICATOR, "1.5.1", "1.5.2", "5.2")
# Every other indicator is counted in records of its own.
OTHER_UNIT = "registro"
SHOWN_ERRORS = 20


def read_totals(path: Path, campos: Mapping[str, Campo] | None = None) -> list[TotalMensual]:
    """Return the totals of a file. Raises `ErrorDeUso` with every bad cell (line and column) and takes nothing of it."""
    header, rows = read_sheet(path)
    if campos is not None:
        if missing := sorted({campo.columna for campo in campos.values()} - {"", *header}):
            raise ErrorDeUso(f"{path}: línea 1: faltan las columnas: {', '.join(missing)}")
        header, rows = list(campos), [replace(row, celdas=mapped(row, campos)) for row in rows]
    check_header(path, header)
    errors: list[str] = []
    totals = [total for row in rows if (total := read_total(row, errors)) is not None]
    errors += repeated(rows, totals) if not errors else []
    if not rows:
        errors.append("no trae ningún total")
    if errors:
        more = [f"… y {len(errors) - SHOWN_ERRORS} errores más"] if len(errors) > SHOWN_ERRORS else []
        raise ErrorDeUso("\n".join(f"{path}: {error}" for error in errors[:SHOWN_ERRORS] + more))
    return totals


def mapped(row: Fila, campos: Mapping[str, Campo]) -> dict[str, str]:
    """Return a foreign row's cells by the names of ours; a word that `valores` gives is read as it says."""
    texts = {name: campo.fijo or row.celdas.get(campo.columna, "") for name, campo in campos.items()}
    return {name: (campos[name].valores or {}).get(fold(text), text) for name, text in texts.items()}


def check_header(path: Path, header: list[str]) -> None:
    """Raise `ErrorDeUso` for a missing, unknown or repeated column."""
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name not in REQUIRED + OPTIONAL]
    doubled = sorted({name for name in header if header.count(name) > 1})
    expected = f"se esperan {', '.join(REQUIRED)} y, si se quiere, {', '.join(OPTIONAL)}"
    for names, what in ((missing, "faltan"), (doubled, "se repiten"), (unknown, "no se conocen")):
        if names:
            raise ErrorDeUso(
                f"{path}: línea 1: {what} las columnas: {', '.join(n or '(sin nombre)' for n in names)}; {expected}"
            )


def read_total(row: Fila, errors: list[str]) -> TotalMensual | None:
    """Return one row's total, or None with its errors added to `errors`."""
    before = len(errors)
    year = whole(row, "anio", 1900, 2999, errors)
    month = whole(row, "mes", 1, 12, errors)
    total = whole(row, "total", 0, 1_000_000, errors)
    indicator = one_of(row, "indicador", INDICATORS, INDICATOR, errors)
    units = units_of(indicator)
    unit = one_of(row, "unidad", units, units[0], errors)
    if len(errors) > before:
        return None
    return TotalMensual(year, month, total, indicator, unit, row.celdas.get("fuente", ""))


def units_of(indicator: str) -> tuple[str, ...]:
    """Return the units in which an indicator's totals may come, the default first."""
    return tuple(unit.value for unit in Unidad) if indicator == INDICATOR else (OWN_UNIT.get(indicator, OTHER_UNIT),)


def whole(row: Fila, column: str, low: int, high: int, errors: list[str]) -> int:
    """Return a cell as a whole number between `low` and `high`; 0 with an error otherwise."""
    text = row.celdas[column]
    if re.fullmatch(r"[0-9]{1,9}", text) and low <= int(text) <= high:
        return int(text)
    shown = f"«{text}» no es" if text else "está vacía; se espera"
    errors.append(f"línea {row.linea}, columna {column}: {shown} un número entero entre {low} y {high}")
    return 0


def one_of(row: Fila, column: str, allowed: tuple[str, ...], default: str, errors: list[str]) -> str:
    """Return a cell that must be one of `allowed`; an empty or absent one is `default`."""
    text = row.celdas.get(column, "") or default
    if text not in allowed:
        errors.append(f"línea {row.linea}, columna {column}: «{text}» no es ninguno de: {', '.join(allowed)}")
    return str(text)


def repeated(rows: list[Fila], totals: list[TotalMensual]) -> list[str]:
    """Return an error for each key that a file gives twice, naming both lines."""
    seen: dict[str, int] = {}
    errors = []
    for row, total in zip(rows, totals, strict=True):
        if total.clave in seen:
            errors.append(f"línea {row.linea}, columna mes: {total.clave} ya está en la línea {seen[total.clave]}")
        seen.setdefault(total.clave, row.linea)
    return errors
