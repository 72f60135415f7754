"""Records of JSON lines in, the annotation guide's records out: what `etiquetar` and `evaluar` share."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from crawlers.fechas import local_day
from nlp.etiquetas import Etiquetas, Nota
from pipeline.errores import ErrorDeUso
from pipeline.progreso import is_watched, tracked
from pipeline.tagging.records import Reader, Record

LOT = 64  # records that are tagged together


def decoded(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a stream; one that is no UTF-8 comes as a line that is no JSON either, so that it is named as bad."""
    for raw in stream:
        try:
            yield raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            yield "\ufffd"


def nota_of(record: Record) -> Nota:
    """Return the note of a checked record; null and missing fields are empty ones."""
    day = record.get("fecha_publicacion")
    return Nota(str(record["id"]), _clean(record.get("texto")), _clean(record.get("titulo")), local_day(day) if day else None)


def _clean(text: str | None) -> str:
    """Put a mark in place of lone surrogates, which JSON may hold and no encoder takes."""
    return (text or "").encode("utf-8", "replace").decode("utf-8")


def line_count(stream: BinaryIO) -> int | None:
    """Return how many lines are left in a file, which is put back to where it was; None for a pipe, or where nobody looks."""
    if not (is_watched() and stream.seekable()):
        return None
    start = stream.tell()
    count = sum(1 for line in stream if line.strip())
    stream.seek(start)
    return count


def tag_records(records: Iterable[Record], total: int | None = None) -> Iterator[tuple[Record, Etiquetas]]:
    """Yield each record with its tags, in order, a lot at a time, under a bar that ends at `total`."""
    yield from tracked(_tagged(records), "Etiquetando notas", total)


def _tagged(records: Iterable[Record]) -> Iterator[tuple[Record, Etiquetas]]:
    from nlp.tagger import build_nlp, tag_many  # noqa: PLC0415 - spaCy takes two seconds to import

    nlp = build_nlp()
    lot: list[Record] = []
    for record in records:
        lot.append(record)
        if len(lot) == LOT:
            yield from zip(lot, tag_many(nlp, map(nota_of, lot)), strict=True)
            lot = []
    yield from zip(lot, tag_many(nlp, map(nota_of, lot)), strict=True)


def output_record(record: Record, tags: Etiquetas, *, passages: bool) -> dict[str, Any]:
    """Return the line that goes out: `id`, the guide's eleven fields, `mas`; `pasajes` and `puntajes` on demand."""
    out = {"id": record["id"], **tags.guide_record(), "mas": tags.extra_record()}
    if passages:
        out |= {"pasajes": [vars(passage) for passage in tags.pasajes], "puntajes": [vars(score) for score in tags.puntajes]}
    return out


def tag_stream(source: BinaryIO, out: TextIO, name: str, *, passages: bool) -> int:
    """Write the tags of every good line of `source` as it is done; return the exit status (5: some lines were bad)."""
    reader = Reader(decoded(source), name, lambda _record: None)
    seen = out.isatty()  # the lines themselves show how far it is
    for record, tags in _tagged(reader) if seen else tag_records(reader, line_count(source)):
        out.write(json.dumps(output_record(record, tags, passages=passages), ensure_ascii=False) + "\n")
        out.flush()
    return reader.status()


def opened(path: Path) -> BinaryIO:
    """Open a file to read. Raises `ErrorDeUso` naming it."""
    try:
        return path.open("rb")
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede leer: {error.strerror}") from error
