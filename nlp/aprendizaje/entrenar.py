"""Fits the weights on annotated notes; scikit-learn is needed here and nowhere else."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nlp.aprendizaje import actores
from nlp.aprendizaje.decidir import chosen_modalities
from nlp.aprendizaje.decisiones import (
    AGRESOR,
    DE_CLASE,
    DECISIONES,
    MODALIDAD,
    POR_VALOR,
    RELEVANTE,
    RIESGO,
    Candidatos,
    Decision,
    Ejemplo,
    Oro,
)
from nlp.aprendizaje.lineal import Lineal, Rasgos
from nlp.aprendizaje.modelo import Modelo
from nlp.aprendizaje.palabras import Chances, held_out, learn, note_words, weighed
from nlp.aprendizaje.rasgos_actor import Actor, actor_mentions
from nlp.aprendizaje.rasgos_clase import risk_features
from nlp.aprendizaje.rasgos_nota import note_features, people_features
from nlp.reglas.actos import Lectura
from nlp.vocabulario import Clase

SEED = 20_210_101
FEW = 2  # examples that a feature must occur in
Pares = Sequence[tuple[float, bool]]  # probability given, truth


@dataclass(frozen=True)
class Caso:
    """An annotated note as the rules read it, with its examples by decision; `grupo` tells its writer, `pasa` the sieve.

    Of a finding also its `palabras`, its features with those of its people (`todo`), by field the features of the values
    that the rules propose, and the actors that it names.
    """

    lectura: Lectura
    oro: Oro
    grupo: str
    pasa: bool
    ejemplos: Mapping[str, Sequence[Ejemplo]]
    palabras: Rasgos
    todo: Rasgos
    propuestas: Mapping[str, Mapping[str, Rasgos]]
    actores: Sequence[Actor]


def case(lectura: Lectura, gold: Oro, group: str, passes: bool) -> Caso:
    """Return a note with the examples that it gives to every decision."""
    whole = note_features(lectura)
    examples = {decision.nombre: list(decision.ejemplos(lectura, whole, gold)) for decision in DECISIONES}
    proposed = {one.nombre: one.propuestos(lectura) for one in POR_VALOR} if gold["relevante"] else {}
    actors = actor_mentions(lectura) if gold["relevante"] else []
    return Caso(lectura, gold, group, passes, examples, note_words(whole), whole | people_features(lectura), proposed, actors)


def known_features(examples: Iterable[Ejemplo]) -> frozenset[str]:
    """Return the names of the features that occur in at least `FEW` examples."""
    counts: dict[str, int] = {}
    for features, _ in examples:
        for name in features:
            counts[name] = counts.get(name, 0) + 1
    return frozenset(name for name, count in counts.items() if count >= FEW)


def fit(examples: Sequence[Ejemplo], decision: Decision | Candidatos) -> Lineal:
    """Fit one decision's weights: logistic regression, L2, by coordinate descent with a fixed seed (liblinear, dual)."""
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415 - a second to import; only training needs it
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    truths = [truth for _, truth in examples]
    if len(set(truths)) < 2:  # nothing to tell apart: the answer is always the one that was seen
        return Lineal(log_odds(float(any(truths))), {}, decision.umbral)
    known = known_features(examples)
    table = DictVectorizer()
    rows = table.fit_transform([{name: value for name, value in f.items() if name in known} for f, _ in examples])
    rows.indices, rows.indptr = rows.indices.astype("int32"), rows.indptr.astype("int32")  # liblinear takes no others
    model = LogisticRegression(C=decision.fuerza, solver="liblinear", dual=True, max_iter=5_000, random_state=SEED)
    model.fit(rows, truths)
    weights = dict(zip(table.get_feature_names_out().tolist(), model.coef_[0].tolist(), strict=True))
    return Lineal(float(model.intercept_[0]), weights, decision.umbral)


def train(cases: Sequence[Caso], pairs: Pares = (), ficha: Mapping[str, Any] | None = None) -> Modelo:
    """Fit every decision on all cases; with `pairs` of held-out notes, `confianza` is set right by them."""
    parts = {one.nombre: fit([example for case in cases for example in case.ejemplos[one.nombre]], one) for one in DECISIONES}
    if pairs:
        parts[RELEVANTE] = calibrated(parts[RELEVANTE], *platt(pairs))
    findings = [case for case in cases if case.oro["relevante"]]
    told = [(case.grupo, case.palabras, case.oro) for case in findings]
    chances = held_out(told)
    parts[actores.ACTOR], doing = actores.learn([(case.grupo, case.actores, case.oro) for case in findings])
    for one in POR_VALOR:
        parts[one.nombre] = fit(list(_by_value(one.nombre, findings, chances, doing)), one)
    parts[RIESGO] = fit(list(_by_class(findings, chances, parts[MODALIDAD])), DE_CLASE)
    return Modelo(parts, learn(told), ficha or {})


def _by_value(
    field: str, findings: Sequence[Caso], chances: Sequence[Chances], doing: Sequence[Sequence[float]]
) -> Iterator[Ejemplo]:
    """Yield the examples that every candidate value of a list field gives; `doing` is what is said of a note's actors."""
    for case, chance, sure in zip(findings, chances, doing, strict=True):
        told = case.propuestas[field]
        proposed = actores.joined(told, case.actores, sure) if field == AGRESOR else told
        for value, features in weighed(field, proposed, chance).items():
            yield features, value in case.oro[field]


def _by_class(findings: Sequence[Caso], chances: Sequence[Chances], line: Lineal) -> Iterator[Ejemplo]:
    """Yield for each finding whether it is a risk, with the modalities that the weights give it."""
    for case, chance in zip(findings, chances, strict=True):
        harms = chosen_modalities(line, case.propuestas[MODALIDAD], chance)
        yield risk_features(case.todo, harms, case.lectura), case.oro["clase"] == Clase.RIESGO


def platt(pairs: Pares) -> tuple[float, float]:
    """Return slope and shift that set log-odds right (Platt's scaling), fitted on held-out answers."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    odds = [[log_odds(chance)] for chance, _ in pairs]
    line = LogisticRegression(C=1e6, random_state=SEED).fit(odds, [truth for _, truth in pairs])
    return float(line.coef_[0][0]), float(line.intercept_[0])


def log_odds(chance: float) -> float:
    """Return the logarithm of the odds, within ±12."""
    kept = min(max(chance, 1e-6), 1 - 1e-6)
    return max(-12.0, min(12.0, math.log(kept / (1 - kept))))


def calibrated(line: Lineal, slope: float, shift: float) -> Lineal:
    """Return the same decision with its probabilities set right; which notes reach the threshold does not change."""
    threshold = 1 / (1 + math.exp(-(slope * log_odds(line.umbral) + shift)))
    weights = {name: slope * weight for name, weight in line.pesos.items()}
    return replace(line, sesgo=slope * line.sesgo + shift, pesos=weights, umbral=threshold)
