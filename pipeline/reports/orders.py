"""What `hallazgos informe` does with what was asked for; each order says in Spanish what it wrote."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.periodos import Periodo
from pipeline.reports import files
from pipeline.reports.annex import annex, note_names
from pipeline.reports.closing import Cerrado, Mano, close
from pipeline.reports.report import Firmas, build
from pipeline.reports.store import closings, signed_bytes
from pipeline.tables import show_rows

LISTED = {
    "periodo": "periodo",
    "version": "versión",
    "vigente": "vigente",
    "cerrado_en": "cerrado (UTC)",
    "registros": "registros",
    "anterior_comparado": "base de M1",
    "m1": "M1",
    "pendientes": "pendientes",
    "sha256": "huella",
}


@dataclass(frozen=True)
class Orden:
    """Which period, to which file, by whom, when (`hoy`: the Mexico City day), and what the cover says."""

    periodo: Periodo
    path: Path
    quien: str
    ahora: datetime
    hoy: date
    firmas: Firmas


def list_closings(db: Database, form: str) -> None:
    """Print the closed reports."""
    rows = closings(db)
    if form == "tabla" and not rows:
        click.echo("No hay informes cerrados.")
        return
    show_rows(tuple(LISTED), rows, form, headings=tuple(LISTED.values()))


def write_report(db: Database, order: Orden, *, closing: bool, with_pending: bool, version: int | None) -> str:
    """Write the draft, close the period and write what was signed, or write a version as it was signed."""
    if closing and version:
        raise ErrorDeUso("--cerrar y --version no van juntas: cerrar da la versión que sigue")
    if with_pending and not closing:
        raise ErrorDeUso("--con-pendientes va con --cerrar")
    if version:
        data = signed_bytes(db, order.periodo.clave, version, order.path.suffix.lower())
        files.write(order.path, files.printed(data) if order.path.suffix.lower() == ".pdf" else data)
        return f"Se escribió {order.path}: {order.periodo.clave}, versión {version}, como se firmó"
    if closing:
        hand = Mano(order.quien, order.ahora, with_pending)
        return write_closed(order, close(db, order.periodo, order.firmas, hand, today=order.hoy))
    document = build(db, order.periodo, order.firmas, today=order.hoy)
    files.write(order.path, files.content(document, order.path.suffix.lower()))
    return f"Se escribió {order.path}"


def write_closed(order: Orden, closed: Cerrado) -> str:
    """Write what was just closed, the very bytes that the registry keeps."""
    suffix = order.path.suffix.lower()
    data = closed.docx if suffix == ".docx" else closed.html
    files.write(order.path, files.printed(data) if suffix == ".pdf" else data)
    return f"Se cerró {order.periodo.clave}, versión {closed.version} (huella {closed.sha256}).\nSe escribió {order.path}"


def write_annex(db: Database, order: Orden, path: Path, *, risk: bool, names: bool) -> str:
    """Write the reserved annex; with names it is noted in `lecturas` beforehand."""
    document = annex(db, order.periodo, order.firmas.institucion, risk=risk, names=names)
    if names:
        note_names(db, document, order.quien, order.ahora)
    files.write(path, files.content(document, path.suffix.lower()))
    return f"Se escribió {path}: RESERVADO, {'con' if names else 'sin'} nombres; guárdelo como el registro"
