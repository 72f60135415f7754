"""The report of a period: its sections in the order in which they are read."""

from dataclasses import dataclass, replace
from datetime import date

from sqlite_utils import Database

from pipeline.periodos import MONTHS, Periodo
from pipeline.registry.transaction import reading
from pipeline.reports.breakdowns import breakdowns
from pipeline.reports.changes import with_changes
from pipeline.reports.coverage import coverage
from pipeline.reports.datasheet import datasheet
from pipeline.reports.demonstrations import demonstrations
from pipeline.reports.document import Bloque, Documento, Portada
from pipeline.reports.facts import Hechos, gather
from pipeline.reports.headline import headline
from pipeline.reports.method import VERSION, method
from pipeline.reports.series import series
from pipeline.reports.store import last_signed
from pipeline.reports.words import counted, day_text, named

TITLE = "Mapeo de agresiones a periodistas y personas defensoras de derechos humanos"
DRAFT, NOT_CLOSED = "BORRADOR", "Borrador: las cifras no se han cerrado"


@dataclass(frozen=True)
class Firmas:
    """What the cover says of the institution; empty texts are blanks to fill."""

    institucion: str = ""
    elaboro: str = ""
    reviso: str = ""
    autorizo: str = ""


def build(db: Database, period: Periodo, signatures: Firmas, *, today: date) -> Documento:
    """Return the draft of the period's report; of one that was signed, with what changed since."""
    _facts, document = draft(db, period, signatures, today=today)
    return with_changes(document, last_signed(db, period.clave))


def draft(db: Database, period: Periodo, signatures: Firmas, *, today: date) -> tuple[Hechos, Documento]:
    """Return the facts of one instant, and the draft made from them."""
    with reading(db):
        facts = gather(db, period, today=today)
        blocks = body(db, facts)
    return facts, Documento(cover(facts, signatures, NOT_CLOSED), blocks, DRAFT, foot(facts))


def signed_document(document: Documento, facts: Hechos, version: int, day: date) -> Documento:
    """Return the draft as the version that is closed on `day`."""
    waiting = counted(facts.pendientes, "hallazgo", "hallazgos")
    pending = f", con {waiting} por revisar" if facts.pendientes else ""
    state = f"Versión {version}, cerrada el {day_text(day)}{pending}"
    return replace(
        document, portada=replace(document.portada, estado=state), marca="", pie=f"{document.pie} · versión {version}"
    )


def body(db: Database, facts: Hechos) -> tuple[Bloque, ...]:
    """Return the sections after the cover."""
    return (
        *headline(facts),
        *series(facts),
        *breakdowns(facts),
        *demonstrations(db, facts),
        *datasheet(db, facts),
        *coverage(db, facts),
        *method(db, facts),
    )


def cover(facts: Hechos, signed: Firmas, state: str) -> Portada:
    """Return the cover of a report in `state`."""
    cut = day_text(facts.corte) if facts.record["corte"] else "ningún día del periodo tiene cifras"
    return cover_of(facts.periodo, signed, state, cut)


def cover_of(period: Periodo, signed: Firmas, state: str, cut: str) -> Portada:
    """Return the cover of a period's report in `state`, with figures up to `cut` (in words)."""
    name = named(period)
    of = {"doce": "de los"}.get(name.split()[0], "de" if name.split()[0] in MONTHS else "del")
    return Portada(
        signed.institucion,
        TITLE,
        f"Informe {of} {name}",
        state,
        (
            ("Indicador", "1.4 Registros de hallazgos de información"),
            ("Se cuentan", "hallazgos, por fecha de registro"),
            ("Corte de las cifras", cut),
        ),
        (("Elaboró", signed.elaboro), ("Revisó", signed.reviso), ("Autorizó", signed.autorizo)),
    )


def foot(facts: Hechos) -> str:
    """Return what stands at the foot of every page."""
    return f"Actividad 1.4 · {facts.periodo.etiqueta} · hallazgos {VERSION}"
