"""The period's registros by class, kind, borough, perpetrator and the rest: charts and tables of the same rows."""

from collections.abc import Iterator

from pipeline.charts.bars import bars
from pipeline.charts.boroughs import boroughs
from pipeline.figures.breakdowns import Desglose, Renglon
from pipeline.reports.document import Bloque, Figura, Parrafo, Tabla, Titulo
from pipeline.reports.facts import Hechos
from pipeline.reports.words import span_text

COLUMNS = ("Registros", "Año anterior", "Publicaciones", "Actos", "Víctimas", "De ellos, riesgo", "Por revisar")
# How a table's rows are called, and what its wording must not forget: who is named as perpetrator is only presumed.
NAMES = {"agresor": "Señalado como agresor (presunto)", "alcaldia": "Alcaldía", "agresion": "Tipo", "modalidad": "Modalidad"}
DRAWN = ("agresion", "agresor")


def breakdowns(facts: Hechos) -> Iterator[Bloque]:
    """Yield each breakdown under its heading, some with a chart of its registros."""
    yield Titulo("Desgloses")
    if facts.cifras.figura.sin_cobertura:
        yield Parrafo("El periodo no tiene cobertura: no hay registros que desglosar.")
        return
    yield Parrafo(
        "Cada cuadro cuenta los registros del periodo en cuatro unidades que no se mezclan. «Año anterior» son los registros de"
        f" los mismos días, los que M1 compara: {beside(facts)}."
    )
    for table in facts.cifras.desgloses:
        yield Titulo(table.titulo, 2)
        yield from drawn(table, facts)
        rows = tuple((row.etiqueta, *cells(row)) for row in table.renglones)
        heads = (NAMES.get(table.clave, "Renglón"), *COLUMNS)
        yield Tabla(f"Registros {table.titulo[0].lower()}{table.titulo[1:]}", heads, rows, table.nota)


def beside(facts: Hechos) -> str:
    """Return the days of the year before that the tables stand beside."""
    record = facts.record
    if not any(row.anterior for table in facts.cifras.desgloses for row in table.renglones):
        return "no los hay con renglones que poner al lado"
    whole = record["anterior_comparado"] is None
    first, last = ("anterior_inicio", "anterior_fin") if whole else ("comparado_inicio", "comparado_fin")
    return span_text(record[first], record[last])


def cells(row: Renglon) -> tuple[int | None, ...]:
    """Return a row's counts under `COLUMNS`."""
    now = row.actual
    before = row.anterior.hallazgos if row.anterior else None
    return now.hallazgos, before, now.publicaciones, now.actos, now.victimas, now.riesgo, now.por_revisar


def drawn(table: Desglose, facts: Hechos) -> Iterator[Figura]:
    """Yield the chart of a breakdown that has one."""
    when = facts.periodo.etiqueta
    if table.clave == "alcaldia":
        rows = [{"alcaldia": row.valor, "registros": row.actual.hallazgos} for row in table.renglones]
        chart = boroughs(rows, when)
        yield Figura(chart.titulo, chart, chart.credito)
    elif table.clave in DRAWN:
        title = f"Registros {table.titulo[0].lower()}{table.titulo[1:]}, {when}"
        yield Figura(title, bars(table.clave, title, [(row.etiqueta, row.actual.hallazgos) for row in table.renglones]))
