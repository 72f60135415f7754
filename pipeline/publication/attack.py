"""The attack: which values a reserved figure may still have, given every figure published and all that ties them together.

Linear programming over each group of figures that hang together. Where editions do not agree, the attacker supposes the least
change that explains them. Figures are whole numbers, so a range is read inwards to whole numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil, floor, inf

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, vstack

from pipeline.publication.relations import Nudo, Relacion

SLACK = 1e-6
# A relation once its published figures are put in: unknown figures with coefficients, low, high, loose.
Fila = tuple[tuple[tuple[Nudo, int], ...], float, float, bool]
Rango = tuple[float, float]


@dataclass
class Ataque:
    """The attacker: the relations, how narrow a range must be to tell something, the true figures, groups seen before."""

    relations: list[Relacion]
    k: int
    truth: Mapping[Nudo, int]
    solved: dict[tuple[tuple[Fila, ...], frozenset[Nudo], bool], dict[Nudo, Rango]] = field(default_factory=dict)

    def falls(self, known: Mapping[Nudo, int], targets: Iterable[Nudo], *, only_one: bool = False) -> list[dict[Nudo, Rango]]:
        """Return by group (least, most) of the unknown targets that are given away; with `only_one`, one a group."""
        wanted, found = frozenset(targets), []
        for rows in groups([put_in(one, known) for one in self.relations]):
            nodes = wanted.intersection(node for parts, *_rest in rows for node, _ in parts)
            asked = (rows, nodes, only_one)
            if nodes and asked not in self.solved:
                narrow = solve(rows, sorted(nodes), self.k, self.truth, only_one=only_one)
                self.solved[asked] = {node: span for node, span in narrow.items() if tells(span, self.truth.get(node))}
            if nodes and self.solved[asked]:
                found.append(self.solved[asked])
        return found


def put_in(one: Relacion, known: Mapping[Nudo, int]) -> Fila:
    """Return a relation with its known figures moved to its bounds."""
    unknown = tuple((node, coefficient) for node, coefficient in one.partes if node not in known)
    moved = sum(coefficient * known[node] for node, coefficient in one.partes if node in known)
    return unknown, one.low - moved, one.high - moved, one.loose


def groups(rows: list[Fila]) -> list[tuple[Fila, ...]]:
    """Return the rows by groups that share no unknown figure; rows without any are left out."""
    leader: dict[Nudo, Nudo] = {}

    def top(node: Nudo) -> Nudo:
        while leader.setdefault(node, node) != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for parts, *_rest in rows:
        for node, _coefficient in parts[1:]:
            leader[top(node)] = top(parts[0][0])
    found: dict[Nudo, list[Fila]] = defaultdict(list)
    for row in rows:
        if row[0]:
            found[top(row[0][0][0])].append(row)
    return [tuple(group) for group in found.values()]


def solve(
    rows: tuple[Fila, ...], targets: list[Nudo], k: int, truth: Mapping[Nudo, int], *, only_one: bool
) -> dict[Nudo, Rango]:
    """Return the ranges of the figures of one group that are narrower than `k`; with `only_one`, up to the first that tells.

    Every solution seen is a world that the published figures allow: a figure that differs by `k` between two of them is safe.
    """
    alike, merged = without_change(rows)
    system = System.of(merged)
    if system.seen() is None:
        alike, merged, system = {}, rows, System.of(rows)
        system.hold_least_change()
    return system.narrow(twins(targets, alike, merged), k, truth, only_one=only_one)


def twins(targets: list[Nudo], alike: dict[Nudo, Nudo], rows: tuple[Fila, ...]) -> list[tuple[Nudo, list[Nudo]]]:
    """Return the targets by what the rows say of them: those of one list have the same range; each with a name in the rows."""
    said: dict[Nudo, list[tuple[object, ...]]] = defaultdict(list)
    for place, (parts, low, high, loose) in enumerate(rows):
        for node, value in parts:
            said[node].append((value, low, high, loose) if len(parts) == 1 else (place, value))
    found: dict[object, tuple[Nudo, list[Nudo]]] = {}
    for target in targets:
        node = alike.get(target, target)
        if node in said:
            found.setdefault(tuple(sorted(said[node], key=str)), (node, []))[1].append(target)
    return list(found.values())


def tells(span: Rango, truth: int | None) -> bool:
    """Say whether a narrow range gives a figure away: one whose truth is not known here, always; else if it holds it."""
    return truth is None or span[0] <= truth <= span[1]


def without_change(rows: tuple[Fila, ...]) -> tuple[dict[Nudo, Nudo], tuple[Fila, ...]]:
    """Return which figures are one if nothing changed, and the rows so: none loose, each figure by its first name."""
    alike = {node: node for parts, *_rest in rows for node, _ in parts}
    for parts, low, high, _loose in rows:
        if low == high == 0 and sorted(value for _node, value in parts) == [-1, 1]:
            one, other = (alike[node] for node, _value in parts)
            alike |= {node: one for node, leader in alike.items() if leader == other}
    found: dict[Fila, None] = {}
    for parts, low, high, _loose in rows:
        summed: dict[Nudo, int] = defaultdict(int)
        for node, value in parts:
            summed[alike[node]] += value
        kept = tuple((node, value) for node, value in sorted(summed.items()) if value)
        if kept:
            found[kept, low, high, False] = None
        elif not low <= 0 <= high:
            return {}, rows
    return alike, tuple(found)


def inwards(low: float, high: float) -> Rango:
    """Return a range read inwards to whole numbers."""
    return ceil(low - 10 * SLACK), high if high == inf else floor(high + 10 * SLACK)


def wide(low: float, high: float, k: int) -> bool:
    """Say whether a range spans `k` whole numbers or more."""
    least, most = inwards(low, high)
    return most - least >= k


@dataclass
class System:
    """A group as a linear programme `A x ≤ b`, `x ≥ 0`; the last columns are the changes that loose rows admit."""

    places: dict[Nudo, int]
    columns: int
    matrix: coo_array
    bounds: np.ndarray

    @classmethod
    def of(cls, rows: tuple[Fila, ...]) -> "System":
        """Return the programme of a group."""
        places = {node: n for n, node in enumerate(sorted({node for row in rows for node, _ in row[0]}))}
        columns, entries = len(places), []
        bounds: list[float] = []
        for parts, low, high, loose in rows:
            slack = [(columns, 1), (columns + 1, -1)] if loose else []
            columns += len(slack)
            for sign, bound in ((1, high), (-1, -low)):
                if bound != inf:
                    line = [(places[node], sign * value) for node, value in parts] + [(n, sign * value) for n, value in slack]
                    entries += [(len(bounds), n, value) for n, value in line]
                    bounds.append(bound)
        across, down, values = np.array(entries, dtype=int).reshape(-1, 3).T
        matrix = coo_array((values, (across, down)), shape=(len(bounds), columns), dtype=float)
        return cls(places, columns, matrix.tocsr(), np.array(bounds, dtype=float))

    def hold_least_change(self) -> None:
        """Bound the changes by the least total that explains everything."""
        cost = np.zeros(self.columns)
        cost[len(self.places) :] = 1
        least = linprog(cost, A_ub=self.matrix, b_ub=self.bounds, method="highs")
        if least.status != 0:
            raise ValueError(f"las cifras se contradicen: {least.message}")
        row = coo_array(cost.reshape(1, -1))
        self.matrix = vstack([self.matrix, row]).tocsr()
        self.bounds = np.append(self.bounds, least.fun + SLACK)

    def narrow(
        self, twins: list[tuple[Nudo, list[Nudo]]], k: int, truth: Mapping[Nudo, int], *, only_one: bool
    ) -> dict[Nudo, Rango]:
        """Return the narrow ranges; every world seen on the way counts for all figures."""
        first = self.seen()
        assert first is not None, "las cifras se contradicen"
        low, high = first.copy(), first.copy()
        found: dict[Nudo, Rango] = {}
        for node, targets in twins:
            place = self.places[node]
            for sign in (1, -1):
                if wide(low[place], high[place], k):
                    break
                world = self.extreme(place, sign)
                if world is None:
                    high[place] = inf
                else:
                    low, high = np.minimum(low, world), np.maximum(high, world)
            if not wide(low[place], high[place], k):
                span = inwards(low[place], high[place])
                found |= dict.fromkeys(targets, span)
                if only_one and any(tells(span, truth.get(target)) for target in targets):
                    break
        return found

    def seen(self) -> np.ndarray | None:
        """Return one world that the programme allows, None if there is none."""
        if not self.columns:
            return np.zeros(0)
        found = linprog(np.zeros(self.columns), A_ub=self.matrix, b_ub=self.bounds, method="highs")
        return np.array(found.x) if found.status == 0 else None

    def extreme(self, place: int, sign: int) -> np.ndarray | None:
        """Return a world with the least (`sign` 1) or the most (-1) of a figure; None where it has no bound."""
        cost = np.zeros(self.columns)
        cost[place] = sign
        found = linprog(cost, A_ub=self.matrix, b_ub=self.bounds, method="highs")
        if found.status not in (0, 3):
            raise ValueError(f"las cifras se contradicen: {found.message}")
        return None if found.status == 3 else np.array(found.x)
