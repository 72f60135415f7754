"""What was not watched: sources without a read, silent ones, days without a complete run (marco.md, R37)."""

from collections.abc import Iterator

from sqlite_utils import Database

from pipeline.figures.coverage import days_of
from pipeline.pages.labels import label
from pipeline.reports.document import Bloque, Lista, Parrafo, Tabla, Titulo
from pipeline.reports.facts import Hechos
from pipeline.reports.words import span_text

STATES = "SELECT estado, count(*) FROM v_salud_fuentes GROUP BY estado ORDER BY estado"
TROUBLED = (
    "SELECT nombre, estado, detalle, dias_callada, ultimo_nuevo FROM v_salud_fuentes"
    " WHERE estado IN ('callada', 'fallando', 'bloqueada', 'desbordada') ORDER BY estado, nombre"
)


def coverage(db: Database, facts: Hechos) -> Iterator[Bloque]:
    """Yield the section on days and sources not covered."""
    yield Titulo("Cobertura: días y fuentes que faltaron")
    yield Parrafo(
        "Un hueco de cobertura baja la cuenta por causas técnicas: lo publicado esos días o en esas fuentes pudo no hallarse."
    )
    gaps = facts.record["dias_sin_cobertura"]
    for key, name in (("periodo", "del periodo"), ("anterior", "del mismo periodo del año anterior")):
        yield Parrafo(f"Días {name} sin una corrida completa: {days_of(gaps[key]) or 'ninguno'}.")
        if gaps[key]:
            yield Lista(tuple(range_text(part) for part in gaps[key]))
    unread = facts.record["fuentes_sin_lectura"]
    yield Parrafo(f"Fuentes activas sin una sola lectura buena en el periodo: {len(unread) or 'ninguna'}.")
    if unread:
        yield Lista(tuple(unread))
    yield from health(db)


def range_text(part: str) -> str:
    """Return a range of `uncovered_days` in words."""
    first, _dots, last = part.partition("..")
    return span_text(first, last or first).removeprefix("del ")


def health(db: Database) -> Iterator[Bloque]:
    """Yield the state of the sources at their last run (it is of that day, not of the period)."""
    yield Titulo("Estado de las fuentes en su última corrida", 2)
    states = tuple((label("estado", state), number) for state, number in db.execute(STATES))
    if not states:
        yield Parrafo("El registro no tiene fuentes.")
        return
    yield Tabla("Fuentes por estado", ("Estado", "Fuentes"), states, cifras=False)
    troubled = tuple(
        (name, label("estado", state), detail or "", days, newest or "")
        for name, state, detail, days, newest in db.execute(TROUBLED)
    )
    if not troubled:
        yield Parrafo("Ninguna fuente está callada, fallando, bloqueada ni desbordada.")
        return
    columns = ("Fuente", "Estado", "Qué pasa", "Días callada", "Último día con algo nuevo")
    yield Tabla("Fuentes calladas o con fallas", columns, troubled, cifras=False)
