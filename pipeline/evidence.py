"""Evidence: the captures that rows rest on, found, and copied to `evidencia/` when they tell a finding.

`captura/` is thinned out with time (`hallazgos depurar`); `evidencia/FOLIO/` lasts. A copy is the one WARC record, byte for
byte.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlite_utils import Database

from crawlers.capture import CapturedResponse, CaptureError, read_record
from pipeline.errores import ErrorDeUso
from pipeline.progreso import tracked
from pipeline.registry.custody import Item

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
{besides}
ORDER BY 1, 3
"""
# Later captures that changed no text: version 0. The log of custody alone names them.
RECAPTURED, NO_TEXT = 0, "recaptura"
LATER_SQL = """
UNION ALL
SELECT n.id, hn.folio, 0, n.url, c.captura, c.sha256, 'recaptura'
FROM noticias AS n JOIN custodia AS c ON c.noticia_id = n.id AND c.accion IN ('recaptura', 'ausencia')
LEFT JOIN hallazgos_noticias AS hn ON hn.noticia_id = n.id WHERE {of}
"""
OF_NOTE, OF_FOLIO = "n.id = :key", "hn.folio = :key"
LOT = 500
OF_LOT = f"n.depurada_en IS NULL AND n.id > :key AND n.id <= :key + {LOT}"
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


def kept_by_lots(db: Database) -> Iterator[Kept]:
    """Yield the captures of every noticia that was not purged, read some hundred noticias at a time."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM noticias").fetchone()
    for start in range(0, last, LOT):
        yield from select_kept(db, OF_LOT, start)


def kept(db: Database, keys: Sequence[str]) -> Iterator[Kept]:
    """Yield the captures of the given noticias (number) and findings (folio).

    Raises `ErrorDeUso` for a key that names none, or a purged one.
    """
    for key in map(str.upper, keys):
        found = select_kept(db, OF_NOTE if key.isdecimal() else OF_FOLIO, key)
        if not found:
            raise ErrorDeUso(f"{key}: no hay tal noticia ni hallazgo con noticias")
        if key.isdecimal():
            _refuse_purged(db, key)
        yield from found


def _refuse_purged(db: Database, key: str) -> None:
    (purged,) = db.execute("SELECT depurada_en FROM noticias WHERE id = ?", [key]).fetchone()
    if purged:
        raise ErrorDeUso(f"noticia {key}: se depuró el {purged[:10]}; su texto y su captura ya no se conservan")


def purged_count(db: Database) -> int:
    """Return how many noticias were emptied by `hallazgos depurar`: they have nothing left to check."""
    return int(db.execute("SELECT count(*) FROM noticias WHERE depurada_en IS NOT NULL").fetchone()[0])


def removed_files(db: Database | sqlite3.Connection) -> frozenset[str]:
    """Return the capture files that purges removed."""
    return frozenset(row[0] for row in db.execute("SELECT archivo FROM capturas_depuradas").fetchall())


def select_kept(db: Database | sqlite3.Connection, which: str, key: str | int = "") -> list[Kept]:
    """Return the captures of the noticias that `which` (a condition on `n` and `hn`) names, by noticia and version."""
    besides = LATER_SQL.format(of=which) if has_custody(db) else ""
    return [Kept(*row) for row in db.execute(KEPT_SQL.format(of=which, besides=besides), {"key": key}).fetchall()]


def has_custody(db: Database | sqlite3.Connection) -> bool:
    """Tell whether the registry is of a version that keeps the log of custody."""
    return bool(db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'custodia'").fetchone())


def item_of(one: Kept) -> Item:
    """Return a capture as the log of custody tells of it."""
    return Item(one.folio or "", one.noticia_id, one.version, one.captura, one.sha256, one.url)


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
    return copy_evidence(db, folder, OF_FINDINGS)


def copy_evidence(db: Database, folder: Path, which: str, key: str | int = "") -> list[Kept]:
    """Do so for the noticias of findings that `which` names, as in `select_kept`."""
    others = _Copies(folder)
    with_capture = [one for one in select_kept(db, which, key) if one.captura and one.folio]  # a note by hand has none
    found = tracked(with_capture, "Copiando evidencia")
    return [one for one in found if not _copied(folder, one, others)]


class _Copies:
    """The copies that lie in `evidencia/` by name, listed once and only if a capture is missing: there are many findings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """References of the copies by file name."""
        found: dict[str, list[str]] = {}
        for path in sorted((self.folder / FOLDER).glob("*/*.warc.gz")):
            found.setdefault(path.name, []).append(f"{path.relative_to(self.folder).as_posix()}#0")
        return found


def _copied(folder: Path, one: Kept, others: _Copies) -> bool:
    if one.copy is None:
        return False
    target = folder / one.copy.partition("#")[0]
    if target.exists():
        return True
    source = one.captura if _holds(folder, one.captura, one) else _elsewhere(folder, one, others)
    if source is None:
        return False
    (folder / FOLDER).mkdir(exist_ok=True, mode=0o700)
    write_private(target, member(folder, source))
    return True


def _holds(folder: Path, reference: str, one: Kept) -> bool:
    """Tell whether a reference leads to the answer that the row was made from."""
    try:
        record = read_record(folder, reference)
    except CaptureError:
        return False
    return not one.sha256 or record.sha256 == one.sha256


def copy_holds(folder: Path, one: Kept) -> bool:
    """Tell whether the copy in `evidencia/` can stand for the capture: there, readable and with the row's digest."""
    return one.copy is not None and _holds(folder, one.copy, one)


def _elsewhere(folder: Path, one: Kept, others: _Copies) -> str | None:
    """Return the reference of the copy that another finding had of this capture (the noticia moved from one to another)."""
    name = Path(one.copy or "").name.partition("#")[0]
    return next((copy for copy in others.by_name.get(name, ()) if _holds(folder, copy, one)), None)


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
