"""A protest is told beside the harm, before it, or somewhere else in the note."""

from casos_nlp import parse

from nlp.aprendizaje.rasgos_protesta import protest_features
from nlp.reglas.actos import read


def told(text, title=""):
    return protest_features(read(parse(text, title)))


def test_a_protest_in_the_sentence_of_a_harm_is_told_apart_from_one_elsewhere():
    beside = told("Policías golpearon a la reportera Ana Ruiz cuando cubría una marcha en el Zócalo.")
    elsewhere = told("Policías golpearon a la reportera Ana Ruiz en su casa. Sus colegas convocaron a una marcha.")
    assert {"p:marcha:acto", "p:acto:entrada", "p:previa:una:acto"} <= set(beside)
    assert "p:marcha:nada" in elsewhere and "p:marcha:acto" not in elsewhere


def test_a_note_without_protest_says_so():
    assert set(told("Policías golpearon a la reportera Ana Ruiz en su casa.")) == {"p:ninguna"}
