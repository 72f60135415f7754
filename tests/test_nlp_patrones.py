"""Inflection and the lexicon's pattern language."""

import pytest

from nlp.flexion import forms, noun_forms
from nlp.patrones import Buscador, Entrada, read_lexicon


@pytest.mark.parametrize(
    ("verb", "some"),
    [
        ("agredir", "agreden agredio agredidas agrediendo agredirlos"),
        ("perseguir", "persiguen persiguio perseguida persiguiendola"),
        ("retener", "retuvo retienen retuvieron retenidos"),
        ("atacar", "ataquen atacaron atacandolo"),
        ("amenazar", "amenacen amenazo amenazarla"),
        ("rociar", "rocian rociado"),
        ("romper", "rompieron rota roto"),
        ("huir", "huyo huyeron huye"),
        ("desaparecer", "desaparecio desaparezca desaparecidos"),
        ("impedir", "impiden impidieron"),
    ],
)
def test_forms(verb, some):
    assert set(some.split()) <= forms(verb)


def test_kinds_of_forms_can_be_chosen():
    assert "golpeado" not in forms("golpear", "f")
    assert forms("golpear", "p") == {"golpeado", "golpeada", "golpeados", "golpeadas"}


def test_plural_of_nouns():
    assert noun_forms("lapiz") == {"lapiz", "lapices"}
    assert noun_forms("amenaza") == {"amenaza", "amenazas"}


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("<golpear>", "Los policías golpearon a dos", ["golpearon"]),
        ("<quitar> la|su {camara}", "le quitaron su cámara", ["quitaron su cámara"]),
        ("<quitar> .. @equipo", "quitó a Ana su teléfono", ["quitó a Ana su teléfono"]),
        ("<quitar> .. @equipo", "quitó. Ana perdió su teléfono", []),
        ("chayoter*", "le gritó CHAYOTERA", ["CHAYOTERA"]),
        ("crimen muy? organizado", "el crimen organizado", ["crimen organizado"]),
        ("<golpear|patear:p>", "pateado y golpeó; pateó", ["pateado", "golpeó"]),
    ],
)
def test_patterns(nlp, pattern, text, expected):
    finder = Buscador([Entrada("c", "v", "t", (pattern,), "r:1")])
    assert [hit.span.text for hit in finder.find(nlp(text))] == expected


def test_an_empty_doc_has_no_hits(nlp):
    assert Buscador(read_lexicon()).find(nlp.make_doc("")) == []
