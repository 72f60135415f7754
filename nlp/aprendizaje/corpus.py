"""The project's annotated notes, and how they become cases to learn from."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from nlp.aprendizaje.entrenar import Caso, case
from nlp.criba import passes
from nlp.etiquetas import Nota
from nlp.parsed import Parsed
from nlp.piezas import parse
from nlp.reglas.actos import read
from nlp.tagger import calmed, cut

FOLDER = Path(__file__).parents[1] / "corpus"
Record = Mapping[str, Any]


def files(folder: Path = FOLDER) -> list[Path]:
    """Return the files to learn from; what is set apart lies in folders below."""
    return sorted(folder.glob("*.jsonl"))


def set_apart(folder: Path = FOLDER) -> list[Path]:
    """Return the files that are read only for the final figures."""
    return sorted((folder / "reserva").glob("*.jsonl"))


def records(path: Path) -> list[Record]:
    """Return the records of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def digest(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of the files' contents, in the order given."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()


def note_of(record: Record) -> Nota:
    """Return the note of an annotated record."""
    return Nota(str(record["id"]), record["texto"], record.get("titulo") or "", record.get("fecha_publicacion"))


def cases(nlp: Language, groups: Mapping[str, Sequence[Record]]) -> Iterator[Caso]:
    """Yield the case of every record, read by the rules; the key of a group tells who wrote it."""
    told = [(group, record, note_of(record)) for group, rows in groups.items() for record in rows]
    docs = parse(nlp, (calmed(cut(text)) for _, _, note in told for text in (note.titulo, note.texto)))
    for group, record, note in told:
        yield case(read(Parsed(next(docs), next(docs), note)), record, group, passes(note))
