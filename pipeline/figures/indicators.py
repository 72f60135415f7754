"""An indicator that the registry counts (plan 1.4, 1.5.1, 1.5.2) for one period: M1, its footing and what is read beside it."""

import json
from collections.abc import Mapping
from datetime import date

from sqlite_utils import Database

from pipeline.figures.base_rows import base_rows
from pipeline.figures.coverage import avance, common_basket, days_of, uncovered_days, unread_sources, unused_totals
from pipeline.figures.m1 import BASE_DDHH, INDICATOR, Cuenta, Fecha, Figura, Unidad, measure
from pipeline.figures.signed import signed_before
from pipeline.figures.versions import other_tagger
from pipeline.periodos import Periodo, years_before
from pipeline.views import expand

AMBITOS = ("hecho_en_cdmx", "persona_en_cdmx", "a_distancia_cdmx")
OUTSIDE = ("por_determinar", "fuera", "antecedente")

# The rows of `v_indicador_ambito` over any days, date and unit; several spans at once, so findings are read once. In braces
# stand names of `Fecha`, of `m1.COLUMNS` and of the view that holds them.
ROWS = """
WITH
periodos (tipo, periodo, inicio, fin) AS MATERIALIZED (
    SELECT '', key, value ->> 0, value ->> 1 FROM json_each(:tramos)
),
contados (dia, renglon, estado, n) AS MATERIALIZED (
    SELECT fecha_{date}, renglon, estado, sum({unit}) FROM {source}
    WHERE fecha_{date} BETWEEN (SELECT min(inicio) FROM periodos) AND (SELECT max(fin) FROM periodos)
    GROUP BY 1, 2, 3
),
por_renglon (periodo, renglon, validados, por_revisar) AS MATERIALIZED (
    SELECT p.periodo, c.renglon, sum(iif(c.estado = 'validado', c.n, 0)), sum(iif(c.estado = 'detectado', c.n, 0))
    FROM periodos AS p JOIN contados AS c ON c.dia BETWEEN p.inicio AND p.fin
    GROUP BY 1, 2
),
-- incluye: renglones
SELECT periodo, renglon, validados, por_revisar FROM renglones_del_periodo ORDER BY orden
"""
# Each part of an indicator that is told by row, and its days: names of `Figura`.
SPANS = {
    "registros": ("inicio", "fin"),
    "registros_anterior": ("anterior_inicio", "anterior_fin"),
    "registros_comparados": ("desde", "hasta"),
    "anterior_comparado": ("comparado_inicio", "comparado_fin"),
}
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
        **not_covered(db, period, counted, told_until(figura, today)),
        **({"avance": avance(db, period)} if counted.indicador == INDICATOR else {}),
        "avisos": notices(db, period, figura, counted),
        "etiqueta": period.etiqueta,
    }


def rows_beside(db: Database, figura: Figura, cuenta: Cuenta) -> dict[str, object]:
    """Return `ambitos` and `fuera_de_m1` of 1.4, the `renglones` of the Bases."""
    if cuenta.indicador != INDICATOR:
        return {"renglones": base_rows(db, figura, cuenta)}
    counts = rows_of(db, cuenta, {key: (getattr(figura, one), getattr(figura, two)) for key, (one, two) in SPANS.items()})
    return {"ambitos": ambitos(counts, figura), "fuera_de_m1": outside(db, counts["registros"], figura, cuenta)}


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


def rows_of(db: Database, cuenta: Cuenta, spans: Mapping[str, tuple[str | None, str | None]]) -> dict[str, Counts]:
    """Return of each span of days, by row, (validated, to be reviewed); zeros where there are no days."""
    lean = cuenta.fecha is Fecha.REGISTRO and cuenta.unidad is Unidad.HALLAZGO
    unit = "1" if cuenta.unidad is Unidad.HALLAZGO else cuenta.column
    sql = ROWS.format(date=cuenta.fecha.value, unit=unit, source="v_renglones" if lean else "v_conteo")
    found: dict[str, Counts] = {key: {} for key in spans}
    for key, row, valid, pending in db.execute(expand(sql), {"tramos": json.dumps(spans)}):
        found[key][row] = (valid, pending)
    return found


def ambitos(counts: Mapping[str, Counts], figura: Figura) -> dict[str, dict[str, int | None]]:
    """Return the three ámbitos apart, under the names of the whole; None where they do not add up to it.

    They do not where an imported monthly total enters, which tells no ámbito.
    """
    found = {key: apart(counts[key], getattr(figura, key)) for key in SPANS}
    pending = {name: counts["registros"][name][1] for name in AMBITOS}
    return {name: {key: parts[name] for key, parts in found.items()} | {"por_revisar": pending[name]} for name in AMBITOS}


def apart(rows: Counts, total: int | None) -> dict[str, int | None]:
    """Return the validated ones of each ámbito, or None for each where they do not add up to `total`."""
    parts = {name: rows[name][0] for name in AMBITOS}
    return dict(parts) if sum(parts.values()) == total else dict.fromkeys(AMBITOS)


def outside(db: Database, counts: Counts, figura: Figura, cuenta: Cuenta) -> dict[str, dict[str, int]]:
    """Return the rows that never enter M1: ámbito undetermined or outside, old cases, findings without the date asked for."""
    rows = {name: counts[name] for name in OUTSIDE} | {"sin_fecha": undated(db, figura, cuenta)}
    return {name: {"validados": valid, "por_revisar": pending} for name, (valid, pending) in rows.items()}


def undated(db: Database, figura: Figura, cuenta: Cuenta) -> tuple[int, int]:
    """Return what lacks the date asked for (validated, to be reviewed); every finding has its day of registration."""
    if cuenta.fecha is Fecha.REGISTRO:
        return 0, 0
    unit = "1" if cuenta.unidad is Unidad.HALLAZGO else cuenta.column
    sql = UNDATED.format(unit=unit, fecha=cuenta.fecha.value)
    valid, pending = db.execute(sql, {"inicio": figura.inicio, "fin": figura.fin}).fetchone()
    return int(valid), int(pending)


def told_until(figura: Figura, today: date) -> date:
    """Return the day up to which days count as uncovered: `today`, or a later one that has figures (a clock that is behind)."""
    return max(today, date.fromisoformat(figura.corte)) if figura.corte else today


def not_covered(db: Database, period: Periodo, cuenta: Cuenta, until: date) -> dict[str, object]:
    """Return the uncovered days of the period and of the year before (none after `until`), and the sources without a read."""
    end = min(period.fin, until)
    before_start, before_end = years_before(period, cuenta.anios_atras)
    return {
        "dias_sin_cobertura": {
            "periodo": uncovered_days(db, period.inicio, end, cuenta),
            "anterior": uncovered_days(db, before_start, min(before_end, until), cuenta),
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
