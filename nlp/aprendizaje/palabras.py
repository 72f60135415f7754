"""What the words of a note suggest of each modality and aggressor, beside what the rules propose.

A first step weighs the words alone; its answer is one more feature of the second, which decides on every candidate
(stacking: while learning, the first step answers only for notes of writers that it did not see). A value that no rule
proposes is a candidate too once its words reach `LEAST`: harms are also told by a scene, without any word of the lexicon.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from nlp.aprendizaje.lineal import Rasgos
from nlp.aprendizaje.tabla import Tabla, table
from nlp.vocabulario import Agresor, Modalidad

VALUES = {"modalidad": Modalidad, "agresor": Agresor}
BLOCKS = ("t:", "e:", "c:", "r:", "d:")  # the features of `rasgos_nota` that are words
LEAST = 0.05  # probability by its words from which a value that no rule proposes is weighed
RARE = 3  # findings that a word must occur in
STRENGTH = 0.1  # the inverse of the regularisation
FOLDS = 4
SEED = 20_210_101
Chances = Mapping[str, float]  # probability by question
Finding = tuple[str, Rasgos, Mapping[str, Any]]  # writer, words, record


def question(field: str, value: str) -> str:
    """Return the name of a question of the first step."""
    return f"{field}:{value}"


QUESTIONS = tuple(question(field, str(value)) for field, values in VALUES.items() for value in values)


def note_words(whole: Rasgos) -> Rasgos:
    """Return the features of a note that are its words."""
    return {name: value for name, value in whole.items() if name.startswith(BLOCKS)}


def weighed(field: str, proposed: Mapping[str, Rasgos], chances: Chances) -> dict[str, Rasgos]:
    """Return the candidates of a field: those of the rules, and those of the words alone, with what the words suggest."""
    found: dict[str, Rasgos] = {}
    for value in map(str, VALUES[field]):
        chance = chances[question(field, value)]
        if value in proposed:
            found[value] = proposed[value] | _suggested(value, chance)
        elif chance >= LEAST:
            found[value] = {"sola": 1.0, f"es:{value}": 1.0, f"{value}|sola": 1.0} | _suggested(value, chance)
            found[value]["palabras sola"] = found[value]["palabras"]
    return found


def _suggested(value: str, chance: float) -> Rasgos:
    kept = min(max(chance, 1e-4), 1 - 1e-4)
    odds = math.log(kept / (1 - kept)) / 2
    return {"palabras": odds, f"{value}|palabras": odds}


def learn(findings: Sequence[Finding]) -> Tabla:
    """Fit the first step on annotated findings."""
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415 - a second to import; only training needs it

    vectors = DictVectorizer()
    rows = vectors.fit_transform([words for _, words, _ in findings]).tocsr()
    often = np.flatnonzero(np.asarray((rows > 0).sum(axis=0)).ravel() >= RARE)
    rows = rows[:, often]
    rows.indices, rows.indptr = rows.indices.astype("int32"), rows.indptr.astype("int32")  # liblinear takes no others
    fitted = [_fit(rows, truths) for truths in _truths([record for _, _, record in findings])]
    names = vectors.get_feature_names_out()[often].tolist()
    return table(QUESTIONS, names, np.array([weights for weights, _ in fitted]).T, [bias for _, bias in fitted])


def _truths(records: Sequence[Mapping[str, Any]]) -> Iterator[list[bool]]:
    for name in QUESTIONS:
        field, _, value = name.partition(":")
        yield [value in record[field] for record in records]


def _fit(rows: Any, truths: Sequence[bool]) -> tuple[Any, float]:  # noqa: ANN401 - a sparse matrix of scipy
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - as above

    if len(set(truths)) < 2:
        return np.zeros(rows.shape[1]), 6.0 if any(truths) else -6.0
    model = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, max_iter=5_000, random_state=SEED)
    model.fit(rows, truths)
    return model.coef_[0], float(model.intercept_[0])


def held_out(findings: Sequence[Finding]) -> list[dict[str, float]]:
    """Return what the first step says of each finding when it learned from other writers only."""
    writers = sorted({writer for writer, _, _ in findings})
    fold = {writer: number % FOLDS for number, writer in enumerate(writers)}
    found: list[dict[str, float]] = [{} for _ in findings]
    for number in range(FOLDS):
        others = [one for one in findings if fold[one[0]] != number]
        own = [at for at, one in enumerate(findings) if fold[one[0]] == number]
        if own:
            step = learn(others or findings)
            for at in own:
                found[at] = step.probabilities(findings[at][1])
    return found
