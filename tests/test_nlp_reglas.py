"""Each rule on sentences for and against it: `tests/data/reglas/*.jsonl`."""

import json
from pathlib import Path

import pytest

from nlp.etiquetas import Nota
from nlp.parsed import Parsed
from nlp.reglas import relevante
from nlp.reglas.actos import read
from nlp.reglas.agresor import actors
from nlp.reglas.modalidad import modalities

DATA = Path(__file__).parent / "data" / "reglas"


def cases(name):
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]


def reading(nlp, text):
    return read(Parsed(nlp(""), nlp(text), Nota("x", text, fecha_publicacion="2026-11-23")))


@pytest.mark.parametrize("case", cases("modalidad"), ids=lambda c: f"{c['modalidad']}-{c['esperado']}-{c['texto'][:20]}")
def test_modality(nlp, case):
    found = set(modalities(reading(nlp, case["texto"])))
    assert (case["modalidad"] in found) is case["esperado"], found


@pytest.mark.parametrize("case", cases("agresor"), ids=lambda c: f"{c['agresor']}-{c['esperado']}-{c['texto'][:20]}")
def test_perpetrator(nlp, case):
    found = set(actors(reading(nlp, case["texto"])))
    assert (case["agresor"] in found) is case["esperado"], found


@pytest.mark.parametrize("case", cases("relevante"), ids=lambda c: c["caso"])
def test_relevance(nlp, case):
    confidence = relevante.confidence(reading(nlp, case["texto"]))
    assert (confidence >= 0.4) is case["esperado"], confidence


@pytest.mark.parametrize("case", cases("menciones"), ids=lambda c: c["caso"])
def test_who_may_be_a_victim(nlp, case):
    found = {m.tipo for m in reading(nlp, case["texto"]).menciones["texto"] if m.concreta and m.modo != "posible"}
    assert found == set(case["esperado"]), found
