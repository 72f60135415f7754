"""What is linked to a demonstration with an open Base is told at once: one finding once to each channel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlite_utils import Database

from pipeline.notices.channels import Channel, deliver
from pipeline.notices.news import Finding, victims_of
from pipeline.notices.send import NoticeOrder, Outcome
from pipeline.notices.text import Message, Wording, finding_text, one_line
from pipeline.pages.labels import label
from pipeline.pages.wording import counted
from pipeline.registry.lecturas import record_reading
from pipeline.registry.notices import note_base_told
from pipeline.registry.transaction import writing

WAITING = """
WITH abiertas (id) AS MATERIALIZED (SELECT DISTINCT movilizacion_id FROM bases WHERE fin IS NULL),
candidatos (folio) AS MATERIALIZED (
    SELECT folio FROM hallazgos WHERE movilizacion_id IN (SELECT id FROM abiertas)
    UNION SELECT folio FROM correcciones
    WHERE campo = 'movilizacion_id' AND valor IN (SELECT CAST(id AS TEXT) FROM abiertas)
    EXCEPT SELECT folio FROM avisos_base WHERE canal = ?
)
SELECT h.id, h.folio, h.clase, h.alcaldia, h.entidad, h.fecha_registro, h.urgente, h.antecedente, h.resumen, m.nombre, h.fase
FROM candidatos AS c
CROSS JOIN v_hallazgos AS h ON h.folio = c.folio
JOIN movilizaciones AS m ON m.id = h.movilizacion_id
WHERE m.id IN (SELECT id FROM abiertas) AND h.estado IN ('detectado', 'validado') AND h.origen IN ('monitoreo', 'manual')
ORDER BY m.inicio, m.id, h.urgente DESC, h.id
"""


@dataclass(frozen=True)
class BaseFinding:
    """A finding of a demonstration with an open Base."""

    finding: Finding
    movilizacion: str
    fase: str


def waiting(db: Database, canal: str) -> list[BaseFinding]:
    """Return the findings of open Bases that a channel (by its key) was not told of, by demonstration, urgent ones first."""
    return [BaseFinding(Finding(*row[:9]), row[9], row[10]) for row in db.execute(WAITING, [canal]).fetchall()]


def send_bases(db: Database, channels: Sequence[Channel], order: NoticeOrder, now: datetime) -> Iterator[Outcome]:
    """Tell every channel what it was not told yet, and note it once the channel took it. Nothing to tell: no outcome."""
    for channel in channels:
        found = waiting(db, channel.key)
        if not found:
            continue
        told = base_message(found, _wording(db, found, order, now))
        reason = "" if order.dry_run else deliver(channel, told, now)
        if not (reason or order.dry_run):
            with writing(db):
                note_base_told(db, [one.finding.folio for one in found], channel.key, now=now)
        yield Outcome(channel, told, reason)


def base_message(found: Sequence[BaseFinding], wording: Wording) -> Message:
    """Return the message: under each demonstration its findings, each with its moment of it."""
    parts = []
    for name, of_it in groupby(found, key=lambda one: one.movilizacion):
        parts.append(f"{one_line(name)}:")
        parts += [f"{label('fase', one.fase)} · {finding_text(one.finding, wording)}" for one in of_it]
    title = f"hallazgos: {counted(len(found), 'hallazgo', 'hallazgos')} en movilización con Base abierta"
    return Message(title, "\n\n".join(parts))


def _wording(db: Database, found: Sequence[BaseFinding], order: NoticeOrder, now: datetime) -> Wording:
    """Return how they are told; names taken out are noted in `lecturas` beforehand."""
    if not order.reader:
        return Wording(order.base)
    folios = [one.finding.folio for one in found]
    record_reading(db, order.reader, "aviso --con-nombres", folios, now=now)
    return Wording(order.base, victims_of(db, folios))
