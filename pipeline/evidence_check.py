"""Checks evidence: a row against its capture, the capture against its copy."""

import gzip
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlite_utils import Database

from crawlers.article import VERSION_EXTRACTOR, extract
from crawlers.capture import CapturedResponse, CaptureError, header, read_record
from crawlers.noticia import TextoOrigen
from pipeline.evidence import Kept, member
from pipeline.registry.erased import is_covered
from pipeline.registry.noticias import text_print

# A page is read within seconds of its download; a row that says otherwise was changed.
READ_WITHIN = timedelta(hours=1)
# The digest of a noticia's record in the web archive that it came from; none where a request covered a name in the copy.
ARCHIVED_SQL = """
SELECT a.sha256 FROM noticias_archivo AS a
WHERE a.noticia_id = ? AND NOT EXISTS (
    SELECT 1 FROM custodia AS c WHERE c.noticia_id = a.noticia_id AND c.accion IN ('bloqueo', 'supresion')
)
"""


class Kind(StrEnum):
    """What is wrong: the row's capture is not there, a finding's copy is not, or something does not say the same."""

    NO_CAPTURE = "sin_captura"
    NO_COPY = "sin_copia"
    OTHER = "distintas"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and how it is told."""

    kind: Kind
    que: str


@dataclass(frozen=True)
class StoredText:
    """What the row of a noticia says of its current text."""

    version: int
    titulo: str
    texto: str
    origen: str
    publicada_en: str | None
    capturada_en: str
    huella: str
    version_extractor: str


def stored_text(db: Database, noticia_id: int) -> StoredText:
    """Return the current text of a noticia and what stands beside it."""
    columns = "version, titulo, texto, texto_origen, publicada_en, capturada_en, huella, version_extractor"
    told = db.execute(f"SELECT {columns} FROM noticias WHERE id = ?", [noticia_id]).fetchone()
    texts = (str(value) if isinstance(value, bytes) else value for value in told[1:])  # bytes: changed by hand
    return StoredText(told[0], *texts)


def problems(db: Database, folder: Path, one: Kept, removed: Collection[str] = ()) -> list[str]:
    """Return what `check` finds, one line each in Spanish."""
    return [problem.que for problem in check(db, folder, one, removed)]


def check(db: Database, folder: Path, one: Kept, removed: Collection[str] = (), *, deep: bool = True) -> list[Problem]:
    """Return what does not match between a row, its capture and the copy; empty: all well.

    `removed` are the capture files that purges removed: there the copy alone must be right. Not `deep`: the page is not read
    again to see that it gives what the row says; nor is one where a name was covered, in the row and in the page apart.
    """
    row = stored_text(db, one.noticia_id)
    current = row.version == one.version
    found = []
    if current and text_print(row.texto) != row.huella:
        found.append(Problem(Kind.OTHER, "el texto de la fila no es el de su huella"))
    read: dict[str, CapturedResponse] = {}
    gone = one.copy and one.captura.partition("#")[0] in removed
    for reference in filter(None, (None if gone else one.captura, one.copy)):
        try:
            read[reference] = read_record(folder, reference)
        except CaptureError as error:
            found.append(Problem(Kind.NO_COPY if reference == one.copy else Kind.NO_CAPTURE, str(error)))
            continue
        if one.sha256 and read[reference].sha256 != one.sha256:
            found.append(Problem(Kind.OTHER, f"{reference}: la huella del contenido no es la de la fila"))
    if len(read) == 2 and one.copy and member(folder, one.captura) != member(folder, one.copy):
        found.append(Problem(Kind.OTHER, f"{one.copy}: la copia no es igual a la captura"))
    if one.version == 1 and read and not is_covered(db, one.noticia_id):
        found += _of_archive(db, folder, one.noticia_id, next(iter(read)))
    if deep and current and read and not is_covered(db, one.noticia_id):
        found += [Problem(Kind.OTHER, words) for words in _differences(row, next(iter(read.values())))]
    return found


def _of_archive(db: Database, folder: Path, noticia_id: int, reference: str) -> list[Problem]:
    """Hold the record of a noticia from a web archive against the digest that it had there."""
    told = db.execute(ARCHIVED_SQL, [noticia_id]).fetchone()
    if told is None or hashlib.sha256(gzip.decompress(member(folder, reference))).hexdigest() == told[0]:
        return []
    return [Problem(Kind.OTHER, f"{reference}: no es el registro que se copió del archivo web")]


def _differences(row: StoredText, record: CapturedResponse) -> list[str]:
    """Return the fields of a row that its captured page does not give; only the same version of the reader can tell."""
    if row.origen != TextoOrigen.PAGINA or row.version_extractor != VERSION_EXTRACTOR:
        return []
    captured = _moment(row.capturada_en)
    if captured is None:
        return ["la fila no dice lo que su captura: capturada_en"]
    read_at = _moment(record.fetched_at)
    article = extract(record.body, record.url, content_type=header(record.headers, "Content-Type"), now=captured)
    differs = {
        "texto": article.texto != row.texto,
        "titulo": bool(article.titulo) and article.titulo != row.titulo,
        "publicada_en": article.fecha_precision == "hora" and article.publicada_en != row.publicada_en,
        "capturada_en": read_at is None or abs(captured - read_at) > READ_WITHIN,
    }
    return [f"la fila no dice lo que su captura: {name}" for name, wrong in differs.items() if wrong]


def _moment(text: str) -> datetime | None:
    """Return a stored moment, None for what is none: a changed row may say anything."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
