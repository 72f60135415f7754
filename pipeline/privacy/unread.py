"""What lies beside the registry and is not searched for a name: images, PDF, backups, anything that is no text of ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawlers.capture import FOLDER as CAPTURES
from pipeline.evidence import FOLDER as COPIES
from pipeline.privacy.captures import files
from pipeline.privacy.members import END, members, unpacked
from pipeline.privacy.sealed import FOLDER as SEALED
from pipeline.progreso import tracked

TEXTS = (b"text/", b"html", b"xml", b"json", b"javascript")
CONTROL = frozenset(b"\x00\x01\x02\x03\x04\x05\x06\x07\x08")


@dataclass(frozen=True)
class Unread:
    """A file, or a record of a capture file (`ARCHIVO#LUGAR`), and what kind it is said to be."""

    nombre: str
    tipo: str


def unread_files(folder: Path) -> Iterator[Unread]:
    """Yield the files of a registry's folder that are neither it nor captures nor kept sealed."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and not one.is_symlink()):
        name = path.relative_to(folder)
        ours = name.parts[0] in (CAPTURES, COPIES) and path.name.endswith(".warc.gz")
        if ours or name.parts[0] == SEALED or (len(name.parts) == 1 and ".db" in name.name and ".antes-de-" not in name.name):
            continue
        yield Unread(name.as_posix(), "".join(path.suffixes[-2:]).lstrip(".") or "archivo")


def unread_records(folder: Path) -> Iterator[Unread]:
    """Yield the answers in capture files that are no text: images, PDF, what is cut."""
    for path in tracked(files(folder), "Buscando lo que no es texto"):
        name = path.relative_to(folder).as_posix()
        for one in members(path):
            head, _, rest = one.raw.partition(END)
            if b"WARC-Type: response" in head and not unpacked(one.raw) and (kind := _no_text(rest)):
                yield Unread(f"{name}#{one.offset}", kind)


def _no_text(block: bytes) -> str:
    """Return the content type of an answer's body that is no text; '' for one that is, or is empty."""
    head, _, body = block.partition(END)
    line = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-type:")), b"")
    kind = line.partition(b":")[2].partition(b";")[0].strip()
    if not body.strip() or (any(text in kind for text in TEXTS) and not CONTROL & set(body[:4096])):
        return ""
    if not kind and not CONTROL & set(body[:4096]):
        return ""
    return kind.decode("latin-1") or "sin tipo"
