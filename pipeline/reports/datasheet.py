"""The *ficha técnica* of the plan's indicators, from the plan loaded for the year, else from the one that is shipped."""

from collections.abc import Iterator, Mapping

from sqlite_utils import Database

from pipeline.periodos import parse_period
from pipeline.plan.goals import SHIPPED_YEAR, read_goals
from pipeline.reports.document import Bloque, Parrafo, Tabla, Titulo
from pipeline.reports.facts import Hechos

SHOWN = {
    "actividad": "Actividad",
    "meta_programada": "Meta programada",
    "indicador": "Indicador",
    "dimension": "Dimensión para medir",
    "definicion": "Definición",
    "metodo_literal": "Método de cálculo",
    "unidad": "Unidad de medida",
    "linea_base": "Línea base",
    "frecuencia": "Frecuencia",
    "responsables": "Responsables",
    "fuente_informacion": "Fuente de información",
}
KEYS = ("1.4", "1.5.1", "1.5.2")
QUARTERS = """
SELECT anio || '-T' || trimestre, programado, alcanzado, porcentaje, avance, avance_acumulado, sentido, situacion
FROM v_plan_trimestre WHERE anio = ? AND clave = ? ORDER BY trimestre
"""
COLUMNS = ("Trimestre", "Meta, %", "Registros", "M1, %", "Avance, %", "Avance acumulado, %", "Sentido", "Situación")


def datasheet(db: Database, facts: Hechos) -> Iterator[Bloque]:
    """Yield the record of each indicator, and the year's schedule of 1.4 when its plan was loaded."""
    year = facts.periodo.fin.year
    loaded = {str(row["clave"]): row for row in db.query("SELECT * FROM metas WHERE anio = ?", [year])}
    shipped: dict[str, Mapping[str, object]] = {goal.clave: goal.columns for goal in read_goals()}
    goals: Mapping[str, Mapping[str, object]] = loaded or shipped
    yield Titulo("Ficha técnica de los indicadores")
    yield Parrafo(origin(year, loaded, shipped))
    for key in KEYS:
        if key in goals:
            rows = tuple((name, str(goals[key][column] or "")) for column, name in SHOWN.items())
            yield Tabla(f"Ficha técnica del indicador {key}", ("Concepto", "Según el plan"), rows, cifras=False)
    if loaded:
        yield from schedule(db, year)


def origin(year: int, loaded: Mapping[str, Mapping[str, object]], shipped: Mapping[str, Mapping[str, object]]) -> str:
    """Say whose plan the record is: a year may have been given the shipped one's texts."""
    if not loaded:
        return f"Según el plan anual de trabajo de {SHIPPED_YEAR}; el de {year} no se ha cargado."
    told = [[str(plan[key][column] or "") for key in KEYS if key in plan for column in SHOWN] for plan in (loaded, shipped)]
    if year != SHIPPED_YEAR and told[0] == told[1]:
        return f"Según los textos del plan anual de trabajo de {SHIPPED_YEAR}, que se cargaron como los de {year}."
    return f"Según el plan anual de trabajo de {year}."


def schedule(db: Database, year: int) -> Iterator[Bloque]:
    """Yield the schedule of 1.4 (the plan's section 8), quarter by quarter."""
    yield Titulo(f"Cronograma de la actividad 1.4 en {year}", 2)
    rows = tuple(
        (parse_period(key).etiqueta.capitalize(), *map(said, cells[:5]), *map(str, cells[5:]))
        for key, *cells in db.execute(QUARTERS, [year, "1.4"])
    )
    note = "M1 y el avance son dos cifras. El sentido es el del avance de la meta, que es mantener el monitoreo."
    yield Tabla(f"Cronograma de la actividad 1.4, {year}", COLUMNS, rows, note, cifras=False)


def said(value: float | None) -> str | None:
    """Return a number with at most one decimal."""
    return None if value is None else f"{value:,.1f}".removesuffix(".0")
