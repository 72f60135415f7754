"""Groups a file of notes without a registry: what `hallazgos agrupar` does."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from pipeline.incidents import group_notes
from pipeline.tagging.records import Reader, Record, check_tags
from pipeline.tagging.stream import decoded, line_count, opened, tag_records


def group_file(source: Path, out: TextIO, *, with_tags: bool) -> int:
    """Write `{id, folio}` per good line, in order; return the exit status. Tags are made anew unless `with_tags`."""
    with opened(source) as lines:
        reader = Reader(decoded(lines), str(source), check_tags if with_tags else _nothing)
        records = list(reader if with_tags else tagged(reader, line_count(lines)))
    for identifier, folio in group_notes(records, trust=with_tags):
        out.write(json.dumps({"id": identifier, "folio": folio}, ensure_ascii=False) + "\n")
    return reader.status()


def _nothing(record: Record) -> None:
    """Ask nothing of the tags that are not used."""


def tagged(records: Iterable[Record], total: int | None = None) -> Iterator[Record]:
    """Yield the records with tags of their own in place of any they had."""
    return ({**record, **tags.guide_record(), "mas": tags.extra_record()} for record, tags in tag_records(records, total))
