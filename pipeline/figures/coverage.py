"""What stands beside M1: days and sources not covered, the common basket of sources, the avance of the goal."""

import json
from collections.abc import Iterable
from datetime import date, timedelta

from sqlite_utils import Database

from pipeline.figures.m1 import BASE_DDHH, BASE_MPI, Cuenta, Figura, Unidad, own_months
from pipeline.periodos import Periodo
from pipeline.views import expand

# Design, "The indicator": a source is of the common basket with a good read on at least this share of both periods' days.
BASKET_SHARE = 0.8

# What `own_months` gives stands in braces: the months of which the registry has figures of its own.
UNCOVERED = """
WITH RECURSIVE {propios}
, dias (dia) AS (
    SELECT :inicio WHERE :inicio <= :fin UNION ALL SELECT date(dia, '+1 day') FROM dias WHERE dia < :fin
)
SELECT d.dia FROM dias AS d
WHERE NOT EXISTS (SELECT 1 FROM v_dias_cubiertos AS c WHERE c.dia = d.dia)
    AND NOT EXISTS (SELECT 1 FROM propios AS p WHERE p.mes = substr(d.dia, 1, 7) AND p.importado)
    AND (
        EXISTS (SELECT 1 FROM propios AS p WHERE p.mes = substr(d.dia, 1, 7))
        OR NOT EXISTS (
            SELECT 1 FROM lineas_base AS b
            WHERE b.indicador = :indicador AND b.unidad = :unidad AND printf('%04d-%02d', b.anio, b.mes) = substr(d.dia, 1, 7)
        )
    )
ORDER BY d.dia
"""

UNREAD = """
SELECT f.id FROM fuentes AS f
WHERE :inicio <= :fin AND f.activa AND coalesce(f.alta, '') <= :fin AND NOT EXISTS (
    SELECT 1 FROM corridas AS c JOIN corridas_fuentes AS l ON l.corrida_id = c.id AND l.fuente_id = f.id
    WHERE c.dia BETWEEN :inicio AND :fin AND l.lecturas_buenas > 0
)
ORDER BY f.id
"""

UNUSED_TOTALS = """
WITH {propios}
SELECT printf('%04d-%02d', b.anio, b.mes) AS periodo, b.total
FROM lineas_base AS b
WHERE b.indicador = :indicador AND b.unidad = :unidad
    AND printf('%04d-%02d', b.anio, b.mes) BETWEEN substr(:inicio, 1, 7) AND substr(:fin, 1, 7)
    AND printf('%04d-%02d', b.anio, b.mes) IN (SELECT mes FROM propios)
ORDER BY periodo
"""

# Source, date's and unit's columns stand in braces: names of ours, never what a user wrote.
BASKET = """
WITH leidas (fuente_id, dias, dias_atras) AS (
    SELECT
        l.fuente_id,
        count(DISTINCT iif(c.dia BETWEEN :desde AND :hasta, c.dia, NULL)),
        count(DISTINCT iif(c.dia BETWEEN :base_desde AND :base_hasta, c.dia, NULL))
    FROM corridas AS c JOIN corridas_fuentes AS l ON l.corrida_id = c.id
    WHERE (c.dia BETWEEN :desde AND :hasta OR c.dia BETWEEN :base_desde AND :base_hasta) AND l.lecturas_buenas > 0
    GROUP BY l.fuente_id
),
canasta (fuente_id) AS MATERIALIZED (
    SELECT fuente_id FROM leidas
    WHERE dias >= :parte * (julianday(:hasta) - julianday(:desde) + 1)
        AND dias_atras >= :parte * (julianday(:base_hasta) - julianday(:base_desde) + 1)
)
SELECT
    (SELECT json_group_array(fuente_id) FROM (SELECT fuente_id FROM canasta ORDER BY fuente_id)),
    coalesce(sum(iif(r.{date} BETWEEN :desde AND :hasta, {unit}, 0)), 0),
    coalesce(sum(iif(r.{date} BETWEEN :base_desde AND :base_hasta, {unit}, 0)), 0)
FROM {source} AS r
WHERE r.folio IN (
    SELECT h.folio
    FROM canasta AS f JOIN noticias AS n ON n.fuente_id = f.fuente_id JOIN hallazgos_noticias AS h ON h.noticia_id = n.id
)
"""


def uncovered_days(db: Database, start: date, end: date, cuenta: Cuenta) -> list[str]:
    """Return the days without a complete run, as `AAAA-MM-DD` or `AAAA-MM-DD..AAAA-MM-DD`; imported months are left out."""
    found = db.execute(expand(UNCOVERED.format(propios=own_months(cuenta))), counted_in(start, end, cuenta))
    return folded(date.fromisoformat(row[0]) for row in found)


def counted_in(start: date, end: date, cuenta: Cuenta) -> dict[str, str]:
    """Return the values of a query over imported totals of some days."""
    return {"inicio": start.isoformat(), "fin": end.isoformat(), "indicador": cuenta.indicador, "unidad": cuenta.unit}


def folded(days: Iterable[date]) -> list[str]:
    """Fold sorted days into ranges."""
    ranges: list[list[date]] = []
    for day in days:
        if ranges and day - ranges[-1][1] == timedelta(days=1):
            ranges[-1][1] = day
        else:
            ranges.append([day, day])
    return [f"{first}" if first == last else f"{first}..{last}" for first, last in ranges]


def days_of(ranges: Iterable[str]) -> int:
    """Return how many days the ranges of `uncovered_days` hold."""
    ends = ((first, last or first) for first, _dots, last in (part.partition("..") for part in ranges))
    return sum((date.fromisoformat(last) - date.fromisoformat(first)).days + 1 for first, last in ends)


def unread_sources(db: Database, start: date, end: date) -> list[str]:
    """Return the active sources, in the catalogue by `end`, without one good read from `start` to `end`."""
    values = {"inicio": start.isoformat(), "fin": end.isoformat()}
    return [row[0] for row in db.execute(UNREAD, values)]


def unused_totals(db: Database, start: date, end: date, cuenta: Cuenta) -> list[tuple[str, int]]:
    """Return (month, total) of the imported totals that are set aside because the registry has figures of its own."""
    found = db.execute(expand(UNUSED_TOTALS.format(propios=own_months(cuenta))), counted_in(start, end, cuenta))
    return [(row[0], row[1]) for row in found]


def common_basket(db: Database, figura: Figura, cuenta: Cuenta) -> dict[str, object]:
    """Return M1 over the sources read well in both compared ranges; `no calculable` over imported totals or without any.

    `motivo` says in Spanish why it is not calculable, else it is empty.
    """
    none: dict[str, object] = {
        "fuentes": [],
        "registros_comparados": None,
        "anterior_comparado": None,
        "m1": None,
        "marca": "no calculable",
    }
    if cuenta.indicador == BASE_DDHH:
        return none | {"motivo": "los registros de la Base no salen de fuentes"}
    if figura.desde is None:
        return none | {"motivo": "no hay días que comparar"}
    if figura.de_totales or figura.base_de_totales:
        return none | {"motivo": "los totales importados no dicen de qué fuentes salen"}
    sources, now, before = db.execute(
        BASKET.format(date=f"fecha_{cuenta.fecha}", **basket_of(cuenta)),
        {
            "desde": figura.desde,
            "hasta": figura.hasta,
            "base_desde": figura.comparado_inicio,
            "base_hasta": figura.comparado_fin,
            "parte": BASKET_SHARE,
        },
    ).fetchone()
    if sources == "[]":
        return none | {"motivo": "ninguna fuente se leyó bien en cuatro de cada cinco días de los dos años"}
    return {
        "fuentes": json.loads(sources),
        "registros_comparados": now,
        "anterior_comparado": before,
        "m1": round(100 * now / before, 1) if before else None,
        "marca": "" if before else "sin línea base",
        "motivo": "",
    }


def basket_of(cuenta: Cuenta) -> dict[str, str]:
    """Return where the basket's findings are read, and what each adds up to."""
    if cuenta.indicador == BASE_MPI:
        return {"source": "(SELECT * FROM v_conteo_base_mpi WHERE estado = 'validado' AND cuenta)", "unit": "r.actos"}
    return {"source": "v_registros", "unit": "1" if cuenta.unidad is Unidad.HALLAZGO else f"r.{cuenta.column}"}


def avance(db: Database, period: Periodo) -> dict[str, object]:
    """Return the avance of 1.4 in the year of the period's end, up to that day, in all and by quarter, in per cent."""
    bounds = [f"{period.fin.year:04}-01-01", period.fin.isoformat()]
    where = "FROM v_dias_cubiertos WHERE dia BETWEEN ? AND ?"
    quarters = dict(
        db.execute(f"SELECT (substr(dia, 6, 2) + 2) / 3, round(sum(avance), 1) {where} GROUP BY 1", bounds).fetchall()
    )
    total = db.execute(f"SELECT round(coalesce(sum(avance), 0), 1) {where}", bounds).fetchone()[0]
    return {
        "anio": period.fin.year,
        "hasta": period.fin.isoformat(),
        "trimestres": [quarters.get(n, 0.0) for n in (1, 2, 3, 4)],
        "porcentaje": total,
    }
