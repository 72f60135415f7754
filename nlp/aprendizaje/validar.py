"""Cross-validation: every writer's notes are tagged by weights that never saw that writer's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from nlp.aprendizaje.decisiones import RELEVANTE
from nlp.aprendizaje.entrenar import Caso, Pares, calibrated, log_odds, platt, train
from nlp.aprendizaje.lineal import Lineal
from nlp.aprendizaje.modelo import Modelo
from nlp.etiquetas import Etiquetas
from nlp.tagger import tag_read

BINS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)  # of the reliability table


@dataclass
class Validacion:
    """Held-out answers: records by group (gold, answer), and for `relevante` probability and truth of every note."""

    respuestas: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = field(default_factory=dict)
    pares: list[tuple[float, bool]] = field(default_factory=list)

    def all(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Return gold and answer of every note."""
        return [pair for pairs in self.respuestas.values() for pair in pairs]


def folds(cases: Sequence[Caso], parts: int = 0) -> Iterator[tuple[list[Caso], list[Caso]]]:
    """Yield the cases to learn from and those held out: one writer's at a time, or with `parts` that many lots of writers."""
    groups = sorted({case.grupo for case in cases})
    for number in range(parts or len(groups)):
        away = set(groups[number :: parts or len(groups)])
        yield [case for case in cases if case.grupo not in away], [case for case in cases if case.grupo in away]


def answer(case: Caso, model: Modelo) -> dict[str, Any]:
    """Return the guide's record that a model gives to a case, sieve included."""
    tags = tag_read(case.lectura, model) if case.pasa else Etiquetas()
    return {"id": case.oro["id"], **tags.guide_record()}


def validate(cases: Sequence[Caso], parts: int = 0) -> Validacion:
    """Return the held-out answers to all cases; `parts` as for `folds`."""
    found = Validacion()
    for rest, own in folds(cases, parts):
        model = train(rest)
        for case in own:
            found.respuestas.setdefault(case.grupo, []).append((dict(case.oro), answer(case, model)))
            found.pares += [(model[RELEVANTE].probability(f), truth) for f, truth in case.ejemplos[RELEVANTE]]
    return found


def reliability(pairs: Pares) -> list[tuple[float, float, int, float, float]]:
    """Return for each bin of `confianza` its limits, its notes, the mean told and the share that are findings.

    Each half is set right by the slope and shift of the other half.
    """
    halves = (pairs[::2], pairs[1::2])
    told = [(_moved(chance, *platt(other)), truth) for own, other in (halves, halves[::-1]) for chance, truth in own]
    rows = []
    for low, high in pairwise(BINS):
        inside = [(p, truth) for p, truth in told if low <= p < high or p == high == 1.0]
        if inside:
            mean, share = sum(p for p, _ in inside) / len(inside), sum(t for _, t in inside) / len(inside)
            rows.append((low, high, len(inside), mean, share))
    return rows


def _moved(chance: float, slope: float, shift: float) -> float:
    return calibrated(Lineal(log_odds(chance), {}), slope, shift).probability({})
