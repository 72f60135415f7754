"""Closes a report: what may be signed, what is frozen of it, and the versions that come after (marco.md, R12)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso, Salida
from pipeline.figures.m1 import Cuenta, question
from pipeline.periodos import Periodo
from pipeline.registry.closings import Cierre, add_closing, last_version
from pipeline.registry.transaction import writing
from pipeline.reports import files
from pipeline.reports.changes import differences, with_changes
from pipeline.reports.document import Documento, Tabla
from pipeline.reports.facts import Hechos
from pipeline.reports.method import VERSION
from pipeline.reports.report import Firmas, draft, signed_document
from pipeline.reports.store import frozen, last_signed
from pipeline.reports.words import counted, day_text
from pipeline.views import ORDER, expand, view_text

COUNTED = Cuenta()


class Pendientes(ErrorDeUso):
    """Findings of the period wait for a person, and nobody said to close with them."""

    exit_code = Salida.ATENCION


@dataclass(frozen=True)
class Cerrado:
    """A closing that was made."""

    version: int
    sha256: str
    documento: Documento
    html: bytes
    docx: bytes


@dataclass(frozen=True)
class Mano:
    """Who closes, when, and whether with findings that wait for review."""

    quien: str
    ahora: datetime
    con_pendientes: bool = False


def close(db: Database, period: Periodo, signatures: Firmas, hand: Mano, *, today: date) -> Cerrado:
    """Freeze the period's report as its next version.

    Raises `ErrorDeUso` for a period that is not over, for one whose figures are those already signed, and when somebody
    closed it meanwhile; `Pendientes` while findings wait.
    """
    if period.fin >= today:
        raise ErrorDeUso(f"{period.clave}: termina el {day_text(period.fin)} y se cierra cuando acabe")
    facts, document = draft(db, period, signatures, today=today)
    check_pending(facts, hand)
    before = last_signed(db, period.clave)
    tables = tuple(block for block in document.bloques if isinstance(block, Tabla) and block.cifras)
    if before is not None and not differences(before, tables):
        raise ErrorDeUso(f"{period.clave}: ya está cerrado (versión {before.version}) y ninguna cifra ha cambiado")
    version = before.version + 1 if before else 1
    final = with_changes(signed_document(document, facts, version, today), before)
    html, docx = (files.content(final, suffix) for suffix in (".html", ".docx"))
    row = Cierre(
        period.clave,
        version,
        COUNTED.unidad.value,
        COUNTED.fecha.value,
        facts.corte,
        facts.pendientes,
        query(period),
        frozen(facts.indicadores, final),
        html,
        docx,
        VERSION,
    )
    with writing(db):
        if last_version(db, period.clave) != version - 1:
            raise ErrorDeUso(f"{period.clave}: otra persona lo cerró mientras tanto; vea «hallazgos informe --cerrados»")
        digest = add_closing(db, row, quien=hand.quien, now=hand.ahora)
    return Cerrado(version, digest, final, html, docx)


def check_pending(facts: Hechos, hand: Mano) -> None:
    """Raise `Pendientes` while findings of the period wait, unless the hand closes with them."""
    if facts.pendientes and not hand.con_pendientes:
        waiting = counted(facts.pendientes, "hallazgo", "hallazgos")
        advice = "revíselos, o ciérrelo con --con-pendientes y el informe lo dirá"
        raise Pendientes(f"{facts.periodo.clave}: tiene {waiting} por revisar; {advice}")


def query(period: Periodo) -> str:
    """Return as JSON how the figures were asked for: the indicator's SQL with its values, and the digest of every view."""
    texts = {name: expand(view_text(name)) for name in ORDER}
    sql, values = question([period], COUNTED)
    asked = {
        "orden": f"hallazgos indicador --periodo {period.clave} --json",
        "sql": sql,
        "valores": values,
        "vistas": {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()},
    }
    return json.dumps(asked, ensure_ascii=False)
