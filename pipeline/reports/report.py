"""The report of a period: its sections in the order in which they are read."""

from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from pipeline.periodos import Periodo
from pipeline.reports.coverage import coverage
from pipeline.reports.document import Bloque, Documento, Portada
from pipeline.reports.facts import Hechos, gather
from pipeline.reports.headline import headline
from pipeline.reports.method import VERSION, method
from pipeline.reports.series import series
from pipeline.reports.words import day_text, named

TITLE = "Mapeo de agresiones a periodistas y personas defensoras de derechos humanos"
DRAFT = "BORRADOR"


@dataclass(frozen=True)
class Firmas:
    """What the cover says of the institution; empty texts are blanks to fill."""

    institucion: str = ""
    elaboro: str = ""
    reviso: str = ""
    autorizo: str = ""


def build(db: Database, period: Periodo, signed: Firmas, *, today: date) -> Documento:
    """Return the draft of the period's report."""
    facts = gather(db, period, today=today)
    return Documento(cover(facts, signed, "Borrador: las cifras no se han cerrado"), body(db, facts), DRAFT, foot(facts))


def body(db: Database, facts: Hechos) -> tuple[Bloque, ...]:
    """Return the sections after the cover."""
    return (*headline(facts), *series(facts), *coverage(db, facts), *method(db, facts))


def cover(facts: Hechos, signed: Firmas, state: str) -> Portada:
    """Return the cover of a report in `state`."""
    return Portada(
        signed.institucion,
        TITLE,
        f"Informe del {named(facts.periodo)}"
        if not named(facts.periodo).startswith("doce")
        else f"Informe de {named(facts.periodo)}",
        state,
        (
            ("Indicador", "1.4 Registros de hallazgos de información"),
            ("Se cuentan", "hallazgos, por fecha de registro"),
            ("Corte de las cifras", day_text(facts.corte)),
        ),
        (("Elaboró", signed.elaboro), ("Revisó", signed.reviso), ("Autorizó", signed.autorizo)),
    )


def foot(facts: Hechos) -> str:
    """Return what stands at the foot of every page."""
    return f"Actividad 1.4 · {facts.periodo.etiqueta} · hallazgos {VERSION}"
