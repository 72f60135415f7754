"""Notes that the tagger took for ordinary ones and that name, up front, the victim of a known finding: they may tell it too.

The tagger reads each note alone; grouping knows what others told of it. A name in an aside, a prize or a street joins nothing:
the name must stand in the title or the first lines, and the text be like one of the finding's.
"""

import re
from collections.abc import Iterable

from pipeline.grouping.evidence import Amounts, follows, text_likeness
from pipeline.grouping.facts import FIRST_LINES, Facts, days_between
from pipeline.grouping.names import PersonName, Same, blocking_keys, compare, tokens
from pipeline.grouping.score import Case, Score, weighed
from pipeline.grouping.weights import LIMITS

CAPITAL = r"[A-ZÁÉÍÓÚÑÜ][\w'’-]+"
PARTICLE = re.compile(r" +(?:(?:de|del|la|las|los|y) +)+")
RUN = re.compile(rf"{CAPITAL}(?: +(?:(?:de|del|la|las|los|y) +)*{CAPITAL})*")


def runs(text: str) -> list[str]:
    """Return the runs of words of one line with a capital letter, particles included, and what may be a name in one.

    "Colegas de Librado Santes" is also "Librado Santes"; "Ayer Librado Santes", without its first word.
    """
    whole = RUN.findall(text)
    parts = [part for run in whole for part in PARTICLE.split(run)]
    tails = [part.partition(" ")[2] for part in parts if part.count(" ") > 1]
    return list(dict.fromkeys([*whole, *parts, *tails]))


def mention_keys(note: Facts) -> set[str]:
    """Return the keys of the names that the note gives up front: people of two words or more; outlets in its title only."""
    people = {run for run in [*runs(note.titulo), *runs(note.texto[:FIRST_LINES])] if len(tokens(run)) > 1}
    names = [*map(PersonName, people), *(PersonName(run, True) for run in runs(note.titulo))]
    return {f"n:{key}" for name in names for key in blocking_keys(name)}


def names_victim(text: str, victims: Iterable[PersonName]) -> bool:
    """Tell whether a run of capital words is the name of one of the victims; a person takes two words."""
    told = runs(text)
    return any(
        compare(PersonName(run, victim.group), victim) >= Same.PARTLY
        for victim in victims
        for run in told
        if victim.group or len(tokens(run)) > 1
    )


def score_mention(note: Facts, case: Case) -> Score:
    """Return how well an ordinary note fits the event of `case`: its victim's name up front, the days between, the words."""
    victims = {*case.dichos, *(name for other in case.notas for name in other.nombres)}
    if names_victim(note.titulo, victims):
        found: Amounts = {"mencion_en_titulo": 1.0}
    elif names_victim(note.texto[:FIRST_LINES], victims):
        found = {"mencion": 1.0}
    else:
        return Score(veto="sin_mencion")
    return max((weighed(found | _beside(note, other)) for other in case.notas), key=lambda one: one.puntos)


def _beside(note: Facts, other: Facts) -> Amounts:
    alike: Amounts = {"palabras": text_likeness(note, other)}
    apart = days_between(note, other)
    if apart <= LIMITS["dias_mencion"]:
        return alike | {"publicacion_cercana" if apart <= 2 else "publicacion_semana": 1.0}
    return alike if apart <= LIMITS["dias_reacciones"] or follows(note) else alike | {"mencion_lejana": 1.0}
