"""M1 of any periods, by any date and unit: the very rule of the views (`views/partes/regla_m1.sql`) over other rows."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlite_utils import Database

from pipeline.periodos import Periodo
from pipeline.views import expand

INDICATOR = "1.4"
BASE_DDHH, BASE_MPI = "1.5.1", "1.5.2"
# The plan's indicators that the registry counts by itself, as the plan calls them.
INDICATORS = {
    INDICATOR: "Registros de hallazgos de información",
    BASE_DDHH: "Registros de información de la Base de Derechos Humanos",
    BASE_MPI: "Agresiones durante movilizaciones (Base MPI)",
}


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
# indicator whose unit is given → that unit
OWN_UNIT = {BASE_DDHH: "registro", BASE_MPI: "acto"}

# What each mark of the rule tells a reader.
UNCOVERED = "sin cobertura"
MARKS = {
    UNCOVERED: "de ningún día del periodo hay corridas, registros ni cifras importadas; no se sabe cuántos hubo, y no es cero",
    "no calculable": "en el periodo no hay días con cifras que comparar (contra totales importados, ningún mes entero)",
    "sin línea base": "no hay registros con qué comparar; M1 no está definido, nunca es cero ni infinito",
    "cobertura incompleta": "de algunos de los días contados no hay corridas ni cifras: lo de entonces pudo no encontrarse",
    "línea base incompleta": "faltan cifras de algunos de los días con que se compara",
    "cambio de método": "se comparan cifras importadas con las del monitoreo",
    "parcial": "el último día del periodo no tiene cifras; M1 llega hasta el último que las tiene",
}


@dataclass(frozen=True)
class Cuenta:
    """What is counted: the date, the unit, how many years before the comparison lies, and for which indicator of the plan.

    1.5.1 counts entries of the Base's log by their own day, 1.5.2 acts: there `unidad` says nothing.
    """

    fecha: Fecha = Fecha.REGISTRO
    unidad: Unidad = Unidad.HALLAZGO
    anios_atras: int = 1
    indicador: str = INDICATOR

    @property
    def unit(self) -> str:
        """The unit counted, as `lineas_base.unidad` names it."""
        return OWN_UNIT.get(self.indicador, self.unidad.value)

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

    @property
    def sin_cobertura(self) -> bool:
        """Whether nothing is known of any day of the period: then `registros` is None, which is no zero."""
        return UNCOVERED in self.marcas

    @property
    def registros_dichos(self) -> int | str | None:
        """The period's registros as a reader is told them: a number, or that nobody covered it."""
        return UNCOVERED if self.sin_cobertura else self.registros

    @property
    def anterior_dichos(self) -> int | str | None:
        """Those of the year before: None only where an imported month is asked for in part."""
        known = self.registros_anterior is not None or self.anterior_inicio is None
        return self.registros_anterior if known else UNCOVERED


@dataclass(frozen=True)
class Medida:
    """What the rule asks of an indicator: its daily series, and the days and months of which it has figures of its own."""

    serie: str
    alcance: str
    propios: str


# 1.4 as it is asked almost always: findings by their day of registration, from an index alone.
LEAN = (
    "SELECT fecha_registro, sum(estado = 'validado'), sum(estado = 'detectado') FROM v_renglones WHERE cuenta"
    " GROUP BY fecha_registro"
)
# The date's and the unit's columns stand in braces: names of `Fecha` and `COLUMNS`, never what a user wrote.
MEASURES = {
    INDICATOR: Medida(
        "SELECT dia, sum(iif(estado = 'validado', {column}, 0)), sum(iif(estado = 'detectado', {column}, 0))"
        " FROM v_serie_diaria WHERE fecha = '{date}' AND cuenta GROUP BY dia",
        "alcance (desde) AS (VALUES (''))",
        "propios (mes, importado) AS MATERIALIZED (SELECT mes, importado FROM v_meses_propios)",
    ),
    BASE_DDHH: Medida(
        "SELECT dia, sum(n), 0 FROM v_serie_base_ddhh WHERE cuenta GROUP BY dia",
        "-- incluye: alcance_base_ddhh",
        "-- incluye: meses_propios",
    ),
    BASE_MPI: Medida(
        "SELECT dia, sum(iif(estado = 'validado', actos, 0)), sum(iif(estado = 'detectado', actos, 0))"
        " FROM v_serie_base_mpi WHERE fecha = '{date}' AND cuenta GROUP BY dia",
        "-- incluye: alcance_base_mpi",
        "-- incluye: meses_propios",
    ),
}
MEASURE = """
WITH RECURSIVE
periodos (orden, tipo, periodo, inicio, fin) AS MATERIALIZED (
    SELECT key, '', value ->> 0, value ->> 1, value ->> 2 FROM json_each(:periodos)
),
opciones (anios_atras) AS (VALUES (:anios_atras)),
{propios}
,
totales (mes, total) AS MATERIALIZED (
    SELECT printf('%04d-%02d', anio, mes), total FROM lineas_base WHERE indicador = :indicador AND unidad = :unidad
),
-- incluye: regla_m1
SELECT m1.* FROM m1 JOIN periodos USING (periodo) ORDER BY orden
"""


def own_months(cuenta: Cuenta) -> str:
    """Return the CTE `propios` (and what it needs) of what is counted, to be expanded by `views.expand`."""
    asked = MEASURES[cuenta.indicador]
    lean = (cuenta.indicador, cuenta.fecha, cuenta.unidad) == (INDICATOR, Fecha.REGISTRO, Unidad.HALLAZGO)
    series = LEAN if lean else asked.serie.format(column=cuenta.column, date=cuenta.fecha.value)
    return f"serie (dia, registros, por_revisar) AS MATERIALIZED ({series}),\n{asked.alcance}\n,\n{asked.propios}\n"


def question(periods: Sequence[Periodo], cuenta: Cuenta) -> tuple[str, dict[str, str | int]]:
    """Return the SQL of the rule over `periods`, and its values: what a closed report keeps of how it was asked."""
    return expand(MEASURE.format(propios=own_months(cuenta))), {
        "periodos": json.dumps([[p.clave, p.inicio.isoformat(), p.fin.isoformat()] for p in periods]),
        "anios_atras": cuenta.anios_atras,
        "unidad": cuenta.unit,
        "indicador": cuenta.indicador,
    }


def measure(db: Database, periods: Sequence[Periodo], cuenta: Cuenta | None = None) -> list[Figura]:
    """Return the figures of `periods`, in their order (each period once)."""
    rows = db.query(*question(periods, cuenta or Cuenta()))
    return [Figura(**{**row, "marcas": split_marks(row["marcas"])}) for row in rows]


def split_marks(text: str) -> tuple[str, ...]:
    """Return the marks of a view's `marcas` one by one."""
    return tuple(text.split("; ")) if text else ()
