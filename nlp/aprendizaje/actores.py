"""Which of the actors that a note names did it: a first step, whose answers the second weighs by kind of aggressor.

A record says which kinds of aggressor a case has, not which mention is the doer: of a kind that it has, the mentions that
the weights take for doers teach on (`ROUNDS` times), the others («informó la policía») are left out; of a kind that it has
not, every mention is no doer. As in `palabras`, the first step answers for the notes that teach the second only when it
learned from other writers.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.aprendizaje.lineal import Lineal, Rasgos, crossed
from nlp.aprendizaje.rasgos_actor import Actor
from nlp.vocabulario import Agresor

ACTOR = "actor"
STRENGTH = 0.1  # the inverse of the regularisation
ROUNDS = 2
SHARE = 0.7  # of the likeliest mention's probability: from here on a mention of the same kind counts as a doer
RARE = 2  # mentions that a feature must occur in
FOLDS = 4
SEED = 20_210_101
Ensenado = tuple[str, Sequence[Actor], Mapping[str, Any]]  # writer, actors, record


def summed(actors: Sequence[Actor], chances: Sequence[float]) -> dict[str, Rasgos]:
    """Return for each kind of aggressor what its mentions' probabilities say, beside those of the others."""
    by_kind: dict[str, list[float]] = {}
    for (kind, _), chance in zip(actors, chances, strict=True):
        by_kind.setdefault(kind, []).append(chance)
    best = {kind: max(told) for kind, told in by_kind.items()}
    return {str(kind): _of_kind(str(kind), sorted(by_kind.get(kind, []), reverse=True), best) for kind in Agresor}


def _of_kind(kind: str, own: Sequence[float], best: Mapping[str, float]) -> Rasgos:
    others = {other: chance for other, chance in best.items() if other != kind}
    rival = max(others.values(), default=0.0)
    known = max((chance for other, chance in others.items() if other != Agresor.NO_IDENTIFICADO), default=0.0)
    found = {"actor:otro": _odds(rival), "actor:conocido": _odds(known)}
    found["actor:ventaja"] = _odds(own[0] if own else 0.0) - _odds(rival)
    found |= {f"actor:otro:{other}": _odds(chance) - _odds(0.0) for other, chance in others.items()}
    if own:
        found |= {"actor:mayor": _odds(own[0]), "actor:segundo": _odds(own[1] if len(own) > 1 else 0.0)}
        found["actor:alguno"] = _odds(1 - math.prod(1 - chance for chance in own))
        found["actor:el mayor"] = float(own[0] > rival)
    else:
        found["actor:nadie"] = 1.0
    return found | crossed(kind, found)


def _odds(chance: float) -> float:
    kept = min(max(chance, 1e-3), 1 - 1e-3)
    return math.log(kept / (1 - kept)) / 2


def joined(proposed: Mapping[str, Rasgos], actors: Sequence[Actor], chances: Sequence[float]) -> dict[str, Rasgos]:
    """Return the candidates of the rules with what the first step says of each."""
    told = summed(actors, chances)
    return {kind: features | told[kind] for kind, features in proposed.items()}


def learn(findings: Sequence[Ensenado]) -> tuple[Lineal, list[list[float]]]:
    """Fit the first step on annotated findings; return it with what it says held out of each finding's actors."""
    told = [features for _, actors, _ in findings for _, features in actors]
    if not told:
        return Lineal(0.0, {}), [[] for _ in findings]
    rows, names = _table(told)
    truths = np.array([kind in record["agresor"] for _, actors, record in findings for kind, _ in actors])
    groups = np.array([at * len(Agresor) + list(Agresor).index(Agresor(k)) for at, f in enumerate(findings) for k, _ in f[1]])
    weights, bias = _rounds(rows, truths, groups)
    line = Lineal(bias, {name: weight for name, weight in zip(names, weights.tolist(), strict=True) if weight})
    return line, _by_note(findings, _held_out(findings, rows, truths, groups))


def _table(told: Sequence[Rasgos]) -> tuple[Any, list[str]]:
    """Return yes/no features as a sparse matrix, a column for each that is not rare, and the columns' names in order."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only training needs it

    seen: dict[str, int] = {}
    places = [[seen.setdefault(name, len(seen)) for name in features] for features in told]
    cells = np.fromiter((place for row in places for place in row), dtype=np.int64)
    often = np.bincount(cells, minlength=len(seen)) >= RARE
    names = sorted(name for name, place in seen.items() if often[place])
    column = np.full(len(seen), -1, dtype=np.int32)
    column[[seen[name] for name in names]] = np.arange(len(names), dtype=np.int32)
    row_of = np.repeat(np.arange(len(told), dtype=np.int32), [len(row) for row in places])
    kept = often[cells]
    table = csr_matrix((np.ones(int(kept.sum())), (row_of[kept], column[cells[kept]])), shape=(len(told), len(names)))
    table.indices, table.indptr = table.indices.astype("int32"), table.indptr.astype("int32")  # liblinear takes no others
    return table, names


def _held_out(findings: Sequence[Ensenado], rows: Any, truths: Any, groups: Any) -> NDArray[np.float64]:  # noqa: ANN401 - arrays
    """Return what is said of every mention when the first step learned from other writers only."""
    writers = sorted({writer for writer, _, _ in findings})
    fold = np.array([writers.index(writer) % FOLDS for writer, actors, _ in findings for _ in actors])
    found = np.zeros(len(truths))
    for number in range(FOLDS):
        own, rest = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        rest = rest if len(rest) else own
        if len(own):
            weights, bias = _rounds(rows[rest], truths[rest], groups[rest])
            found[own] = 1 / (1 + np.exp(-np.clip(rows[own] @ weights + bias, -30, 30)))
    return found


def _by_note(findings: Sequence[Ensenado], chances: NDArray[np.float64]) -> list[list[float]]:
    ends = np.cumsum([len(actors) for _, actors, _ in findings])
    return [part.tolist() for part in np.split(chances, ends[:-1])]


def _rounds(rows: Any, truths: Any, groups: Any) -> tuple[NDArray[np.float64], float]:  # noqa: ANN401 - arrays
    """Return weights and constant after `ROUNDS` choices of the mentions that are doers."""
    weights, bias = _fit(rows, truths)
    for _ in range(ROUNDS):
        chances = 1 / (1 + np.exp(-np.clip(rows @ weights + bias, -30, 30)))
        best = np.zeros(int(groups.max()) + 1)
        np.maximum.at(best, groups, chances)
        kept = np.flatnonzero(~truths | (chances >= SHARE * best[groups]))
        weights, bias = _fit(rows[kept], truths[kept])
    return weights, bias


def _fit(rows: Any, truths: Any) -> tuple[NDArray[np.float64], float]:  # noqa: ANN401 - arrays
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - as above

    if len(set(truths.tolist())) < 2:
        return np.zeros(rows.shape[1]), 6.0 if truths.all() else -6.0
    model = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, max_iter=5_000, random_state=SEED)
    model.fit(rows, truths)
    return model.coef_[0], float(model.intercept_[0])
