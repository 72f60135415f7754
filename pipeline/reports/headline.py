"""The opening of the report: the figure in words, M1 with its footing, and the quarters that the period closes."""

from collections.abc import Iterator

from pipeline.figures.indicator_text import amount, percent, sections
from pipeline.figures.m1 import UNCOVERED, Figura
from pipeline.figures.signed import beside
from pipeline.reports.document import Bloque, Parrafo, Tabla, Titulo
from pipeline.reports.facts import Hechos, Record
from pipeline.reports.texts import fixed
from pipeline.reports.words import counted, span_text, within


def headline(facts: Hechos) -> Iterator[Bloque]:
    """Yield the opening section."""
    yield Titulo("La cifra del periodo")
    yield Parrafo(first_sentence(facts), "destacado")
    for line in (pending_sentence(facts), *facts.record["avisos"]):
        if line:
            yield Parrafo(line, "aviso")
    yield Parrafo(fixed("sin_logro"))
    for title, rows in sections(facts.record):
        table = title or "Indicador 1.4 con su pie"
        yield Tabla(table, ("Concepto", "Valor"), tuple(rows), cifras=True)
    yield from quarters(facts)


def first_sentence(facts: Hechos) -> str:
    """Return the figure in words, ready to be read aloud."""
    record = facts.record
    known = record["registros"]
    opening = within(facts.periodo)
    if UNCOVERED in record["marcas"]:
        return f"{opening}, el monitoreo no cubrió ningún día: no hay cifra de registros, que no es lo mismo que cero."
    if known is None:
        return f"{opening}, no hay cifras de registros que abarquen el periodo entero{comparison(record, 0)}."
    total = counted(known, fixed("registro"), fixed("registros"))
    return f"{opening}, el monitoreo de fuentes abiertas sumó {total}{comparison(record, known)}."


def comparison(record: Record, known: int) -> str:
    """Return the second half of the sentence: with what the figure is compared, and M1."""
    if record["desde"] is None:
        return "; no hay días con cifras que comparar con el año anterior y el indicador M1 no es calculable"
    base, now = record["anterior_comparado"], record["registros_comparados"]
    if not base:
        return "; no hay línea base con qué compararlos y el indicador M1 no está definido"
    before = span_text(record["comparado_inicio"], record["comparado_fin"])
    same = now == known and (record["desde"], record["hasta"]) == (record["inicio"], record["fin"])
    part = "" if same else f", de los que {span_text(record['desde'], record['hasta'])} se comparan {counted(now)}"
    verb = "fue" if base == 1 else "fueron"
    return f"{part}; {before} {verb} {counted(base)}, de modo que el indicador M1 es de {percent(record['m1'])}"


def pending_sentence(facts: Hechos) -> str:
    """Say how many findings of the period wait for review, and M1 if all were validated; empty when none does."""
    if not facts.pendientes:
        return ""
    many = facts.pendientes != 1
    undecided = facts.record["fuera_de_m1"]["por_determinar"]["por_revisar"]
    of_them = f"; de {amount(undecided)} falta saber si son de la ciudad" if undecided else ""
    provisional = facts.record["m1_provisional"]
    would = f" Si se validaran todos los de la ciudad, M1 sería de {percent(provisional)}." if provisional is not None else ""
    subject = counted(facts.pendientes, "hallazgo", "hallazgos")
    return f"{'Quedan' if many else 'Queda'} {subject} del periodo por revisar{of_them}.{would}"


def quarters(facts: Hechos) -> Iterator[Bloque]:
    """Yield the quarters that end within the period, with their figures, or `ninguno`."""
    yield Titulo("Trimestres que cierran en el periodo", 2)
    if not facts.trimestres:
        yield Parrafo("Trimestre que cierra en el periodo: ninguno.")
        return
    signed = [beside(facts.firmas, period)[0] for period, _figure in facts.trimestres]
    any_signed = any(one is not None for one in signed)
    rows = tuple(
        (period.etiqueta.capitalize(), *figure_cells(figure), *([one] if any_signed else []))
        for (period, figure), one in zip(facts.trimestres, signed, strict=True)
    )
    columns = (
        "Trimestre",
        "Registros",
        "Año anterior",
        "Comparados",
        "Base de M1",
        "M1",
        "Por revisar",
        "M1 provisional",
        "Marcas",
        *(["Año anterior, firmado"] if any_signed else []),
    )
    yield Tabla(
        "Trimestres que cierran en el periodo",
        columns,
        rows,
        "El plan mide la actividad 1.4 por trimestre (marzo, junio, septiembre y diciembre).",
    )


def figure_cells(figure: Figura) -> tuple[int | str | None, ...]:
    """Return a figure's cells under the columns of `quarters`."""
    return (
        figure.registros_dichos,
        figure.anterior_dichos,
        figure.registros_comparados,
        figure.anterior_comparado,
        percent(figure.m1),
        figure.por_revisar,
        percent(figure.m1_provisional),
        "; ".join(figure.marcas) or "ninguna",
    )
