"""The capture files that tell a person's name: each record read, and covered where it does."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path

from sqlite_utils import Database

from crawlers.capture import FOLDER as CAPTURES
from pipeline.evidence import FOLDER as COPIES
from pipeline.partial import whole_file
from pipeline.privacy.forms import Forms
from pipeline.privacy.members import Member, body_digest, covered_bytes, covered_member, members, texts_of, unpacked
from pipeline.privacy.sealed import Record
from pipeline.progreso import tracked
from pipeline.registry import covering
from pipeline.registry.held import Subject
from pipeline.registry.transaction import writing

Keep = Callable[[list[Record]], None]


@dataclass(frozen=True)
class Found:
    """A record that tells a name; `archivo` as rows have it."""

    archivo: str
    member: Member

    @property
    def reference(self) -> str:
        """As rows name it."""
        return f"{self.archivo}#{self.member.offset}"


def files(folder: Path) -> list[Path]:
    """Return every capture file and copy."""
    return sorted(path for top in (CAPTURES, COPIES) for path in (folder / top).rglob("*.warc.gz") if path.is_file())


def found_in(path: Path, archivo: str, forms: Forms, tied: frozenset[str]) -> Iterator[Found]:
    """Yield the records of a file that name the person, and those of `tied` references that hold a word of the name."""
    for one in members(path):
        reference = f"{archivo}#{one.offset}"
        if any(_tells(text, forms, alone=reference in tied) for text in texts_of(one.raw)):
            yield Found(archivo, one)


def _tells(text: str, forms: Forms, *, alone: bool) -> bool:
    return forms.named_in(text) or forms.named_in(unescape(text)) or (alone and bool(forms.part.search(text)))


def every_one(folder: Path, forms: Forms, tied: frozenset[str]) -> Iterator[Found]:
    """Yield what is found in all files."""
    for path in tracked(files(folder), "Leyendo capturas"):
        yield from found_in(path, path.relative_to(folder).as_posix(), forms, tied)


def tied_references(db: Database, folder: Path, subject: Subject) -> frozenset[str]:
    """Return the captures of the person's noticias, and the copies of them."""
    own = covering.references(db, subject.notas)
    named = {Path(reference).name for reference in own}
    copies = {path.relative_to(folder).as_posix() for path in files(folder) if _copied_from(path) in named}
    return own | {f"{copy}#0" for copy in copies}


def _files_of(folder: Path, subject: Subject) -> list[Path]:
    """Return the files in which a person may stand, with the copies made from them."""
    if subject.archivos is None:
        return files(folder)
    names = {Path(one).name for one in subject.archivos}
    return [path for path in files(folder) if path.name in names or _copied_from(path).partition("#")[0] in names]


def _copied_from(path: Path) -> str:
    """Return `ARCHIVO#LUGAR` of the capture that a file of `evidencia/` is a copy of."""
    stem, _, offset = path.name.removesuffix(".warc.gz").rpartition("-")
    return f"{stem}.warc.gz#{offset}"


def cover(db: Database, folder: Path, subject: Subject, told: covering.Told, *, keep: Keep, now: datetime) -> int:  # noqa: PLR0913 - one of each
    """Cover every record; return how many. Each file takes its place once its rows say so, whole; safe to repeat."""
    tied, count = tied_references(db, folder, subject), 0
    for path in tracked(_files_of(folder, subject), "Testando capturas"):
        archivo = path.relative_to(folder).as_posix()
        found = list(found_in(path, archivo, subject.forms, tied))
        changed = {one.member.offset: _covered(one, subject.forms) for one in found}
        changed = {place: packed for place, packed in changed.items() if packed}
        if changed:
            keep([Record(archivo, one.member.offset, one.member.packed) for one in found if one.member.offset in changed])
            rewrite(db, folder, archivo, changed, told=told, now=now)
            count += len(changed)
    return count


def _covered(one: Found, forms: Forms) -> bytes:
    """Return a record covered; empty when nothing in it would change. The torn end of a file is dropped."""
    if not one.member.whole:
        return b"\x00"
    if covered_bytes(one.member.raw, forms) == one.member.raw and not unpacked(one.member.raw):
        return b""
    return covered_member(one.member, forms)


def rewrite(  # noqa: PLR0913 - one of each
    db: Database, folder: Path, archivo: str, changed: Mapping[int, bytes], *, told: covering.Told, now: datetime
) -> None:
    """Write a file anew with other records in their places, after the rows that name them tell the new digests."""
    path = folder / archivo
    with whole_file(path) as partial, partial.open("wb") as out:
        digests = {}
        for one in members(path):
            packed = changed.get(one.offset, one.packed)
            if one.whole:
                out.write(packed)
                if one.offset in changed:
                    digests[f"{archivo}#{one.offset}"] = body_digest(_raw(packed))
            elif one.offset not in changed:
                out.write(one.packed)
        out.flush()
        with writing(db):
            covering.tell(db, digests, told, now)


def _raw(packed: bytes) -> bytes:
    return gzip.decompress(packed)
