"""A group of figures as a linear programme, and the ranges that it leaves them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil, floor, inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csc_array, vstack

from pipeline.publication.relations import Nudo

SLACK = 1e-6
OPTIONS = {"presolve": False}  # the programmes are small: it takes longer than it saves
# A relation once its published figures are put in: unknown figures with coefficients, low, high, loose.
Fila = tuple[tuple[tuple[Nudo, int], ...], float, float, bool]
Rango = tuple[float, float]


def inwards(low: float, high: float) -> Rango:
    """Return a range read inwards to whole numbers."""
    return ceil(low - 10 * SLACK), high if high == inf else floor(high + 10 * SLACK)


def narrower(span: Rango, k: int) -> bool:
    """Say whether a range spans fewer than `k` whole numbers beyond its first."""
    least, most = inwards(*span)
    return most - least < k


@dataclass
class Programa:
    """A group as `low ≤ A x ≤ high`, `x ≥ 0`; the last columns are the changes that loose rows admit, `change` in all.

    Every world seen (a solution) is one that the published figures allow: a figure that differs by `k` between two is safe.
    """

    rows: tuple[Fila, ...]
    places: dict[Nudo, int]
    matrix: csc_array
    low: np.ndarray
    high: np.ndarray
    alike: Mapping[Nudo, Nudo] = field(default_factory=dict)
    change: float = 0
    world: np.ndarray = field(default_factory=lambda: np.zeros(0))

    @classmethod
    def of(cls, rows: tuple[Fila, ...] | None, alike: Mapping[Nudo, Nudo]) -> "Programa | None":
        """Return the programme of rows that all hold; None where they cannot, all of them."""
        if rows is None:
            return None
        made = built(rows)
        made.alike = alike
        found = made.solve(np.zeros(made.columns), 0, inf)
        if found is None:
            return None
        made.world = found
        return made

    @classmethod
    def least_change(cls, rows: tuple[Fila, ...]) -> "Programa":
        """Return the programme with its changes bounded by the least total that explains everything."""
        made = built(rows)
        cost = np.zeros(made.columns)
        cost[len(made.places) :] = 1
        found = made.solve(cost, 0, inf)
        if found is None:
            raise ValueError("las cifras se contradicen")
        made.world, made.change = found, float(cost @ found)
        made.matrix = csc_array(vstack([made.matrix, coo_array(cost.reshape(1, -1))]))
        made.low, made.high = np.append(made.low, -inf), np.append(made.high, made.change + SLACK)
        return made

    @property
    def columns(self) -> int:
        """How many unknowns there are, changes included."""
        return int(self.matrix.shape[1])

    def solve(self, cost: np.ndarray, least: np.ndarray | float, most: np.ndarray | float) -> np.ndarray | None:
        """Return the cheapest world within bounds, None if there is none."""
        if not self.columns:
            return np.zeros(0)
        found = milp(
            cost, constraints=LinearConstraint(self.matrix, self.low, self.high), bounds=Bounds(least, most), options=OPTIONS
        )
        if found.status not in (0, 2):
            raise ValueError(f"las cifras se contradicen: {found.message}")
        return None if found.status == 2 else np.array(found.x)

    @cached_property
    def doubles(self) -> list[np.ndarray]:
        """The places of figures that have the same range, list by list."""
        found: dict[object, list[int]] = defaultdict(list)
        names = names_by_what_is_said(self.rows)
        for (edition, key), place in self.places.items():
            found[edition, key.cuadro, key.periodo, names[key.renglon]].append(place)
        return [np.array(places) for places in found.values() if len(places) > 1]

    def narrow(self, targets: list[Nudo], k: int) -> Iterator[tuple[Nudo, Rango | None]]:
        """Yield each target with its range if it is narrower than `k`, else None."""
        seen = Vistos(self, k)
        places = {target: self.places.get(self.alike.get(target, target)) for target in targets}
        seen.widen([place for place in places.values() if place is not None])
        for target, place in places.items():
            yield target, None if place is None else seen.range_of(place)


def names_by_what_is_said(rows: tuple[Fila, ...]) -> dict[str, object]:
    """Return for each row name of the tables what the relations say of it.

    Names of which they say the same are doubles: putting each in the other's place leaves every relation as it was.
    """
    said: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for number, (parts, low, high, loose) in enumerate(rows):
        by_name: dict[str, list[tuple[int, str, str, int]]] = defaultdict(list)
        for (edition, key), value in parts:
            by_name[key.renglon].append((edition, key.cuadro, key.periodo, value))
        for name, own in by_name.items():
            said[name].append((number, *own) if len(by_name) > 1 else (low, high, loose, *own))
    return {name: tuple(sorted(told, key=repr)) for name, told in said.items()}


class Vistos:
    """The least and the most of every figure in the worlds seen so far; doubles share theirs."""

    def __init__(self, programme: Programa, k: int) -> None:
        self.programme, self.k = programme, k
        self.low, self.high = programme.world.copy(), programme.world.copy()
        self.see(programme.world)

    def see(self, world: np.ndarray) -> None:
        """Take a world in, and those with doubles in each other's place."""
        self.low, self.high = np.minimum(self.low, world), np.maximum(self.high, world)
        for places in self.programme.doubles:
            self.low[places], self.high[places] = self.low[places].min(), self.high[places].max()

    def is_wide(self, place: int) -> bool:
        """Say whether a figure differs by `k` between worlds seen."""
        return not narrower((self.low[place], self.high[place]), self.k)

    def widen(self, places: list[int]) -> None:
        """Look at worlds that move many figures at once, until one such pair shows no more of them to be wide."""
        pending = [place for place in places if not self.is_wide(place)]
        while pending:
            for sign in (-1, 1):
                self.push(pending, sign)
            left = [place for place in pending if not self.is_wide(place)]
            if len(left) == len(pending):
                break
            pending = left

    def range_of(self, place: int) -> Rango | None:
        """Return a figure's range if it is narrower than `k`, else None."""
        for sign in (-1, 1):
            if self.is_wide(place):
                return None
            self.push([place], sign)
        return None if self.is_wide(place) else inwards(self.low[place], self.high[place])

    def push(self, places: list[int], sign: int) -> None:
        """See a world with as much (`sign` -1) or as little (1) of the places as shows them wide, and no more.

        A lone figure that could go further passes through there: worlds between two worlds are worlds.
        """
        cost, least, most = (np.full(self.programme.columns, value) for value in (0.0, 0.0, inf))
        cost[places] = sign
        if sign < 0:
            most[places] = np.ceil(self.low[places] - 10 * SLACK) + self.k
        else:
            least[places] = np.maximum(0, np.floor(self.high[places] + 10 * SLACK) - self.k)
        world = self.programme.solve(cost, least, most)
        if world is not None:
            self.see(world)


def built(rows: tuple[Fila, ...]) -> Programa:
    """Return the programme of rows; a loose row admits changes, at no price yet."""
    places = {node: n for n, node in enumerate(sorted({node for row in rows for node, _ in row[0]}))}
    columns, entries = len(places), []
    for number, (parts, _low, _high, loose) in enumerate(rows):
        slack = [(columns, 1), (columns + 1, -1)] if loose else []
        columns += len(slack)
        entries += [(number, places[node], value) for node, value in parts] + [(number, n, value) for n, value in slack]
    down, across, values = np.array(entries, dtype=int).reshape(-1, 3).T
    matrix = coo_array((values, (down, across)), shape=(len(rows), columns), dtype=float)
    return Programa(
        rows, places, csc_array(matrix), np.array([row[1] for row in rows], float), np.array([row[2] for row in rows], float)
    )
