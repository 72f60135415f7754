"""What `hallazgos exportar` writes: the comparison of two years (by the rule of the views), and findings as codes."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.figures.breakdown_text import as_sheet
from pipeline.figures.breakdowns import breakdowns
from pipeline.figures.export_files import Cell, Tabla, check_target, write_tables
from pipeline.figures.m1 import MARKS, Cuenta, Figura, measure
from pipeline.figures.signed import beside, signatures
from pipeline.figures.spans import spans_of
from pipeline.periodos import Periodo, parse_period
from pipeline.registry.lecturas import record_reading
from pipeline.views import view_docs

# kind of period → how its parts are written after the year
PARTS = {
    "mes": [f"-{n:02}" for n in range(1, 13)],
    "bimestre": [f"-B{n}" for n in range(1, 7)],
    "trimestre": [f"-T{n}" for n in range(1, 5)],
    "semestre": ["-S1", "-S2"],
    "anio": [""],
}
LIST_COLUMNS = {"tipo_victima", "agresion", "modalidad", "agresor"}
RULES = (
    ("registro", "Hallazgo validado, que no es antecedente y cuyo ámbito es uno de los tres de la ciudad."),
    ("periodo", "Lo decide la fecha de registro: el día (Ciudad de México) en que el área encontró el hallazgo."),
    (
        "registros_{a}",
        "Registros del periodo; vacío, con la marca «sin cobertura», si de ningún día suyo se sabe nada. Un cero de días con"
        " cobertura tampoco dice que no hubiera agresiones.",
    ),
    ("registros_{b}", "Registros del mismo periodo, entero, de {b}; vacío si nada se sabe de él."),
    (
        "comparados_{a}",
        "Registros del periodo que entran en m1: hasta su último día con cifras y, contra totales importados, sólo los de meses"
        " enteros.",
    ),
    ("comparados_{b}", "Registros de {b} entre los que divide m1: los de los mismos días o meses enteros."),
    ("diferencia", "comparados_{a} menos comparados_{b}."),
    ("m1", "comparados_{a} entre comparados_{b}, por cien. Puede pasar de cien; no es el avance de la meta."),
    ("por_revisar", "Hallazgos detectados del periodo que serían registros si se validan."),
    ("m1_provisional", "comparados_{a} más por_revisar_comparados, entre comparados_{b}, por cien."),
    ("por_revisar_comparados", "Los que están por revisar en los días que entran en m1."),
    (
        "firmado_{b}",
        "Registros del mismo periodo de {b} como se firmaron en su último informe cerrado; m1 divide entre la cifra corregida,"
        " no entre ésta. Vacío si no se cerró un informe de ese mismo periodo.",
    ),
    ("informe_{b}", "El informe cerrado de donde sale firmado_{b}, o el que abarca el periodo sin dar su cifra."),
    *((mark, f"{meaning[0].upper()}{meaning[1:]}.") for mark, meaning in MARKS.items()),
)


@dataclass(frozen=True)
class Lector:
    """Who takes names out, and when."""

    quien: str
    cuando: datetime


def comparison(db: Database, year: int, against: int) -> Tabla:
    """Return months, two months, quarters, half-years and the year of `year` against those of `against`."""
    if against >= year:
        raise ErrorDeUso(f"--contra {against}: debe ser un año anterior a {year}")
    periods = [(kind, parse_period(f"{year}{part}")) for kind, parts in PARTS.items() for part in parts]
    counted = Cuenta(anios_atras=year - against)
    figures, signed = measure(db, [period for _kind, period in periods], counted), signatures(db, counted)
    columns = (
        "tipo", "periodo", "inicio", "fin", f"registros_{year}", f"registros_{against}", f"comparados_{year}",
        f"comparados_{against}", "diferencia", "m1", "por_revisar", "m1_provisional", "marcas", "por_revisar_comparados",
        f"firmado_{against}", f"informe_{against}",
    )  # fmt: skip
    rows = [
        (*comparison_row(kind, figure), *beside(signed, period, counted.anios_atras))
        for (kind, period), figure in zip(periods, figures, strict=True)
    ]
    return Tabla("comparativo", columns, rows)


def comparison_row(kind: str, figure: Figura) -> tuple[Cell, ...]:
    """Return one period of the comparison; what is undefined stays empty."""
    return (
        kind,
        figure.periodo,
        figure.inicio,
        figure.fin,
        figure.registros,
        figure.registros_anterior,
        figure.registros_comparados,
        figure.anterior_comparado,
        figure.diferencia,
        figure.m1,
        figure.por_revisar,
        figure.m1_provisional,
        "; ".join(figure.marcas),
        figure.por_revisar_comparados,
    )


def export_comparison(db: Database, path: Path, year: int, against: int) -> None:
    """Write the comparison and its rules to `path` (CSV: without the rules)."""
    write_tables(path, comparison_tables(db, year, against))


def comparison_tables(db: Database, year: int, against: int) -> list[Tabla]:
    """Return what a file of the comparison holds: the periods, the year's breakdowns, the rules."""
    rules = [(concept.format(a=year, b=against), rule.format(a=year, b=against)) for concept, rule in RULES]
    return [comparison(db, year, against), year_tables(db, year, against), Tabla("reglas", ("concepto", "regla"), rules)]


def year_tables(db: Database, year: int, against: int) -> Tabla:
    """Return every breakdown of the year beside the same days of the other."""
    figure = measure(db, [parse_period(f"{year}")], Cuenta(anios_atras=year - against))[0]
    return as_sheet(breakdowns(db, spans_of(figure)))


def findings(db: Database, period: Periodo | None, *, names: bool = False) -> Tabla:
    """Return the findings registered in `period` (None: all) as codes; with `names`, the victims' names in a last column."""
    columns = [name for name in view_docs()["v_hallazgos"].columnas if name != "id"]
    fields = ", ".join(f"h.{name}" for name in columns)
    join = " JOIN v_hallazgos_nombres AS n USING (folio)" if names else ""
    extra = ", n.victimas_nombres" if names else ""
    bounds = [period.inicio.isoformat(), period.fin.isoformat()] if period else ["0000-00-00", "9999-99-99"]
    found = db.execute(
        f"SELECT {fields}{extra} FROM v_hallazgos AS h{join} WHERE h.fecha_registro BETWEEN ? AND ? ORDER BY h.folio", bounds
    )
    if names:
        columns.append("victimas_nombres")
    listed = {index for index, name in enumerate(columns) if name in LIST_COLUMNS or name == "victimas_nombres"}
    rows = [tuple(joined(cell) if index in listed else cell for index, cell in enumerate(row)) for row in found]
    return Tabla("hallazgos", tuple(columns), rows)


def joined(cell: Cell) -> str:
    """Return a JSON list as `a; b`."""
    return "; ".join(json.loads(str(cell or "[]")))


def export_findings(db: Database, path: Path, period: Periodo | None, lector: Lector | None = None) -> int:
    """Write the findings to `path` and return how many; with a `lector`, names too, noted in `lecturas` beforehand."""
    check_target(path)
    table = findings(db, period, names=lector is not None)
    if lector:
        record_reading(db, lector.quien, "exportar hallazgos --con-nombres", folios_of(table), now=lector.cuando)
    write_tables(path, with_columns(table))
    return len(table.filas)


def folios_of(table: Tabla) -> list[str]:
    """Return the folios of a table of findings."""
    return [str(row[0]) for row in table.filas]


def with_columns(table: Tabla) -> list[Tabla]:
    """Return what a file of findings holds: the findings, and what each column is."""
    docs = view_docs()
    described = docs["v_hallazgos"].columnas | docs["v_hallazgos_nombres"].columnas
    return [table, Tabla("columnas", ("columna", "qué es"), [(c, described[c]) for c in table.columnas])]
