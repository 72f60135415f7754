"""Who did it: every actor named is weighed by the part it plays, its kind by its likeliest mention."""

import pytest
from casos_nlp import parse

from nlp.aprendizaje.actores import joined, learn, summed
from nlp.aprendizaje.rasgos_actor import actor_mentions
from nlp.reglas.actos import read
from nlp.vocabulario import Agresor

DOER, OFFICE = {"rige:danio": 1.0, "todos": 1.0}, {"rige:oficial": 1.0, "todos": 1.0}


def actors_of(text):
    return actor_mentions(read(parse(text)))


def note(writer, doer, other):
    """A finding whose record has the kind `doer`, told once as who did it and once as an office; `other` only comments."""
    return (writer, [(doer, DOER), (doer, OFFICE), (other, OFFICE)], {"agresor": [doer]})


def test_each_actor_tells_what_it_hangs_on_and_the_harm_beside_it():
    (police, first), (mayor, second) = actors_of(
        "Policías golpearon a la reportera Ana Ruiz en la plaza. El alcalde lamentó ayer lo ocurrido."
    )
    assert (police, mayor) == ("fuerza_publica", "autoridad_civil")
    assert {"rige:danio", "danio:luego", "danio:ataque_fisico", "fuerza_publica|rige:danio"} <= set(first)
    assert {"danio:fuera", "rige:oficial", "ya dicho:1"} <= set(second)


def test_who_is_blamed_is_told_apart_from_whom_the_victim_turns_to():
    (_, blamed), (_, asked) = actors_of("La activista Ana Ruiz acusó a inspectores de golpearla y pidió ayuda a la policía.")
    assert "antes:culpa" in blamed and "antes:culpa" not in asked


def test_a_kind_is_as_likely_as_its_likeliest_mention():
    told = summed([("particular", {}), ("particular", {}), ("fuerza_publica", {})], [0.9, 0.2, 0.4])
    assert set(told) == set(map(str, Agresor))
    assert told["particular"]["actor:el mayor"] == 1.0 and told["fuerza_publica"]["actor:el mayor"] == 0.0
    assert told["particular"]["actor:ventaja"] == pytest.approx(-told["fuerza_publica"]["actor:ventaja"])
    assert told["crimen_organizado"]["actor:nadie"] == 1.0
    assert told["particular"]["particular|actor:mayor"] == told["particular"]["actor:mayor"] > 0


def test_the_mention_that_does_it_is_learned_from_the_kinds_of_the_record_alone():
    writers = [note(f"mano {n}", *("particular", "fuerza_publica")[:: 1 if n % 2 else -1]) for n in range(24)]
    line, held = learn(writers)
    assert line.probability(DOER) > line.probability(OFFICE) + 0.1
    assert [len(chances) for chances in held] == [3] * 24
    assert all(doer > max(others) for doer, *others in held)
    assert learn(writers) == (line, held)


def test_notes_without_actors_are_learned_from_too():
    line, held = learn([("a", [], {"agresor": ["no_identificado"]}), ("b", [], {"agresor": ["no_identificado"]})])
    assert held == [[], []] and not line.pesos
    assert joined({"particular": {"dicho": 1.0}}, [], [])["particular"]["dicho"] == 1.0
