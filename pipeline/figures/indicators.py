"""An indicator that the registry counts (plan 1.4, 1.5.1, 1.5.2) for one period: M1, its footing and what is read beside it."""

import json
from datetime import date

from sqlite_utils import Database

from pipeline.figures.base_rows import base_rows
from pipeline.figures.coverage import avance, common_basket, days_of, uncovered_days, unread_sources, unused_totals
from pipeline.figures.m1 import BASE_DDHH, INDICATOR, Cuenta, Fecha, Figura, measure
from pipeline.figures.signed import signed_before
from pipeline.figures.versions import other_tagger
from pipeline.periodos import Periodo, years_before
from pipeline.views import expand

AMBITOS = ("hecho_en_cdmx", "persona_en_cdmx", "a_distancia_cdmx")
OUTSIDE = ("por_determinar", "fuera", "antecedente")

# The rows of `v_indicador_ambito`, over any days, date and unit. The unit's column stands in braces: a name of `m1.COLUMNS`.
ROWS = """
WITH
periodos (tipo, periodo, inicio, fin) AS (VALUES ('', '', :inicio, :fin)),
por_renglon (periodo, renglon, validados, por_revisar) AS (
    SELECT '', renglon, iif(estado = 'validado', {column}, 0), iif(estado = 'detectado', {column}, 0)
    FROM v_serie_diaria
    WHERE fecha = :fecha AND dia BETWEEN :inicio AND :fin
),
-- incluye: renglones
SELECT renglon, validados, por_revisar FROM renglones_del_periodo ORDER BY orden
"""
# What was registered in the period and lacks the date asked for; it belongs to no period of that date.
UNDATED = """
SELECT coalesce(sum(iif(estado = 'validado', {unit}, 0)), 0), coalesce(sum(iif(estado = 'detectado', {unit}, 0)), 0)
FROM v_conteo
WHERE cuenta AND fecha_{fecha} IS NULL AND fecha_registro BETWEEN :inicio AND :fin
"""

Counts = dict[str, tuple[int, int]]


def indicator(db: Database, period: Periodo, cuenta: Cuenta | None = None, *, today: date) -> dict[str, object]:
    """Return the indicator under stable keys; `today` only bounds the list of uncovered days. M1 is None if undefined."""
    counted = cuenta or Cuenta()
    figura = measure(db, [period], counted)[0]
    return {
        **footing(figura, counted),
        "firmado_anterior": signed_before(db, period, counted),
        **rows_beside(db, figura, counted),
        "canasta_comun": common_basket(db, figura, counted),
        **not_covered(db, period, counted, today),
        **({"avance": avance(db, period)} if counted.indicador == INDICATOR else {}),
        "avisos": notices(db, period, figura, counted),
        "etiqueta": period.etiqueta,
    }


def rows_beside(db: Database, figura: Figura, cuenta: Cuenta) -> dict[str, object]:
    """Return `ambitos` and `fuera_de_m1` of 1.4, the `renglones` of the Bases."""
    if cuenta.indicador != INDICATOR:
        return {"renglones": base_rows(db, figura, cuenta)}
    return {"ambitos": ambitos(db, figura, cuenta), "fuera_de_m1": outside(db, figura, cuenta)}


def footing(figura: Figura, cuenta: Cuenta) -> dict[str, object]:
    """Return M1, what it divides and over which days, and the whole period of the year before."""
    return {
        "indicador": cuenta.indicador,
        "periodo": figura.periodo,
        "inicio": figura.inicio,
        "fin": figura.fin,
        "corte": figura.corte,
        "desde": figura.desde,
        "hasta": figura.hasta,
        "anterior_inicio": figura.anterior_inicio,
        "anterior_fin": figura.anterior_fin,
        "comparado_inicio": figura.comparado_inicio,
        "comparado_fin": figura.comparado_fin,
        "fecha": cuenta.fecha.value,
        "unidad": cuenta.unit,
        "registros": figura.registros,
        "registros_anterior": figura.registros_anterior,
        "registros_comparados": figura.registros_comparados,
        "anterior_comparado": figura.anterior_comparado,
        "diferencia": figura.diferencia,
        "base": figura.base,
        "m1": figura.m1,
        "por_revisar": figura.por_revisar,
        "por_revisar_comparados": figura.por_revisar_comparados,
        "m1_provisional": figura.m1_provisional,
        "marcas": list(figura.marcas),
    }


def rows_of(db: Database, cuenta: Cuenta, start: str | None, end: str | None) -> Counts:
    """Return by row (validated, to be reviewed) of the days `start`–`end`; zeros without days."""
    values = {"fecha": cuenta.fecha.value, "inicio": start, "fin": end}
    return {row[0]: (row[1], row[2]) for row in db.execute(expand(ROWS.format(column=cuenta.column)), values)}


def ambitos(db: Database, figura: Figura, cuenta: Cuenta) -> dict[str, dict[str, int | None]]:
    """Return the three ámbitos apart, under the names of the whole; None where they do not add up to it.

    They do not where an imported monthly total enters, which tells no ámbito.
    """
    now = rows_of(db, cuenta, figura.inicio, figura.fin)
    counts = {
        "registros": apart(now, figura.registros),
        "registros_anterior": apart(
            rows_of(db, cuenta, figura.anterior_inicio, figura.anterior_fin), figura.registros_anterior
        ),
        "registros_comparados": apart(rows_of(db, cuenta, figura.desde, figura.hasta), figura.registros_comparados),
        "anterior_comparado": apart(
            rows_of(db, cuenta, figura.comparado_inicio, figura.comparado_fin), figura.anterior_comparado
        ),
    }
    return {name: {key: parts[name] for key, parts in counts.items()} | {"por_revisar": now[name][1]} for name in AMBITOS}


def apart(rows: Counts, total: int | None) -> dict[str, int | None]:
    """Return the validated ones of each ámbito, or None for each where they do not add up to `total`."""
    parts = {name: rows[name][0] for name in AMBITOS}
    return dict(parts) if sum(parts.values()) == total else dict.fromkeys(AMBITOS)


def outside(db: Database, figura: Figura, cuenta: Cuenta) -> dict[str, dict[str, int]]:
    """Return the rows that never enter M1: ámbito undetermined or outside, old cases, findings without the date asked for."""
    counts = rows_of(db, cuenta, figura.inicio, figura.fin)
    unit = "1" if cuenta.unidad.value == "hallazgo" else cuenta.column
    undated = db.execute(
        UNDATED.format(unit=unit, fecha=cuenta.fecha.value), {"inicio": figura.inicio, "fin": figura.fin}
    ).fetchone()
    rows = {name: counts[name] for name in OUTSIDE} | {"sin_fecha": undated}
    return {name: {"validados": valid, "por_revisar": pending} for name, (valid, pending) in rows.items()}


def not_covered(db: Database, period: Periodo, cuenta: Cuenta, today: date) -> dict[str, object]:
    """Return the uncovered days of the period and of the year before (none after `today`), and the sources without a read."""
    end = min(period.fin, today)
    before_start, before_end = years_before(period, cuenta.anios_atras)
    return {
        "dias_sin_cobertura": {
            "periodo": uncovered_days(db, period.inicio, end, cuenta),
            "anterior": uncovered_days(db, before_start, min(before_end, today), cuenta),
        },
        "fuentes_sin_lectura": unread_sources(db, period.inicio, end),
    }


def notices(db: Database, period: Periodo, figura: Figura, cuenta: Cuenta) -> list[str]:
    """Return what a reader must know of this figure beyond its marks, in Spanish, one sentence each."""
    lines = left_out(figura) + unwatched(db, figura, cuenta) + other_tagger(db, figura, cuenta)
    start, end = years_before(period, cuenta.anios_atras)
    for first, last in ((start, end), (period.inicio, period.fin)):
        lines += [
            f"{month}: hay un total importado ({total}), pero cuentan las cifras que el registro tiene de ese mes."
            for month, total in unused_totals(db, first, last, cuenta)
        ]
    if cuenta.fecha is not Fecha.REGISTRO and figura.anterior_de_totales:
        lines.append("Los totales importados se cuentan por mes de registro, sea cual sea la fecha pedida.")
    return list(dict.fromkeys(lines))


def left_out(figura: Figura) -> list[str]:
    """Name the days of the period that M1 does not compare, and why."""
    if figura.desde is None or figura.hasta is None:
        if figura.corte is None:
            return ["El periodo no tiene ningún día con cifras."]
        return ["Contra totales importados sólo se comparan meses enteros, y en el periodo no hay ninguno con cifras."]
    lines = []
    whole = "contra totales importados sólo se comparan meses enteros."
    if figura.desde > figura.inicio:
        lines.append(f"Días fuera de M1: antes del {figura.desde}; {whole}")
    if figura.corte is not None and figura.hasta < figura.corte:
        lines.append(f"Días fuera de M1: después del {figura.hasta} y hasta el {figura.corte}; {whole}")
    if figura.corte is not None and figura.corte < figura.fin:
        same = f"; se compara hasta el {figura.comparado_fin}" if figura.hasta == figura.corte else ""
        lines.append(f"El último día del periodo con cifras es el {figura.corte}{same}.")
    return lines


def unwatched(db: Database, figura: Figura, cuenta: Cuenta) -> list[str]:
    """Say how many of the compared days of the period nobody watched: M1 takes them for days without registros."""
    if figura.desde is None or figura.hasta is None or cuenta.indicador == BASE_DDHH:
        return []
    start, end = date.fromisoformat(figura.desde), date.fromisoformat(figura.hasta)
    count, total = days_of(uncovered_days(db, start, end, cuenta)), (end - start).days + 1
    without = "no tiene" if count == 1 else "no tienen"
    return [f"{count} de los {total} días comparados {without} cobertura: lo que se publicó entonces pudo no encontrarse."] * (
        count > 0
    )


def as_json(record: dict[str, object]) -> str:
    """Return the indicator as JSON, keys in their order."""
    return json.dumps(record, ensure_ascii=False, indent=2)
