"""The sieve: it loses next to no finding of the corpus, lets ordinary news go, and is stricter where it is asked to be."""

from collections.abc import Callable

import pytest

from bench.texts import stories
from nlp.aprendizaje.corpus import FOLDER, note_of, records
from nlp.criba import VERY_SHORT, closeness, passes
from nlp.etiquetas import Nota

MOST_LOST, MOST_LOST_STRICT = 0.01, 0.05
FILLER = " El museo abre de martes a domingo y la entrada cuesta lo mismo que el año pasado." * 40


def strictly(note: Nota) -> bool:
    return passes(note, strict=True)


@pytest.fixture(scope="module")
def findings() -> list[Nota]:
    return [note_of(one) for path in sorted(FOLDER.glob("*.jsonl")) for one in records(path) if one["relevante"]]


@pytest.fixture(scope="module")
def ordinary() -> list[Nota]:
    told = [story for story in stories(300, near_share=0.0) if not story.case]
    return [Nota(str(n), "\n\n".join(one.parrafos), one.titulo) for n, one in enumerate(told)]


@pytest.mark.parametrize(("sieve", "most"), [(passes, MOST_LOST), (strictly, MOST_LOST_STRICT)])
def test_findings_of_the_corpus_pass(findings: list[Nota], sieve: Callable[[Nota], bool], most: float) -> None:
    lost = [note.id for note in findings if not sieve(note)]
    assert len(findings) > 400
    assert len(lost) <= most * len(findings), lost


@pytest.mark.parametrize("sieve", [passes, strictly])
def test_everyday_news_does_not_pass(ordinary: list[Nota], sieve: Callable[[Nota], bool]) -> None:
    assert sum(map(sieve, ordinary)) <= 0.05 * len(ordinary)


def test_the_strict_sieve_never_lets_more_pass(findings: list[Nota], ordinary: list[Nota]) -> None:
    assert all(passes(note) for note in [*findings, *ordinary] if strictly(note))


@pytest.mark.parametrize(
    ("text", "lenient", "strict"),
    [
        ("Dos policías golpearon a la reportera Ana Ruiz y le quitaron la cámara." + FILLER, True, True),
        ("Una periodista habló del clima." + FILLER[:120] + " El golpe de la inflación fue menor." + FILLER, True, False),
        ("Golpean a fotógrafa en la Merced", True, True),
        ("Estrenan techumbre en el mercado." + FILLER, False, False),
        ("", False, False),
    ],
)
def test_a_long_note_must_tell_victim_and_harm_close_together(text: str, lenient: bool, strict: bool) -> None:
    assert (passes(Nota("x", text)), strictly(Nota("x", text))) == (lenient, strict)


def test_closeness_falls_with_distance_and_length() -> None:
    close = "Golpean policías a la reportera Ana Ruiz."
    apart = "La reportera Ana Ruiz" + " y otras personas" * 8 + " vieron que golpearon."
    assert closeness(Nota("x", close)) > closeness(Nota("x", apart)) > 0
    assert closeness(Nota("x", close)) > closeness(Nota("x", close + FILLER)) > 0
    assert closeness(Nota("x", "", close)) > closeness(Nota("x", close, "")) > 0
    assert len(close) < VERY_SHORT
