"""A year's plan as a file (`clave,seccion,actividad,…` as in `metas_2021.csv`): read whole or refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.errores import ErrorDeUso
from pipeline.figures.sheets import Fila
from pipeline.plan.sheet import amount, refuse, rows_of

SHIPPED = Path(__file__).with_name("metas_2021.csv")
SHIPPED_YEAR = 2021
REQUIRED = ("clave", "seccion", "actividad", "meta_programada", "indicador", "formula_tipo", "unidad")
TEXTS = ("linea_base", "frecuencia", "responsables", "dimension", "definicion", "metodo_literal", "fuente_informacion")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "formula_tipo": (
        "realizado/programado",
        "periodo/periodo_inmediato_anterior",
        "periodo/mismo_periodo_anio_anterior",
        "conteo",
        "n/a",
    ),
    "sentido": ("ascendente", "descendente", ""),
    "medicion": ("a_mano", "monitoreo", "base_ddhh", "base_mpi"),
}
OPTIONAL = ("valor_meta", "sentido", "programado", "medicion", *TEXTS)


@dataclass(frozen=True)
class Goal:
    """One indicator: `columns` are the row of `metas` but for the year."""

    clave: str
    columns: dict[str, object]


def chosen(path: Path | None, year: int, *, shipped: bool) -> Path:
    """Return the file of a year's plan: the one named, else the shipped one for its own year, or for another if asked so.

    Raises `ErrorDeUso` where nobody said whose texts another year's plan takes.
    """
    if path is not None:
        if shipped:
            raise ErrorDeUso(f"{path}: --incluido es para cargar el plan incluido, sin ARCHIVO")
        return path
    if shipped or year == SHIPPED_YEAR:
        return SHIPPED
    told = f"diga el ARCHIVO del plan de {year}, o --incluido para tomar como suyos los textos de {SHIPPED_YEAR}"
    raise ErrorDeUso(f"no hay un plan de {year} incluido (sólo el de {SHIPPED_YEAR}): {told}")


def read_goals(path: Path = SHIPPED) -> list[Goal]:
    """Return the plan of a file, in its order. Raises `ErrorDeUso` with every bad cell."""
    errors: list[str] = []
    goals: dict[str, Goal] = {}
    for number, row in enumerate(rows_of(path, REQUIRED, OPTIONAL), 1):
        goal = read_goal(row, number, errors)
        if goal.clave in goals:
            errors.append(f"línea {row.linea}, columna clave: {goal.clave} ya está en otra línea")
        goals.setdefault(goal.clave, goal)
    refuse(path, errors)
    return list(goals.values())


def read_goal(row: Fila, order: int, errors: list[str]) -> Goal:
    """Return one line's indicator, its errors added to `errors`."""
    for column in ("clave", "actividad"):
        if not row.celdas[column]:
            errors.append(f"línea {row.linea}, columna {column}: está vacía")
    told = {column: row.celdas.get(column, "") for column in (*REQUIRED, *TEXTS)}
    chosen = {column: choice(row, column, errors) for column in CHOICES}
    numbers = {"valor_meta": amount(row, "valor_meta", errors), "programado": schedule(row, errors)}
    return Goal(row.celdas["clave"], {"orden": order, **told, **chosen, **numbers})


def choice(row: Fila, column: str, errors: list[str]) -> str:
    """Return a cell that must be one of its choices; absent or empty `medicion` is `a_mano`."""
    text = row.celdas.get(column, "") or ("a_mano" if column == "medicion" else "")
    if text not in CHOICES[column]:
        allowed = ", ".join(word or "(vacía)" for word in CHOICES[column])
        errors.append(f"línea {row.linea}, columna {column}: «{text}» no es ninguno de: {allowed}")
    return text


def schedule(row: Fila, errors: list[str]) -> str | None:
    """Return `programado` («25 25 25 25», in percent) as a JSON list, None when the schedule does not name the indicator."""
    text = row.celdas.get("programado", "")
    parts = text.split()
    whole = [int(part) for part in parts if part.isascii() and part.isdigit()]
    if text and (len(whole) != 4 or len(parts) != 4 or sum(whole) != 100):
        errors.append(f"línea {row.linea}, columna programado: «{text}» no son cuatro enteros que sumen 100")
    return json.dumps(whole) if whole else None
