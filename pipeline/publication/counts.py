"""The public tables' figures, as views, breakdowns and closings give them; nothing is counted here."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.figures.breakdowns import Desglose, breakdowns
from pipeline.figures.crosswalk import COUNTED, SCHEMES, rows_of, values
from pipeline.figures.spans import Tramos
from pipeline.publication.months import months_in, quarters_over, whole_months, year_days, year_key
from pipeline.publication.tables import TOTAL, Clave, Cuadro, Dato, tables

Cifras = dict[Clave, Dato]
LAST_DAY = "SELECT coalesce((SELECT max(dia) FROM v_dias_cubiertos), (SELECT max(fecha_registro) FROM v_registros))"
FIRST_DAY = (
    "SELECT min(dia) FROM (SELECT min(dia) AS dia FROM v_dias_cubiertos UNION ALL SELECT min(fecha_registro) FROM v_registros)"
)
FIRST_YEAR = "SELECT CAST(substr(min(fecha_registro), 1, 4) AS INTEGER) FROM v_registros WHERE fecha_registro <= ?"
SIGNED = "SELECT * FROM v_cierres WHERE vigente"
# Column of a closing → how it reads, and the column of the whole that it may be a part of.
SIGNED_COLUMNS = {
    "registros": ("Registros", "registros"),
    "registros_comparados": ("Comparados", "registros"),
    "anterior_comparado": ("Base de M1", "registros_anterior"),
}
BEHIND = "SELECT categoria, sum({unit}), sum(hallazgos) FROM contados GROUP BY categoria"


def cut_of(db: Database, asked: date | None) -> date:
    """Return the last day published: the end of the last month over at `asked` (None: at the last day with a run).

    Raises `ErrorDeUso` for a registry that has nothing up to then.
    """
    last = asked.isoformat() if asked else db.execute(LAST_DAY).fetchone()[0]
    first = db.execute(FIRST_DAY).fetchone()[0]
    if last is None or first is None:
        raise ErrorDeUso("el registro no tiene corridas ni registros: no hay nada que publicar")
    cut = whole_months(date.fromisoformat(last))
    if cut.isoformat() < first:
        raise ErrorDeUso(f"hasta {cut:%Y-%m} no hay nada que publicar: el registro empieza el {first}")
    return cut


def figures(db: Database, cut: date) -> Cifras:
    """Return every figure of the declared tables up to `cut`, empty rows too."""
    found: Cifras = {}
    first = db.execute(FIRST_YEAR, [cut.isoformat()]).fetchone()[0]
    for year in range(first or cut.year, cut.year + 1):
        found |= of_year(db, year, cut)
        for quarter in quarters_over(year, cut):
            parts = breakdowns(db, Tramos(quarter.inicio.isoformat(), quarter.fin.isoformat()))
            found |= of_breakdown(tables()["trimestre_clase"], quarter.clave, parts)
    found |= signed(db, cut)
    return {key: found[key] for name in tables() for key in found if key.cuadro == name}


def of_year(db: Database, year: int, cut: date) -> Cifras:
    """Return the figures of the tables by year."""
    start, end = year_days(year, cut)
    key, parts = year_key(year, cut), breakdowns(db, Tramos(start, end))
    found: Cifras = {}
    for table in tables().values():
        if table.por == "anio" and table.esquema:
            found |= of_scheme(db, table, key, (start, end))
        elif table.por == "anio":
            found |= of_breakdown(table, key, parts)
    return found


def of_breakdown(table: Cuadro, key: str, parts: tuple[Desglose, ...]) -> Cifras:
    """Return the rows of one table from the breakdowns of its days; a table without breakdown is the total alone."""
    by_name = {part.clave: part for part in parts}
    total = sum(row.actual.hallazgos for row in by_name["clase"].renglones)
    found = {Clave(table.nombre, key, TOTAL): Dato(total, total, "Total")}
    if not table.desglose:
        return found
    rows = by_name[table.desglose].renglones
    counted = {Clave(table.nombre, key, row.valor): (row.actual.hallazgos, row.etiqueta) for row in rows}
    kept = found if table.por == "trimestre" else {}
    return {name: Dato(n, n, label) for name, (n, label) in counted.items()} | kept


def of_scheme(db: Database, table: Cuadro, key: str, days: tuple[str, str]) -> Cifras:
    """Return the rows of a scheme's table in its own unit, each with the registros behind it."""
    sql = f"{COUNTED} {BEHIND.format(unit=SCHEMES[table.esquema].columna)}"
    counted = {row[0]: (row[1], row[2]) for row in db.execute(sql, values(table.esquema, *days))}
    known = dict.fromkeys(category for _modality, _who, category in rows_of(table.esquema)[1])
    names = [*known, *sorted(set(counted) - set(known))]
    return {Clave(table.nombre, key, name): Dato(*counted.get(name, (0, 0)), name) for name in names}


def signed(db: Database, cut: date) -> Cifras:
    """Return what was signed of each period of whole months up to `cut`, by its newest closing."""
    found: Cifras = {}
    for row in db.query(SIGNED):
        months = months_in(row["periodo"])
        if not months or months[-1] > f"{cut:%Y-%m}":
            continue
        found |= indicator_rows(row["periodo"], row)
    return dict(sorted(found.items()))


def indicator_rows(key: str, record: Mapping[str, Any]) -> Cifras:
    """Return what M1 is made of; a part that all but equals its whole rests on the few registros that are left out."""
    found: Cifras = {}
    for column, (label, whole) in SIGNED_COLUMNS.items():
        if (value := record[column]) is not None:
            left_out = (record[whole] or value) - value
            found[Clave("indicador_firmado", key, column)] = Dato(value, left_out if left_out > 0 else value, label)
    return found
