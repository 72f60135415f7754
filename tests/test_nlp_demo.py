"""The tagger on the demonstration press, which is annotated with the guide."""

import json
from pathlib import Path

import pytest

from nlp.criba import passes
from nlp.etiquetas import Nota
from nlp.evaluate import score
from nlp.tagger import tag_many

ARTICLES = Path(__file__).parent.parent / "demo" / "data" / "articulos.jsonl"


@pytest.fixture(scope="module")
def gold():
    return [json.loads(line) for line in ARTICLES.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def notes(gold):
    return [Nota(r["id"], r["texto"], r["titulo"], r["fecha_publicacion"]) for r in gold]


def test_the_sieve_loses_no_finding(gold, notes):
    assert [note.id for note, record in zip(notes, gold, strict=True) if record["relevante"] and not passes(note)] == []


def test_fields_on_the_demonstration_press(nlp, gold, notes):
    answers = [{"id": note.id, **tags.guide_record()} for note, tags in zip(notes, tag_many(nlp, notes), strict=True)]
    figures = score(gold, answers)
    assert figures["relevante"][1] == 1.0
    assert figures["falsas_alarmas"][0] == 0
    assert figures["clase"] >= 0.95
    assert figures["nota"] >= 0.95
    floors = {"victima": 0.95, "agresion": 0.93, "modalidad": 0.9, "agresor": 0.9, "movilizacion": 0.95}
    assert {field: figures[field][2] >= floor for field, floor in floors.items()} == dict.fromkeys(floors, True)
