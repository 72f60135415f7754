"""Evidence: the captures that rows rest on, found, checked, and copied to `evidencia/` when they tell a finding.

`captura/` may be thinned out with time; `evidencia/FOLIO/` lasts. A copy is the one WARC record, byte for byte.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from crawlers.capture import CapturedResponse, CaptureError, read_record
from pipeline.errores import ErrorDeUso

FOLDER = "evidencia"
CHUNK = 1 << 16
# Current and earlier texts of noticias, each with the finding it tells (NULL: none).
KEPT_SQL = """
SELECT v.noticia_id, hn.folio, v.n, v.url, v.captura, v.sha256, v.origen FROM (
    SELECT id AS noticia_id, version AS n, url, captura, sha256, texto_origen AS origen FROM noticias
    UNION ALL
    SELECT nv.noticia_id, nv.n, n.url, nv.captura, nv.sha256, n.texto_origen
    FROM noticias_versiones AS nv JOIN noticias AS n ON n.id = nv.noticia_id
) AS v LEFT JOIN hallazgos_noticias AS hn ON hn.noticia_id = v.noticia_id
"""


@dataclass(frozen=True)
class Kept:
    """One version of a noticia and where its capture lies; `sha256` is empty where the row could not be given one."""

    noticia_id: int
    folio: str | None
    version: int
    url: str
    captura: str
    sha256: str
    origen: str

    @property
    def copy(self) -> str | None:
        """Return the reference of its copy in `evidencia/`, or None when it tells no finding."""
        name, _, offset = self.captura.rpartition("#")
        return f"{FOLDER}/{self.folio}/{Path(name).name.split('.')[0]}-{offset}.warc.gz#0" if self.folio and name else None


def kept(db: Database, keys: Sequence[str] = ()) -> Iterator[Kept]:
    """Yield the captures of the given noticias (number) and findings (folio), or of every noticia. Raises `ErrorDeUso`."""
    if not keys:
        yield from (Kept(*row) for row in db.execute(f"{KEPT_SQL} ORDER BY 1, 3").fetchall())
    for key in keys:
        column = "v.noticia_id" if key.isdecimal() else "hn.folio"
        found = db.execute(f"{KEPT_SQL} WHERE {column} = ? ORDER BY 1, 3", [key]).fetchall()
        if not found:
            raise ErrorDeUso(f"{key}: no hay tal noticia ni hallazgo con noticias")
        yield from (Kept(*row) for row in found)


def record_of(folder: Path, one: Kept) -> CapturedResponse:
    """Return the captured answer, from `captura/` or else from its copy. Raises `CaptureError`."""
    try:
        return read_record(folder, one.captura)
    except CaptureError:
        if one.copy is None:
            raise
        return read_record(folder, one.copy)


def problems(folder: Path, one: Kept) -> list[str]:
    """Return what does not match between a row, its capture and the copy, one line each in Spanish; empty: all well."""
    found = []
    for reference in filter(None, (one.captura, one.copy)):
        try:
            record = read_record(folder, reference)
        except CaptureError as error:
            found.append(str(error))
            continue
        if one.sha256 and record.sha256 != one.sha256:
            found.append(f"{reference}: la huella del contenido no es la de la fila")
    return found


def keep_evidence(db: Database, folder: Path) -> list[Kept]:
    """Copy the captures of every finding that lack a copy; return those that could not be read. Safe to repeat."""
    rows = db.execute(f"{KEPT_SQL} WHERE hn.folio IS NOT NULL").fetchall()
    return [one for one in (Kept(*row) for row in rows) if not _copied(folder, one)]


def _copied(folder: Path, one: Kept) -> bool:
    if one.copy is None:
        return False
    target = folder / one.copy.partition("#")[0]
    if target.exists():
        return True
    try:
        record = read_record(folder, one.captura)
    except CaptureError:
        return False
    if one.sha256 and record.sha256 != one.sha256:
        return False
    write_private(target, _member(folder, one.captura))
    return True


def _member(folder: Path, reference: str) -> bytes:
    """Return the gzip member that holds one record, as it lies in its file."""
    name, _, offset = reference.rpartition("#")
    inflate, size = zlib.decompressobj(wbits=31), 0
    with (folder / name).open("rb") as stream:
        stream.seek(int(offset))
        while not inflate.eof and (chunk := stream.read(CHUNK)):
            inflate.decompress(chunk)
            size += len(chunk)
        stream.seek(int(offset))
        return stream.read(size - len(inflate.unused_data))


def write_private(path: Path, content: bytes) -> None:
    """Write a file for its owner's eyes only, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f".{path.name}.parcial")
    partial.touch(mode=0o600)
    partial.write_bytes(content)
    partial.replace(path)
