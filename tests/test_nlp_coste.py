"""What the tagger costs: only what may be a finding is parsed, entities only where they are read, long texts in part."""

import json
import subprocess
import sys

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bench.tagging import SIDES, notes
from nlp.criba import passes
from nlp.etiquetas import Nota
from nlp.modelo_base import set_norms
from nlp.parsed import MAX_PARSED, Parsed, text_of
from nlp.piezas import PENDING, add_entities, parse, parse_lightly, split
from nlp.plegado import even_fold, fold
from nlp.reglas.actos import once, read
from nlp.tagger import tag_many

TEXTS = (
    "Policías golpearon ayer a la reportera Ana Ruiz, de Canal Norte, en el Zócalo de la Ciudad de México.",
    "",
    "Sr. Pérez: pa' luego es tarde, dijo doña Lucía Sandoval en Iztapalapa. " * 60,
)


@pytest.fixture
def parsed_characters(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which the length of every piece that is parsed is added."""
    seen: list[int] = []
    make_doc = nlp.make_doc

    def counted(text: str) -> Doc:
        seen.append(len(text))
        return make_doc(text)

    monkeypatch.setattr(nlp, "make_doc", counted)
    return seen


def told(doc: Doc) -> list[tuple[object, ...]]:
    marks = "text", "norm_", "pos_", "dep_", "lemma_", "morph", "ent_type_", "ent_iob_", "is_sent_start"
    return [(token.head.i, *(str(getattr(token, mark)) for mark in marks)) for token in doc]


def test_entities_that_come_later_are_those_of_a_whole_parse(nlp: Language) -> None:
    for text, doc in zip(TEXTS, parse(nlp, TEXTS), strict=True):
        pieces = list(nlp.pipe(split(text)))
        whole = Doc.from_docs(pieces, ensure_whitespace=False) if len(pieces) > 1 else pieces[0]
        assert told(doc) == told(set_norms(whole))
        assert text_of(doc) == text
    assert any(t.ent_type_ == "PER" for t in doc)


def test_a_light_parse_has_no_entities_until_they_are_asked_for(nlp: Language) -> None:
    docs = list(parse_lightly(nlp, TEXTS))
    assert not any(doc.ents for doc in docs)
    assert all(PENDING in doc.user_data for doc in docs)
    add_entities(nlp, docs[:1])
    assert [ent.text for ent in docs[0].ents if ent.label_ == "PER"]
    before = [str(ent) for ent in docs[0].ents]
    add_entities(nlp, docs)
    assert [str(ent) for ent in docs[0].ents] == before
    assert docs[2].ents


def test_what_the_sieve_lets_go_is_not_parsed(nlp: Language, parsed_characters: list[int]) -> None:
    quiet = Nota("1", "Estrenan techumbre en el mercado; habrá degustación de quesos. " * 60, "Abre el mercado")
    list(tag_many(nlp, [quiet] * 5))
    assert parsed_characters == []
    list(tag_many(nlp, [Nota("2", TEXTS[0], "Golpean a reportera")]))
    assert sum(parsed_characters) == len(TEXTS[0]) + len("Golpean a reportera")


def test_a_long_text_costs_what_is_parsed_of_it(nlp: Language, parsed_characters: list[int]) -> None:
    note = Nota("1", (TEXTS[0] + " La nota sigue con otra cosa.") * 8_000, "Golpean a reportera")
    assert len(note.texto) > 1_000_000
    assert next(tag_many(nlp, [note])).relevante
    assert 0.9 * MAX_PARSED < sum(parsed_characters) <= MAX_PARSED + len(note.titulo)


def test_several_rules_ask_once(nlp: Language) -> None:
    docs = list(parse(nlp, ("", TEXTS[0])))
    lectura, other = (read(Parsed(docs[0], docs[1], Nota("1", TEXTS[0]))) for _ in range(2))
    asked: list[object] = []

    @once
    def question(reading: object) -> int:
        asked.append(reading)
        return len(asked)

    assert [question(lectura), question(lectura), question(other), question(lectura)] == [1, 1, 2, 1]


def test_an_even_fold_keeps_every_place() -> None:
    text = "Ángel ÑANDÚ İstanbul ﬁn ǅ ß 🚨 \u0301 x\u0301 Ⅻ ½"
    assert len(even_fold(text)) == len(text)
    assert all(folded == (fold(char) or " ")[:1] for char, folded in zip(text, even_fold(text), strict=True))


def test_the_measurement_has_its_sides_and_a_realistic_mix() -> None:
    mix = notes(120, findings=False)
    assert 0.25 <= sum(map(passes, mix)) / len(mix) <= 0.5
    assert all(map(passes, notes(30, findings=True)))
    assert set(SIDES) == {"tiempos", "pelada", "nuestra", "memoria"}
    done = subprocess.run([sys.executable, "-m", "bench.tagging", "nuestra"], capture_output=True, text=True, check=True)
    assert 0 < json.loads(done.stdout) < 60


def test_a_model_that_shares_its_network_is_parsed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    small = spacy.blank("es")
    small.add_pipe("sentencizer")
    small.add_pipe("ner").add_label("PER")
    small.add_pipe("plegado", last=True)
    small.initialize()
    monkeypatch.setattr("nlp.piezas._listens", lambda _: True)
    (doc,) = parse_lightly(small, ["Golpean a Ana Ruiz."])
    assert PENDING not in doc.user_data
    assert doc.has_annotation("ENT_IOB")
