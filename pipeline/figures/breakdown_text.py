"""A breakdown as a table for a terminal, a file or JSON: units side by side, the year before beside them."""

from collections.abc import Mapping

from pipeline.figures.breakdowns import CLASSES, UNITS, Conteo, Desglose
from pipeline.figures.export_files import Tabla
from pipeline.figures.period import Cifras

SHOWN = ("etiqueta", "hallazgos", "hallazgos_anterior", "publicaciones", "actos", "victimas", "riesgo", "por_revisar")
HEADINGS = ("Renglón", "Hallazgos", "Año anterior", "Publicaciones", "Actos", "Víctimas", "De ellos, riesgo", "Por revisar")
COLUMNS = (
    "desglose", "valor", "etiqueta", *UNITS, *CLASSES, "por_revisar", *(f"{unit}_anterior" for unit in UNITS),
)  # fmt: skip


def rows_of(table: Desglose) -> list[dict[str, str | int | None]]:
    """Return a row for each of the table's, with the columns `COLUMNS`; the year before is None where it has no rows."""
    return [
        {"desglose": table.clave, "valor": row.valor, "etiqueta": row.etiqueta}
        | vars(row.actual)
        | {f"{unit}_anterior": unit_of(row.anterior, unit) for unit in UNITS}
        for row in table.renglones
    ]


def unit_of(counted: Conteo | None, unit: str) -> int | None:
    """Return a unit's number, None where nothing was counted."""
    return None if counted is None else int(getattr(counted, unit))


def as_sheet(tables: tuple[Desglose, ...]) -> Tabla:
    """Return every breakdown in one table to be written to a file."""
    rows = [tuple(row[name] for name in COLUMNS) for table in tables for row in rows_of(table)]
    return Tabla("desgloses", COLUMNS, rows)


def heading(cifras: Cifras, table: Desglose, words: Mapping[str, str]) -> str:
    """Return the lines above a table: what it counts, over which days, beside which, and how it is read.

    `words` names the dates (`indicator_text.DATES`).
    """
    figura = cifras.figura
    beside = "del año anterior no hay renglones que poner al lado"
    if table.renglones and table.renglones[0].anterior is not None:
        whole = figura.anterior_comparado is None
        first, last = (
            (figura.anterior_inicio, figura.anterior_fin) if whole else (figura.comparado_inicio, figura.comparado_fin)
        )
        beside = f"año anterior: {first} a {last}"
    counted = f"{table.titulo}. Registros {cifras.periodo.de_etiqueta}, por {words[cifras.cuenta.fecha.value]}."
    return f"{counted} Días: {figura.inicio} a {figura.fin}; {beside}.\n{table.nota}"
