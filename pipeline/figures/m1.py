"""M1 of any periods, by any date and unit: the very rule of the views (`views/partes/regla_m1.sql`) over other rows."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from pipeline.periodos import Periodo
from pipeline.views import expand

INDICATOR = "1.4"


class Fecha(StrEnum):
    """Which date of a finding decides its period (`--fecha`)."""

    REGISTRO = "registro"
    PUBLICACION = "publicacion"
    HECHO = "hecho"


class Unidad(StrEnum):
    """What is counted over the registros (`--unidad`)."""

    HALLAZGO = "hallazgo"
    PUBLICACION = "publicacion"
    ACTO = "acto"
    VICTIMA = "victima"


# unit → its column of `v_serie_diaria`
COLUMNS = {
    Unidad.HALLAZGO: "hallazgos",
    Unidad.PUBLICACION: "publicaciones",
    Unidad.ACTO: "actos",
    Unidad.VICTIMA: "victimas",
}


# What each mark of the rule tells a reader.
MARKS = {
    "no calculable": "en el periodo no hay días con cifras que comparar (contra totales importados, ningún mes entero)",
    "sin línea base": "no hay registros con qué comparar; M1 no está definido, nunca es cero ni infinito",
    "línea base incompleta": "faltan cifras de algunos de los días con que se compara",
    "cambio de método": "se comparan cifras importadas con las del monitoreo",
    "parcial": "el último día del periodo no tiene cifras; M1 llega hasta el último que las tiene",
}


@dataclass(frozen=True)
class Cuenta:
    """What is counted: the date, the unit, and how many years before the comparison lies."""

    fecha: Fecha = Fecha.REGISTRO
    unidad: Unidad = Unidad.HALLAZGO
    anios_atras: int = 1

    @property
    def column(self) -> str:
        """The unit's column of `v_serie_diaria` and, but for findings, of `v_registros`."""
        return COLUMNS[self.unidad]


@dataclass(frozen=True)
class Figura:
    """One row of the rule; days are `AAAA-MM-DD`, None where nothing can be counted. Columns as in `v_indicador_*`.

    `corte` is the period's last day with figures. `anterior_inicio`–`anterior_fin` are the days of `registros_anterior` (the
    whole period of the year before), `comparado_inicio`–`comparado_fin` those of `anterior_comparado`, which M1 divides by.
    `de_totales`, `base_de_totales` (compared days) and `anterior_de_totales` count days that come from imported monthly totals.
    """

    tipo: str
    periodo: str
    inicio: str
    fin: str
    corte: str | None
    desde: str | None
    hasta: str | None
    anterior_inicio: str | None
    anterior_fin: str | None
    comparado_inicio: str | None
    comparado_fin: str | None
    registros: int | None
    registros_anterior: int | None
    registros_comparados: int | None
    anterior_comparado: int | None
    diferencia: int | None
    base: str
    m1: float | None
    por_revisar: int
    por_revisar_comparados: int | None
    m1_provisional: float | None
    marcas: tuple[str, ...]
    de_totales: int | None
    base_de_totales: int | None
    anterior_de_totales: int | None


# The unit's column stands in braces: a name of `COLUMNS`, never what a user wrote.
MEASURE = """
WITH RECURSIVE
periodos (orden, tipo, periodo, inicio, fin) AS MATERIALIZED (
    SELECT key, '', value ->> 0, value ->> 1, value ->> 2 FROM json_each(:periodos)
),
opciones (anios_atras) AS (VALUES (:anios_atras)),
serie (dia, registros, por_revisar) AS MATERIALIZED (
    SELECT dia, sum(iif(estado = 'validado', {column}, 0)), sum(iif(estado = 'detectado', {column}, 0))
    FROM v_serie_diaria
    WHERE fecha = :fecha AND cuenta
    GROUP BY dia
),
totales (mes, total) AS MATERIALIZED (
    SELECT printf('%04d-%02d', anio, mes), total FROM lineas_base WHERE indicador = :indicador AND unidad = :unidad
),
-- incluye: regla_m1
SELECT m1.* FROM m1 JOIN periodos USING (periodo) ORDER BY orden
"""


def measure(db: Database, periods: Sequence[Periodo], cuenta: Cuenta | None = None) -> list[Figura]:
    """Return the figures of `periods`, in their order (each period once)."""
    counted = cuenta or Cuenta()
    rows = db.query(
        expand(MEASURE.format(column=counted.column)),
        {
            "periodos": json.dumps([[p.clave, p.inicio.isoformat(), p.fin.isoformat()] for p in periods]),
            "anios_atras": counted.anios_atras,
            "fecha": counted.fecha.value,
            "unidad": counted.unidad.value,
            "indicador": INDICATOR,
        },
    )
    return [Figura(**{**row, "marcas": split_marks(row["marcas"])}) for row in rows]


def split_marks(text: str) -> tuple[str, ...]:
    """Return the marks of a view's `marcas` one by one."""
    return tuple(text.split("; ")) if text else ()
