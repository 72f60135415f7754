"""Registros in the words of others (R24): ARTICLE 19, the federal mechanism, SDG 16.10.1, by a versioned table.

`equivalencias.csv` says by modality, and where it matters by who did it, the category of each scheme; nothing is typed in by
hand. Version 1 rests partly on general knowledge of the schemes,
and files say so until somebody holds it against what their publishers print. Each scheme counts in its own unit.
"""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.figures.export_files import Cell, Tabla
from pipeline.figures.m1 import Cuenta, measure
from pipeline.periodos import Periodo

FILE = Path(__file__).parent / "equivalencias.csv"


@dataclass(frozen=True)
class Esquema:
    """A scheme: its name, and its unit (`columna` of `COUNTED`) in words."""

    nombre: str
    columna: str
    unidad: str


SCHEMES = {
    "articulo19": Esquema("ARTICLE 19 México", "actos", "agresiones: cada acto contra cada víctima"),
    "mecanismo": Esquema("Mecanismo federal", "hallazgos", "casos: hallazgos"),
    "ods": Esquema("Indicador ODS 16.10.1", "victimas", "víctimas, cada una una vez en cada categoría"),
}
# Acts of the registros by category. A victim with several acts of a category is one there; an act without a victim is one.
COUNTED = """
WITH
equivalencias (modalidad, agresor, categoria) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:equivalencias)
),
clasificados AS MATERIALIZED (
    SELECT
        r.folio, r.fecha_registro, a.id, a.victima_id,
        coalesce(por.categoria, general.categoria, 'Sin equivalencia') AS categoria,
        iif(v.persona_id IS NULL, coalesce(v.cantidad, 1), 1) AS n
    FROM v_renglones AS r
    CROSS JOIN actos AS a ON a.folio = r.folio
    LEFT JOIN victimas AS v ON v.id = a.victima_id
    LEFT JOIN equivalencias AS por ON por.modalidad = a.modalidad AND por.agresor = a.agresor
    LEFT JOIN equivalencias AS general ON general.modalidad = a.modalidad AND general.agresor = ''
    WHERE r.estado = 'validado' AND r.cuenta AND r.fecha_registro BETWEEN :desde AND :hasta
),
contados AS (
    SELECT folio, fecha_registro, categoria, sum(n) AS actos, 1 AS hallazgos, sum(iif(primera, n, 0)) AS victimas
    FROM (
        SELECT *, row_number() OVER (PARTITION BY folio, categoria, coalesce('v' || victima_id, id) ORDER BY id) = 1 AS primera
        FROM clasificados
    )
    GROUP BY folio, categoria
)
"""


@cache
def rows_of(scheme: str) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """Return (version, rows of modality, perpetrator or "", category) of a scheme."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        found = [row for row in csv.DictReader(lines) if row["esquema"] == scheme]
    return found[0]["version"], tuple((row["modalidad"], row["agresor"], row["categoria"]) for row in found)


def told(scheme: str) -> str:
    """Return what a file's header says of a scheme: name, version of the equivalences, unit."""
    one = SCHEMES[scheme]
    return f"{one.nombre}, equivalencias versión {rows_of(scheme)[0]} (por cotejar con quien lo publica), {one.unidad}"


def by_category(db: Database, scheme: str, start: str, end: str) -> dict[str, int]:
    """Return by category what a scheme counts of the registros of some days, empty ones too."""
    sql = f"{COUNTED} SELECT categoria, sum({SCHEMES[scheme].columna}) FROM contados GROUP BY categoria"
    found = dict(db.execute(sql, values(scheme, start, end)).fetchall())
    known = dict.fromkeys(category for _modality, _who, category in rows_of(scheme)[1])
    return {category: int(found.get(category, 0)) for category in (*known, *sorted(set(found) - set(known)))}


def values(scheme: str, start: str, end: str) -> dict[str, str]:
    """Return the values of `COUNTED`."""
    return {"equivalencias": json.dumps(rows_of(scheme)[1], ensure_ascii=False), "desde": start, "hasta": end}


def scheme_comparison(db: Database, scheme: str, period: Periodo, years: int) -> Tabla:
    """Return a period by the scheme's categories, and the days that M1 compares beside those `years` before.

    Which days, and whether there are any, is what the rule says (`measure`): up to the period's last day with figures, whole
    months against imported totals. Empty where nothing is compared, or only totals are known. Categories are never added
    up: a registro may stand in several.
    """
    if years < 1:
        raise ErrorDeUso("se compara con un año anterior")
    figure = measure(db, [period], Cuenta(anios_atras=years))[0]
    apart = figure.anterior_comparado is not None and not figure.de_totales and not figure.base_de_totales
    spans = (
        (figure.inicio, figure.fin, not figure.sin_cobertura),
        (figure.desde, figure.hasta, apart),
        (figure.comparado_inicio, figure.comparado_fin, apart),
    )
    counts = [by_category(db, scheme, first, last) if first and last and known else None for first, last, known in spans]
    names = dict.fromkeys(name for found in counts if found for name in found) or dict.fromkeys(by_category(db, scheme, "", ""))
    label, marks = told(scheme), "; ".join(figure.marcas)
    rows: list[tuple[Cell, ...]] = [
        (label, name, *(None if found is None else found.get(name, 0) for found in counts), marks) for name in names
    ]
    whole, now, before = (f"{first}..{last}" if first and last else "nada" for first, last, _known in spans)
    header = ("esquema", "categoria", whole, f"comparados {now}", f"comparados {before}", "marcas")
    return Tabla("esquema", header, rows)


def scheme_findings(db: Database, scheme: str, period: Periodo | None) -> Tabla:
    """Return a row for each registro of the period and category that it stands in, with its number in the scheme's unit."""
    bounds = (period.inicio.isoformat(), period.fin.isoformat()) if period else ("0000-00-00", "9999-99-99")
    column = SCHEMES[scheme].columna
    sql = f"{COUNTED} SELECT folio, fecha_registro, categoria, {column} FROM contados ORDER BY folio, categoria"
    label = told(scheme)
    rows: list[tuple[Cell, ...]] = [(label, *row) for row in db.execute(sql, values(scheme, *bounds))]
    return Tabla("esquema", ("esquema", "folio", "fecha_registro", "categoria", column), rows)


def equivalences(scheme: str) -> Tabla:
    """Return the scheme's table, as a sheet beside the figures."""
    version, rows = rows_of(scheme)
    return Tabla("equivalencias", ("version", "modalidad", "agresor", "categoria"), [(version, *row) for row in rows])
