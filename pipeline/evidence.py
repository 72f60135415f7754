"""Evidence: the captures that rows rest on, found, and copied to `evidencia/` when they tell a finding.

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
# Current and earlier texts of noticias, each with the finding it tells (NULL: none). {of}: which ones.
KEPT_SQL = """
SELECT n.id, hn.folio, n.version, n.url, n.captura, n.sha256, n.texto_origen
FROM noticias AS n LEFT JOIN hallazgos_noticias AS hn ON hn.noticia_id = n.id WHERE {of}
UNION ALL
SELECT n.id, hn.folio, nv.n, n.url, nv.captura, nv.sha256, n.texto_origen
FROM noticias AS n JOIN noticias_versiones AS nv ON nv.noticia_id = n.id
LEFT JOIN hallazgos_noticias AS hn ON hn.noticia_id = n.id WHERE {of}
ORDER BY 1, 3
"""
EVERY, OF_NOTE, OF_FOLIO = "1", "n.id = :key", "hn.folio = :key"
OF_FINDINGS = "n.id IN (SELECT noticia_id FROM hallazgos_noticias)"


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
        yield from _select(db, EVERY)
    for key in keys:
        found = _select(db, OF_NOTE if key.isdecimal() else OF_FOLIO, key)
        if not found:
            raise ErrorDeUso(f"{key}: no hay tal noticia ni hallazgo con noticias")
        yield from found


def _select(db: Database, which: str, key: str = "") -> list[Kept]:
    return [Kept(*row) for row in db.execute(KEPT_SQL.format(of=which), {"key": key}).fetchall()]


def record_of(folder: Path, one: Kept) -> CapturedResponse:
    """Return the captured answer, from `captura/` or else from its copy. Raises `CaptureError`."""
    try:
        return read_record(folder, one.captura)
    except CaptureError:
        if one.copy is None:
            raise
        return read_record(folder, one.copy)


def keep_evidence(db: Database, folder: Path) -> list[Kept]:
    """Copy the captures of every finding that lack a copy; return those that could not be read. Safe to repeat."""
    return [one for one in _select(db, OF_FINDINGS) if not _copied(folder, one)]


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
    (folder / FOLDER).mkdir(exist_ok=True, mode=0o700)
    write_private(target, member(folder, one.captura))
    return True


def member(folder: Path, reference: str) -> bytes:
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
