"""`hallazgos informe --version-publica`: the period's report with what could identify somebody tested out, and the list of it.

The small figures follow the very rule of the publication; everything else that is tested out is a whole column, chart or
section, each with the reason (marco.md, R34).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from pipeline.figures.indicator_text import percent
from pipeline.periodos import Periodo, parse_period
from pipeline.publication.counts import SIGNED_COLUMNS, Cifras, indicator_rows
from pipeline.publication.protect import protect
from pipeline.publication.relations import MONTH
from pipeline.publication.tables import TOTAL, Clave, Dato, tables
from pipeline.publication.texts import said, texts
from pipeline.registry.transaction import reading
from pipeline.reports import files
from pipeline.reports.document import Bloque, Documento, Lista, Parrafo, Tabla, Titulo
from pipeline.reports.facts import Hechos, gather
from pipeline.reports.headline import first_sentence
from pipeline.reports.orders import Orden
from pipeline.reports.report import Firmas, cover, foot
from pipeline.reports.texts import fixed, fixed_list

MARK, HIDDEN = "VERSIÓN PÚBLICA", "testado"


@dataclass(frozen=True)
class Publica:
    """How a report is made public: the least figure shown, and the legal reason that the institution gives (may be empty)."""

    k: int
    fundamento: str = ""


def public_report(db: Database, period: Periodo, signatures: Firmas, asked: Publica, *, today: date) -> Documento:
    """Return the public version of the period's report."""
    with reading(db):
        facts = gather(db, period, today=today)
    cifras = figures_of_report(facts)
    hidden = protect(cifras, asked.k, []).reservados
    small = {key for key in hidden if cifras[key].valor < asked.k}
    blocks = (
        *opening(facts, cifras, hidden),
        *parts(facts, cifras, hidden),
        Titulo("Método"),
        Lista(fixed_list("metodo")),
        Titulo("Límites"),
        Lista(fixed_list("limites")),
        *tested(asked, len(small), len(hidden) - len(small)),
    )
    return Documento(cover(facts, signatures, "Versión pública"), blocks, MARK, foot(facts))


def write_public(db: Database, order: Orden, asked: Publica) -> str:
    """Write the public version to the order's file, and say so."""
    document = public_report(db, order.periodo, order.firmas, asked, today=order.hoy)
    files.write(order.path, files.content(document, order.path.suffix.lower()))
    return f"Se escribió {order.path}: versión pública"


def figures_of_report(facts: Hechos) -> Cifras:
    """Return the figures that the public version shows or tests out, as the publication's own of the same kind are called."""
    key = facts.periodo.clave
    by_name = {table.desglose: name for name, table in tables().items() if table.por == "anio" and table.desglose}
    found: Cifras = {}
    for part in facts.cifras.desgloses:
        if part.clave in by_name:
            for row in part.renglones:
                number = row.actual.hallazgos
                found[Clave(by_name[part.clave], key, row.valor)] = Dato(number, number, row.etiqueta)
    total = sum(row.actual.hallazgos for row in facts.cifras.desglose("clase").renglones)
    found[Clave("registros_anuales", key, TOTAL)] = Dato(total, total, "Registros")
    for figure in facts.cifras.meses:
        if figure.registros is not None and ".." not in figure.periodo and figure.periodo != key:
            found[Clave(MONTH, figure.periodo, TOTAL)] = Dato(
                figure.registros, figure.registros, parse_period(figure.periodo).etiqueta
            )
    return found | indicator_rows(key, facts.record)


def opening(facts: Hechos, cifras: Cifras, hidden: frozenset[Clave]) -> Iterator[Bloque]:
    """Yield the figure of the period: in words and with M1 only where nothing of it is tested out."""
    key = facts.periodo.clave
    needed = [one for one in cifras if one.cuadro in ("indicador_firmado", "registros_anuales")]
    whole = not hidden.intersection(needed)
    yield Titulo("La cifra del periodo")
    yield Parrafo(
        first_sentence(facts) if whole else "Parte de la cifra del periodo está testada: es demasiado chica.", "destacado"
    )
    yield Parrafo(fixed("sin_logro"))
    rows = [
        (label, shown(cifras, hidden, Clave("indicador_firmado", key, name))) for name, (label, _) in SIGNED_COLUMNS.items()
    ]
    rows.append(("M1", percent(facts.record["m1"]) if whole else HIDDEN))
    yield Tabla("Indicador 1.4", ("Concepto", "Valor"), tuple(rows))


def parts(facts: Hechos, cifras: Cifras, hidden: frozenset[Clave]) -> Iterator[Bloque]:
    """Yield the months and the breakdowns, registros only."""
    months = tuple(
        (one.etiqueta.capitalize(), shown(cifras, hidden, key)) for key, one in cifras.items() if key.cuadro == MONTH
    )
    if months:
        yield Titulo("Mes por mes")
        yield Tabla("Registros por mes", ("Mes", "Registros"), months)
    yield Titulo("Desgloses")
    notes = {part.clave: part for part in facts.cifras.desgloses}
    for name, table in tables().items():
        rows = tuple((one.etiqueta, shown(cifras, hidden, key)) for key, one in cifras.items() if key.cuadro == name)
        if table.desglose and rows:
            part = notes[table.desglose]
            yield Tabla(f"Registros {part.titulo[0].lower()}{part.titulo[1:]}", ("Renglón", "Registros"), rows, part.nota)


def shown(cifras: Cifras, hidden: frozenset[Clave], key: Clave) -> int | str | None:
    """Return a figure as the reader sees it; None where there is none."""
    return HIDDEN if key in hidden else cifras[key].valor if key in cifras else None


def tested(asked: Publica, small: int, beside: int) -> Iterator[Bloque]:
    """Yield the list of what was tested out: each thing with its rule, how many, and the legal reason."""
    reason = asked.fundamento or said("sin_fundamento")
    counts = {"chicas": f"{small}", "complemento": f"{beside}"}
    rows = tuple(
        (rule["que"], rule["regla"].format(k=asked.k), counts.get(name, "todo"), reason)
        for name, rule in texts()["testado"].items()
    )  # fmt: skip
    yield Titulo("Lo que se testó")
    yield Tabla("Partes testadas", ("Qué", "Regla", "Cuántas", "Fundamento"), rows, cifras=False)
