"""Each rule on sentences for and against it: `tests/data/reglas/*.jsonl`."""

import json
from pathlib import Path

import pytest

from nlp.etiquetas import Nota
from nlp.tagger import tag_many

DATA = Path(__file__).parent / "data" / "reglas"


def cases(name):
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def tags_of(nlp, text):
    return next(tag_many(nlp, [Nota("x", text, fecha_publicacion="2026-11-23")]))


@pytest.mark.parametrize("case", cases("modalidad"), ids=lambda c: f"{c['modalidad']}-{c['esperado']}-{c['texto'][:20]}")
def test_modality(nlp, case):
    tags = tags_of(nlp, case["texto"])
    assert (case["modalidad"] in tags.modalidad) is case["esperado"], tags.modalidad


@pytest.mark.parametrize("case", cases("agresor"), ids=lambda c: f"{c['agresor']}-{c['esperado']}-{c['texto'][:20]}")
def test_perpetrator(nlp, case):
    tags = tags_of(nlp, case["texto"])
    assert (case["agresor"] in tags.agresor) is case["esperado"], tags.agresor


@pytest.mark.parametrize("case", cases("relevante"), ids=lambda c: c["caso"])
def test_relevance(nlp, case):
    assert tags_of(nlp, case["texto"]).relevante is case["esperado"]
