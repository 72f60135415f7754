"""Writes the corpus of what people decided: a private file, with its line in `lecturas` before it is there."""

import json
from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

import nlp
from pipeline.errores import ErrorDeUso
from pipeline.figures.export_files import write_atomically
from pipeline.figures.exports import Lector
from pipeline.learning.corpus import Corpus, Record, collect
from pipeline.pages.wording import counted
from pipeline.periodos import Periodo
from pipeline.registry.lecturas import record_reading

PROJECT = Path(str(nlp.__file__)).parent


def export_corpus(db: Database, path: Path, period: Periodo | None, reader: Lector) -> Corpus:
    """Write the corpus to `path` (mode 0600, all or nothing) and return it. Raises `ErrorDeUso` for a path that is refused."""
    check_place(path)
    found = collect(db, period)
    folios = sorted({record["id"].partition(".")[0] for record in found.registros} - {"muestra"})
    record_reading(db, reader.quien, "exportar corpus", folios, now=reader.cuando)
    write_atomically(path, as_lines(found.registros))
    return found


def check_place(path: Path) -> None:
    """Raise `ErrorDeUso` unless the file is a `.jsonl` in a folder that is there, outside the project's own corpus."""
    if path.suffix.lower() != ".jsonl":
        raise ErrorDeUso(f"{path}: la extensión debe ser .jsonl")
    if not path.parent.is_dir():
        raise ErrorDeUso(f"{path}: no existe la carpeta {path.parent}")
    if path.is_dir():
        raise ErrorDeUso(f"{path}: es una carpeta")
    if path.resolve().is_relative_to(PROJECT.resolve()):
        raise ErrorDeUso(f"{path}: ahí va el corpus inventado del programa; éste lleva nombres y textos de personas de verdad")


def as_lines(records: Sequence[Record]) -> bytes:
    """Return one JSON object a line."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode("utf-8")


def told(corpus: Corpus) -> str:
    """Return in one line how many records there are of each kind, and what was left out."""
    cases = [record for record in corpus.registros if record["relevante"]]
    later = sum(record["nota"] == "seguimiento" for record in cases)
    negatives = len(corpus.registros) - len(cases)
    out = {
        "por anonimato o supresión": corpus.sin_nombre,
        "sin nota que leer": corpus.sin_pagina,
        "por otro motivo de descarte": corpus.otros_motivos,
    }
    left = ", ".join(f"{amount} {why}" for why, amount in out.items() if amount)
    line = f"{counted(len(cases), 'caso', 'casos')} ({later} de seguimiento) y {counted(negatives, 'negativo', 'negativos')}"
    return f"{line}; fuera: {left}" if left else line
