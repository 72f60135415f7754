"""Demonstrations watched and Bases (plan 1.5), in counts: which ones they were stays in the registry."""

from collections.abc import Iterator

from sqlite_utils import Database

from pipeline.figures.indicator_text import sections
from pipeline.periodos import parse_period
from pipeline.reports.document import Bloque, Parrafo, Tabla, Titulo
from pipeline.reports.facts import Hechos, Record
from pipeline.reports.words import counted

BY_MONTH = """
SELECT substr(dia, 1, 7), sum(movilizaciones), sum(canceladas), sum(con_base_ddhh), sum(con_base_mpi), sum(con_registros),
    sum(registros)
FROM v_serie_movilizaciones WHERE dia BETWEEN ? AND ? GROUP BY 1 ORDER BY 1
"""
TOTAL = "SELECT coalesce(sum(movilizaciones), 0) FROM v_serie_movilizaciones WHERE dia BETWEEN ? AND ?"
COLUMNS = (
    "Mes", "Movilizaciones", "Canceladas", "Con Base de DDHH", "Con Base MPI", "Con registros ligados", "Registros ligados",
)  # fmt: skip
WATCHED = "Movilizaciones vigiladas, por mes"
# indicator → its section's heading
HEADINGS = {"1.5.1": "Participación en la Base de Derechos Humanos (1.5.1)", "1.5.2": "Base MPI en movilizaciones (1.5.2)"}


def demonstrations(db: Database, facts: Hechos) -> Iterator[Bloque]:
    """Yield demonstrations of the period by month, and the indicators of the two Bases with their rows."""
    yield Titulo("Movilizaciones y Bases")
    bounds = [facts.record["inicio"], facts.record["fin"]]
    total = int(db.execute(TOTAL, bounds).fetchone()[0])
    if total:
        many = counted(total, "movilización", "movilizaciones").replace("(un)", "(una)")
        yield Parrafo(f"En el periodo se {'vigiló' if total == 1 else 'vigilaron'} {many}.")
    else:
        yield Parrafo("En el periodo no se vigiló ninguna movilización.")
    months = tuple((parse_period(month).etiqueta.capitalize(), *counts) for month, *counts in db.execute(BY_MONTH, bounds))
    if months:
        note = "Los registros ligados se cuentan en el día de su movilización, sea cual sea la fecha en que se registraron."
        yield Tabla(WATCHED, COLUMNS, months, note)
    for key, record in facts.bases.items():
        yield Titulo(HEADINGS[key], 2)
        if is_empty(record):
            yield Parrafo("Sin registros en el periodo ni en el que se compara; el indicador M1 no es calculable.")
            continue
        headline, rows, _coverage = sections(record)
        yield Tabla(f"Indicador {key} con su pie", ("Concepto", "Valor"), tuple(headline[1]))
        yield Tabla(f"Indicador {key}: renglones, cada uno en su unidad", ("Concepto", "Valor"), tuple(rows[1]))


def is_empty(record: Record) -> bool:
    """Return whether an indicator of the Bases has nothing to tell, in the period or beside it."""
    rows = record["renglones"].values()
    return (
        record["m1"] is None
        and not record["registros_anterior"]
        and not any(row["periodo"] or row["por_revisar"] or row["anterior"] for row in rows)
    )
