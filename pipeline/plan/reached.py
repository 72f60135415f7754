"""What was reached of the plan as a file: `trimestre,clave,alcanzado[,programado][,nota]`, `trimestre` as `2026-T3`."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.errores import ErrorDeUso
from pipeline.figures.sheets import Fila
from pipeline.periodos import parse_period
from pipeline.plan.sheet import amount, refuse, rows_of

REQUIRED = ("trimestre", "clave", "alcanzado")
OPTIONAL = ("programado", "nota")


@dataclass(frozen=True)
class Reached:
    """What was reached of an indicator in a quarter, in its unit; `programado`: what was planned for it, where told."""

    anio: int
    trimestre: int
    clave: str
    alcanzado: float
    programado: float | None = None
    nota: str = ""

    @property
    def key(self) -> tuple[int, str, int]:
        """The row's key in `avances`."""
        return self.anio, self.clave, self.trimestre


def read_reached(path: Path) -> list[tuple[int, Reached]]:
    """Return (line, what was reached) of a file. Raises `ErrorDeUso` with every bad cell."""
    errors: list[str] = []
    found: dict[tuple[int, str, int], tuple[int, Reached]] = {}
    for row in rows_of(path, REQUIRED, OPTIONAL):
        told = read_row(row, errors)
        if told and told.key in found:
            errors.append(f"línea {row.linea}: {told.clave} de ese trimestre ya está en la línea {found[told.key][0]}")
        if told:
            found.setdefault(told.key, (row.linea, told))
    refuse(path, errors)
    return list(found.values())


def read_row(row: Fila, errors: list[str]) -> Reached | None:
    """Return one line's, or None with its errors added to `errors`."""
    before = len(errors)
    quarter = read_quarter(row, errors)
    reached = amount(row, "alcanzado", errors)
    planned = amount(row, "programado", errors)
    if reached is None and len(errors) == before:
        errors.append(f"línea {row.linea}, columna alcanzado: está vacía; si no se hizo nada, escriba 0")
    if reached is None or len(errors) > before:
        return None
    return Reached(*quarter, row.celdas["clave"], reached, planned, row.celdas.get("nota", ""))


def read_quarter(row: Fila, errors: list[str]) -> tuple[int, int]:
    """Return (year, quarter) of the cell, (0, 0) with an error otherwise."""
    text = row.celdas["trimestre"]
    try:
        return quarter_of(text)
    except ErrorDeUso:
        errors.append(f"línea {row.linea}, columna trimestre: «{text}» no es un trimestre; se escribe como 2026-T3")
        return 0, 0


def quarter_of(text: str) -> tuple[int, int]:
    """Return (year, quarter) of `2026-T3`. Raises `ErrorDeUso` for any other period."""
    period = parse_period(text)
    year, _, quarter = period.clave.partition("-T")
    if not quarter:
        raise ErrorDeUso(f"periodo «{text}»: se espera un trimestre, como 2026-T3")
    return int(year), int(quarter)
