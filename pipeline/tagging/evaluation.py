"""Tags an annotated corpus and lays out its figures: what `hallazgos evaluar` does."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nlp.evaluate import score
from pipeline.errores import Salida
from pipeline.tables import show_rows
from pipeline.tagging.records import BadRecord, Reader, Record, check_tags
from pipeline.tagging.stream import decoded, line_count, opened, tag_records

COLUMNS = ("campo", "precision", "exhaustividad", "f1", "exactitud", "cuenta")
HEADINGS = ("campo", "precisión", "exhaustividad", "F1", "exactitud", "cuenta")


def check_gold(record: Record) -> None:
    """Raise `BadRecord` unless the record is annotated as the guide asks."""
    check_tags(record)
    for name in ("movilizacion", "lugar", "victimas"):
        if record["relevante"] and name not in record:
            raise BadRecord(f"falta {name}")


def evaluate_file(path: Path, form: str) -> int:
    """Print the table of figures of a corpus; return the exit status (5: some lines were bad)."""
    with opened(path) as stream:
        reader = Reader(decoded(stream), str(path), check_gold)
        tagged = [
            (record, {"id": record["id"], **tags.guide_record()}) for record, tags in tag_records(reader, line_count(stream))
        ]
    figures = score((gold for gold, _ in tagged), (answer for _, answer in tagged))
    show_rows(COLUMNS, as_rows(figures), form, headings=HEADINGS)
    return reader.status() or Salida.HECHO


def as_rows(figures: Mapping[str, Any]) -> list[dict[str, object]]:
    """Return one row a field: precision, recall and F1 of what is found, accuracy of what is chosen, counts."""
    rows: list[dict[str, object]] = []
    for name, value in figures.items():
        row: dict[str, object] = dict.fromkeys(COLUMNS)
        row["campo"] = name
        if isinstance(value, tuple) and len(value) == 3:
            row |= {"precision": _round(value[0]), "exhaustividad": _round(value[1]), "f1": _round(value[2])}
        elif isinstance(value, tuple):
            row["cuenta"] = f"{value[0]} de {value[1]}"
        elif isinstance(value, int):
            row["cuenta"] = value
        else:
            row["exactitud"] = _round(value)
        rows.append(row)
    return rows


def _round(value: float) -> float:
    return round(value, 3)
