"""Month by month against the year before: the plan's baseline is the twelve monthly figures of that year."""

from collections.abc import Iterator

from pipeline.charts.months import month_by_month
from pipeline.figures.indicator_text import percent
from pipeline.figures.m1 import MARKS
from pipeline.periodos import MONTHS, parse_period
from pipeline.reports.document import Bloque, Figura, Parrafo, Tabla, Titulo
from pipeline.reports.facts import Hechos
from pipeline.reports.words import day_text


def series(facts: Hechos) -> Iterator[Bloque]:
    """Yield the twelve months of the period's last year beside those of the year before, up to the period's end."""
    year = facts.periodo.fin.year
    yield Titulo(f"Mes por mes: {year} y su línea base, {year - 1}")
    yield Parrafo(
        f"La línea base del plan son los doce registros mensuales de {year - 1}. Los meses posteriores al periodo van vacíos."
    )
    end = facts.periodo.fin.isoformat()
    rows = []
    for name, figure in zip(MONTHS, facts.meses, strict=True):
        reached = figure.inicio <= end
        rows.append(
            (
                name.capitalize(),
                figure.anterior_dichos,
                figure.registros_dichos if reached else None,
                percent(figure.m1) if reached else None,
                figure.por_revisar if reached else None,
                "; ".join(figure.marcas) if reached else "",
            )
        )
    columns = ("Mes", str(year - 1), str(year), "M1", "Por revisar", "Marcas")
    chart = month_by_month(list(drawn(facts, end)), year)
    yield Figura(chart.titulo, chart)
    yield Tabla(f"Registros por mes, {year - 1} y {year}", columns, tuple(rows), marks_note(facts))
    yield from signed(facts, year - 1)


def signed(facts: Hechos, year: int) -> Iterator[Bloque]:
    """Yield what was signed of the year before beside its figure of now, where a report of it was closed."""
    if not facts.firmados:
        return
    rows = tuple(
        (
            parse_period(one.periodo).etiqueta.capitalize(),
            str(one.version),
            day_text(one.corte),
            one.registros,
            figure.registros_dichos,
        )
        for one, figure in facts.firmados
    )
    yield Tabla(
        f"Lo firmado de {year} y su cifra corregida",
        ("Informe cerrado", "Versión", "Corte", "Firmado", "Corregido"),
        rows,
        "M1 divide siempre entre la cifra corregida. Un mes sin informe propio no tiene cifra firmada.",
    )


def drawn(facts: Hechos, end: str) -> Iterator[dict[str, str | int | None]]:
    """Yield the months up to the period's end as the chart takes them; of those to come, the year before."""
    for figure in facts.meses:
        if figure.inicio <= end:
            told = {"registros": figure.registros, "registros_anterior": figure.registros_anterior}
            yield {"periodo": figure.periodo, **told, "marcas": "; ".join(figure.marcas)}
        else:
            year, month = figure.periodo.split("-")
            yield {"periodo": f"{int(year) - 1:04}-{month}", "registros": figure.registros_anterior}


def marks_note(facts: Hechos) -> str:
    """Return what each mark of the months tells; empty without marks."""
    end = facts.periodo.fin.isoformat()
    present = {mark for figure in facts.meses if figure.inicio <= end for mark in figure.marcas}
    return " ".join(f"{mark.capitalize()}: {text}." for mark, text in MARKS.items() if mark in present)
