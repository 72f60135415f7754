"""The attack: which values a reserved figure may still have, given every figure published and all that ties them together.

Bounds where they suffice, else linear programming over each group of figures that hang together. Where editions do not agree,
the attacker supposes the least change that explains them. Figures are whole numbers: a range is read inwards to whole numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from pipeline.publication.programme import Fila, Programa, Rango, inwards, narrower
from pipeline.publication.relations import Nudo, Relacion

PASSES = 8  # of bounds from row to row; more of them find next to nothing


@dataclass
class Ataque:
    """The attacker: the relations, how narrow a range tells something; groups solved before."""

    relations: list[Relacion]
    k: int
    made: dict[tuple[Fila, ...], "Grupo"] = field(default_factory=dict)

    def groups(self, known: Mapping[Nudo, int]) -> list["Grupo"]:
        """Return the groups that the known figures leave."""
        found = groups([put_in(one, known) for one in self.relations])
        return [self.made.setdefault(rows, Grupo(rows)) for rows in found]

    def narrow(self, left: list["Grupo"], targets: Iterable[Nudo]) -> dict[Nudo, Rango]:
        """Return the ranges of the targets that are narrower than `k`; of a group where bounds show some, those alone."""
        wanted = frozenset(targets)
        found: dict[Nudo, Rango] = {}
        for group in left:
            if nodes := wanted & group.nodes:
                found |= group.narrow(nodes, self.k)
        return found


@dataclass
class Grupo:
    """Rows that share unknown figures, and which of these turned out to be given away or not."""

    rows: tuple[Fila, ...]
    answers: dict[Nudo, Rango | None] = field(default_factory=dict)

    @cached_property
    def nodes(self) -> frozenset[Nudo]:
        """The figures of the rows."""
        return frozenset(node for parts, *_rest in self.rows for node, _ in parts)

    @cached_property
    def programme(self) -> Programa:
        """The linear programme: nothing changed between editions if that can be, else as little as can be."""
        alike, merged = without_change(self.rows)
        return Programa.of(merged, alike) or Programa.least_change(self.rows)

    @cached_property
    def outer(self) -> dict[Nudo, Rango]:
        """Bounds from the rows that surely hold, each by itself: no range is wider."""
        return outer_bounds(self.rows)

    def narrow(self, nodes: frozenset[Nudo], k: int) -> dict[Nudo, Rango]:
        """Return the ranges of the nodes that are narrower than `k`, or of those that the bounds show to be."""
        if known := {node: inwards(*self.outer[node]) for node in nodes if narrower(self.outer[node], k)}:
            return known
        pending = sorted(nodes - self.answers.keys(), key=lambda one: (span(self.outer[one]), one))
        if pending:
            self.answers |= dict(self.programme.narrow(pending, k))
        return {node: found for node in nodes if (found := self.answers[node])}


def span(found: Rango) -> float:
    """Return how far a range goes."""
    return found[1] - found[0]


def put_in(one: Relacion, known: Mapping[Nudo, int]) -> Fila:
    """Return a relation with its known figures moved to its bounds."""
    unknown, moved = [], 0
    for part in one.partes:
        if part[0] in known:
            moved += part[1] * known[part[0]]
        else:
            unknown.append(part)
    return tuple(unknown), one.low - moved, one.high - moved, one.loose


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


def outer_bounds(rows: tuple[Fila, ...]) -> dict[Nudo, Rango]:
    """Return bounds of every figure, from row to row, by the rows that are not loose."""
    bounds: dict[Nudo, Rango] = {node: (0, inf) for parts, *_rest in rows for node, _ in parts}
    for _pass in range(PASSES):
        before = dict(bounds)
        for row in rows:
            if not row[3]:
                bounds |= row_bounds(row, bounds)
        if bounds == before:
            break
    return bounds


def row_bounds(row: Fila, bounds: Mapping[Nudo, Rango]) -> dict[Nudo, Rango]:
    """Return what one row, and the bounds so far, leave to each of its figures."""
    parts, low, high, _loose = row
    least = [value * bounds[node][value < 0] for node, value in parts]
    most = [value * bounds[node][value > 0] for node, value in parts]
    below, above, found = low - sum(most), high - sum(least), {}
    for n, (node, value) in enumerate(parts):
        # where another figure of the row has no bound, the row says nothing of this one
        room = (-inf if most[n] == inf else below + most[n], inf if least[n] == -inf else above + least[n])
        lowest, highest = sorted(bound / value for bound in room)
        found[node] = max(bounds[node][0], lowest), min(bounds[node][1], highest)
    return found


def without_change(rows: tuple[Fila, ...]) -> tuple[dict[Nudo, Nudo], tuple[Fila, ...] | None]:
    """Return which figures are one if nothing changed, and the rows so: none loose, each figure by its first name; or None."""
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
            return {}, None
    return alike, tuple(found)
