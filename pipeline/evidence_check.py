"""Checks evidence: a row against its capture, the capture against its copy, a capture file against its own digests."""

import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from crawlers.article import VERSION_EXTRACTOR, extract
from crawlers.capture import FOLDER as CAPTURES
from crawlers.capture import CapturedResponse, CaptureError, header, read_record
from crawlers.noticia import TextoOrigen
from pipeline.evidence import CHUNK, FOLDER, Kept, member
from pipeline.progreso import tracked
from pipeline.registry.noticias import text_print

# A page is read within seconds of its download; a row that says otherwise was changed.
READ_WITHIN = timedelta(hours=1)


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
    return StoredText(*db.execute(f"SELECT {columns} FROM noticias WHERE id = ?", [noticia_id]).fetchone())


def problems(db: Database, folder: Path, one: Kept, removed: Collection[str] = ()) -> list[str]:
    """Return what does not match between a row, its capture and the copy, one line each in Spanish; empty: all well.

    `removed` are the capture files that purges removed: there the copy alone must be right.
    """
    row = stored_text(db, one.noticia_id)
    current = row.version == one.version
    found = ["el texto de la fila no es el de su huella"] if current and text_print(row.texto) != row.huella else []
    read: dict[str, CapturedResponse] = {}
    gone = one.copy and one.captura.partition("#")[0] in removed
    for reference in filter(None, (None if gone else one.captura, one.copy)):
        try:
            read[reference] = read_record(folder, reference)
        except CaptureError as error:
            found.append(str(error))
            continue
        if one.sha256 and read[reference].sha256 != one.sha256:
            found.append(f"{reference}: la huella del contenido no es la de la fila")
    if len(read) == 2 and one.copy and member(folder, one.captura) != member(folder, one.copy):
        found.append(f"{one.copy}: la copia no es igual a la captura")
    return found + (_differences(row, next(iter(read.values()))) if current and read else [])


def _differences(row: StoredText, record: CapturedResponse) -> list[str]:
    """Return the fields of a row that its captured page does not give; only the same version of the reader can tell."""
    if row.origen != TextoOrigen.PAGINA or row.version_extractor != VERSION_EXTRACTOR:
        return []
    captured = datetime.fromisoformat(row.capturada_en)
    article = extract(record.body, record.url, content_type=header(record.headers, "Content-Type"), now=captured)
    differs = {
        "texto": article.texto != row.texto,
        "titulo": bool(article.titulo) and article.titulo != row.titulo,
        "publicada_en": article.fecha_precision == "hora" and article.publicada_en != row.publicada_en,
        "capturada_en": abs(captured - datetime.fromisoformat(record.fetched_at)) > READ_WITHIN,
    }
    return [f"la fila no dice lo que su captura: {name}" for name, wrong in differs.items() if wrong]


def damaged_files(folder: Path) -> Iterator[str]:
    """Yield a line for every WARC file beside the registry that was changed since it was written."""
    paths = [path for name in (CAPTURES, FOLDER) for path in sorted((folder / name).rglob("*.warc.gz"))]
    for path in tracked(paths, "Comprobando archivos"):
        if not _whole(path):
            yield f"{path.relative_to(folder)}: el archivo está dañado"


def _whole(path: Path) -> bool:
    """Tell whether every record of a file holds its checksum; one cut at the end by a killed run does not count."""
    inflate = zlib.decompressobj(wbits=31)
    with path.open("rb") as stream:
        rest = b""
        while rest or (rest := stream.read(CHUNK)):
            try:
                inflate.decompress(rest)
            except zlib.error:
                return False
            rest = inflate.unused_data
            if inflate.eof:
                inflate = zlib.decompressobj(wbits=31)
    return True
