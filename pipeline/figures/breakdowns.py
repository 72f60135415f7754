"""The registros of any days by class, kind, modality, victim type, gender, borough, perpetrator and link with the work.

The very rule of `v_desglose_anual` and `v_desglose_mensual` (`views/partes/desgloses.sql`) over other days, by any date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from sqlite_utils import Database

from pipeline.figures.m1 import BASE_DDHH, BASE_MPI, Cuenta, Fecha
from pipeline.figures.spans import Tramos
from pipeline.views import expand

# What each breakdown is called, and what a reader must know to read it (design, "The indicator"; marco.md, R10, R18).
TITLES = {
    "clase": ("Por clase", "Los renglones suman los registros."),
    "agresion": (
        "Por tipo de agresión",
        "Agresiones y privaciones de la vida; un hallazgo con varios tipos cuenta en cada uno, y los renglones no se suman."
        " El riesgo va aparte.",
    ),
    "modalidad": (
        "Por modalidad",
        "Un hallazgo con varias modalidades cuenta en cada una: los renglones no se suman, y los actos no son hallazgos.",
    ),
    "tipo_victima": (
        "Por tipo de víctima",
        "Un hallazgo con víctimas de los dos tipos cuenta en cada uno: en hallazgos los renglones no se suman.",
    ),
    "genero": (
        "Por género de las víctimas",
        "Un hallazgo cuenta en cada género de sus víctimas: en hallazgos los renglones no se suman. El género que se sigue del"
        " nombre es una suposición.",
    ),
    "alcaldia": (
        "Por alcaldía del hecho",
        "Los renglones suman los registros; los que no tienen alcaldía y los ataques a distancia no salen en un mapa.",
    ),
    "agresor": (
        "Por agresor señalado",
        "Según lo publicado. Un hallazgo con varios agresores cuenta en cada uno: los renglones no se suman.",
    ),
    "vinculo": ("Por vínculo con la labor", "Los renglones suman los registros."),
}
UNITS = ("hallazgos", "publicaciones", "actos", "victimas")
CLASSES = ("agresion", "privacion_vida", "riesgo")

# Days of both spans (periods of over a year) are counted once, as `ambos`. The date's column stands in braces: a name of
# `m1.Fecha`, never what a user wrote.
TABLES = """
WITH
tramos (periodo, desde, hasta) AS (
    VALUES ('actual', :desde, :hasta), ('anterior', :base_desde, :base_hasta)
),
elegidos (folio, periodo, estado) AS MATERIALIZED (
    SELECT
        c.folio,
        iif(t.periodo = 'actual' AND c.fecha_{date} BETWEEN :base_desde AND :base_hasta, 'ambos', t.periodo),
        c.estado
    FROM tramos AS t CROSS JOIN {source} AS c
    WHERE c.cuenta AND c.fecha_{date} BETWEEN t.desde AND t.hasta
        AND NOT (t.periodo = 'anterior' AND coalesce(c.fecha_{date} BETWEEN :desde AND :hasta, 0))
),
-- incluye: desgloses
,
cuadros_de (periodo, parte) AS (
    VALUES ('actual', 'actual'), ('actual', 'ambos'), ('anterior', 'anterior'), ('anterior', 'ambos')
),
-- incluye: cuadros
SELECT
    desglose, valor, etiqueta, periodo, hallazgos, agresion, privacion_vida, riesgo, publicaciones, actos, victimas, por_revisar
FROM cuadros
ORDER BY desglose, orden, periodo
"""


@dataclass(frozen=True)
class Conteo:
    """What one row counts in some days: registros (`hallazgos`, of them by class), their other units, and what waits.

    Units stand side by side and are never divided by one another; acts of a modality are never summed as findings.
    """

    hallazgos: int
    agresion: int
    privacion_vida: int
    riesgo: int
    publicaciones: int
    actos: int
    victimas: int
    por_revisar: int


@dataclass(frozen=True)
class Renglon:
    """One row of a breakdown; `anterior` is None where the year before has no findings to tell apart (totals, nothing)."""

    valor: str
    etiqueta: str
    actual: Conteo
    anterior: Conteo | None


@dataclass(frozen=True)
class Desglose:
    """One breakdown with every row of its catalogue, empty ones too; `nota` says how it is read."""

    clave: str
    titulo: str
    nota: str
    renglones: tuple[Renglon, ...]

    @property
    def por_valor(self) -> dict[str, Renglon]:
        """The rows by their value."""
        return {row.valor: row for row in self.renglones}


def breakdowns(db: Database, spans: Tramos, cuenta: Cuenta | None = None) -> tuple[Desglose, ...]:
    """Return every breakdown of the spans' days, in the order of `TITLES`, findings dated as `cuenta` says.

    Of 1.5.2 they hold the findings that count there; 1.5.1 counts no findings and has none.
    """
    counted = cuenta or Cuenta()
    if counted.indicador == BASE_DDHH:
        return ()
    source = "v_renglones" if counted.fecha is Fecha.REGISTRO else "v_conteo"
    if counted.indicador == BASE_MPI:
        source = "v_conteo_base_mpi"
    found = db.query(expand(TABLES.format(source=source, date=counted.fecha.value)), vars(spans))
    told = spans.base_desde is not None
    tables = {
        name: tuple(row_of(list(pair), told) for _value, pair in groupby(rows, key=lambda row: row["valor"]))
        for name, rows in groupby(found, key=lambda row: row["desglose"])
    }
    return tuple(Desglose(name, *TITLES[name], tables[name]) for name in TITLES)


def row_of(pair: list[Mapping[str, str | int]], told: bool) -> Renglon:
    """Return the row of a value from its two periods."""
    names = Conteo.__dataclass_fields__
    now, before = (Conteo(**{name: int(row[name]) for name in names}) for row in pair)
    return Renglon(str(pair[0]["valor"]), str(pair[0]["etiqueta"]), now, before if told else None)
