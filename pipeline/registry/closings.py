"""Rows of `cierres`: a report as it was signed. They are only added; triggers refuse any change."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry.audit import Change, record


@dataclass(frozen=True)
class Cierre:
    """What is frozen of a report. `consulta` and `cifras` are JSON; `html` and `docx` the document's bytes, as signed."""

    periodo: str
    version: int
    unidad: str
    fecha: str
    corte: str
    pendientes: int
    consulta: str
    cifras: str
    html: bytes
    docx: bytes
    version_programa: str


def last_version(db: Database, periodo: str) -> int:
    """Return the newest version of a period's report, 0 when it was never closed."""
    found = db.execute("SELECT coalesce(max(version), 0) FROM cierres WHERE periodo = ?", [periodo]).fetchone()
    return int(found[0])


def add_closing(db: Database, closing: Cierre, *, quien: str, now: datetime) -> str:
    """Add one row and its line in `bitacora` inside the caller's transaction; return the document's digest."""
    digests = [hashlib.sha256(data).hexdigest() for data in (closing.html, closing.docx)]
    db.execute(
        "INSERT INTO cierres (periodo, version, unidad, fecha, corte, pendientes, consulta, cifras, documento, sha256,"
        " documento_docx, sha256_docx, version_programa, quien, cuando) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            closing.periodo,
            closing.version,
            closing.unidad,
            closing.fecha,
            closing.corte,
            closing.pendientes,
            closing.consulta,
            closing.cifras,
            closing.html.decode(),
            digests[0],
            closing.docx,
            digests[1],
            closing.version_programa,
            quien,
            utc_text(now),
        ],
    )
    key = f"{closing.periodo}/{closing.version}"
    record(db, Change("cerrar", "cierres", key, "sha256", None, digests[0]), quien=quien, now=now)
    return digests[0]
