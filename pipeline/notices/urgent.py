"""Danger in force in the city is told at once to a named person, and again until somebody takes note (`/-/acuse`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.notices.channels import Channel, deliver
from pipeline.notices.news import Finding, victims_of
from pipeline.notices.send import NoticeOrder, Outcome
from pipeline.notices.text import Message, Wording, finding_text
from pipeline.pages.wording import counted
from pipeline.registry.care import note_told
from pipeline.registry.lecturas import record_reading
from pipeline.registry.transaction import writing

WAITING = """
SELECT h.id, h.folio, h.clase, h.alcaldia, h.entidad, h.fecha_registro, h.urgente, h.antecedente, h.resumen
FROM v_urgentes AS v JOIN v_hallazgos AS h ON h.folio = v.folio
WHERE v.avisado_en IS NULL OR v.avisado_en <= ?
ORDER BY h.id
"""


@dataclass(frozen=True)
class UrgentOrder:
    """To whom danger is told (`person` stands in the message), and after how long again while nobody takes note."""

    channels: Sequence[Channel]
    person: str = ""
    every: timedelta = timedelta(minutes=60)


def waiting(db: Database, now: datetime, every: timedelta) -> list[Finding]:
    """Return the urgent findings of the city that nobody took note of, and that were not told within `every`."""
    return [Finding(*row) for row in db.execute(WAITING, [utc_text(now - every)]).fetchall()]


def send_urgent(db: Database, urgent: UrgentOrder, order: NoticeOrder, now: datetime) -> Iterator[Outcome]:
    """Tell every channel what waits; a finding counts as told once one of them took it. Nothing to tell: no outcome."""
    found = waiting(db, now, urgent.every)
    if not found:
        return
    told = urgent_message(found, urgent.person, _wording(db, found, order, now))
    outcomes = [Outcome(one, told, "" if order.dry_run else deliver(one, told, now)) for one in urgent.channels]
    if not order.dry_run and not all(one.reason for one in outcomes):
        with writing(db):
            for finding in found:
                note_told(db, finding.folio, now=now)
    yield from outcomes


def urgent_message(found: Sequence[Finding], person: str, wording: Wording) -> Message:
    """Return the message: who is asked, each finding, and where to take note."""
    title = f"hallazgos: {counted(len(found), 'peligro vigente', 'peligros vigentes')} en la ciudad sin acuse"
    head = f"{person}: " if person else ""
    asked = f"Se repite hasta que alguien acuse recibo{f' en {wording.base}/-/acuse' if wording.base else ''}."
    return Message(title, "\n\n".join([f"{head}{asked}", *(finding_text(one, wording) for one in found)]))


def _wording(db: Database, found: Sequence[Finding], order: NoticeOrder, now: datetime) -> Wording:
    """Return how they are told; names taken out are noted in `lecturas` beforehand."""
    if not order.reader:
        return Wording(order.base)
    folios = [finding.folio for finding in found]
    record_reading(db, order.reader, "aviso --con-nombres", folios, now=now)
    return Wording(order.base, victims_of(db, folios))
