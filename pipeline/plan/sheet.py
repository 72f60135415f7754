"""Files of the plan: the columns that they must have, and every bad cell named by line and column before anything is taken."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

from pipeline.errores import ErrorDeUso
from pipeline.figures.sheets import Fila, read_sheet
from pipeline.registry.plan import Arrival

SHOWN_ERRORS = 20


def rows_of(path: Path, required: Sequence[str], optional: Sequence[str]) -> list[Fila]:
    """Return the rows of a CSV or XLSX. Raises `ErrorDeUso` for missing, unknown or repeated columns, and for no rows."""
    header, rows = read_sheet(path)
    problems = {
        "faltan": [name for name in required if name not in header],
        "se repiten": sorted({name for name in header if header.count(name) > 1}),
        "no se conocen": [name or "(sin nombre)" for name in header if name not in (*required, *optional)],
    }
    for what, names in problems.items():
        if names:
            expected = f"se esperan {', '.join(required)} y, si se quiere, {', '.join(optional)}"
            raise ErrorDeUso(f"{path}: línea 1: {what} las columnas: {', '.join(names)}; {expected}")
    if not rows:
        raise ErrorDeUso(f"{path}: no trae ningún renglón")
    return rows


def refuse(path: Path, errors: Sequence[str]) -> None:
    """Raise `ErrorDeUso` with the errors, if there are any: the file is taken whole or not at all."""
    if errors:
        more = [f"… y {len(errors) - SHOWN_ERRORS} errores más"] if len(errors) > SHOWN_ERRORS else []
        raise ErrorDeUso("\n".join(f"{path}: {error}" for error in [*errors[:SHOWN_ERRORS], *more]))


def amount(row: Fila, column: str, errors: list[str]) -> float | None:
    """Return a cell as a number of zero or more, None when it is empty or (with an error) is none."""
    text = row.celdas.get(column, "")
    if not text:
        return None
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,4})?", text):
        return float(text)
    errors.append(f"línea {row.linea}, columna {column}: «{text}» no es un número de cero o más (con punto decimal)")
    return None


def arrival(table: str, path: Path, *, rehearsal: bool = False) -> Arrival:
    """Return what is kept of a file that fills `table`: its name and its SHA-256."""
    return Arrival(table, path.name, hashlib.sha256(path.read_bytes()).hexdigest(), rehearsal)
