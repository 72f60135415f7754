"""Chooses which figures are reserved: the small ones, and as few others as keep the attack from working them out."""

from collections import deque
from dataclasses import dataclass

from pipeline.publication.attack import Ataque
from pipeline.publication.counts import Cifras
from pipeline.publication.relations import Nudo, Relacion, between, keys_of, neighbours, relations, true_ones
from pipeline.publication.tables import TOTAL, Clave

# What an earlier edition published: every figure of it by key, None where it was reserved.
Publicado = dict[Clave, int | None]


@dataclass(frozen=True)
class Protegido:
    """The outcome: the reserved figures, and those of earlier editions that were given away already, whatever is done now."""

    reservados: frozenset[Clave]
    expuestos: tuple[Nudo, ...]


def protect(cifras: Cifras, k: int, earlier: list[Publicado]) -> Protegido:
    """Return what is reserved of `cifras` beside the `earlier` editions, oldest first."""
    return Proteccion(cifras, k, earlier).run()


class Proteccion:
    """One search for the figures to reserve; deterministic."""

    def __init__(self, cifras: Cifras, k: int, earlier: list[Publicado]) -> None:
        self.k, self.here = k, len(earlier)
        self.truth: dict[Nudo, int] = {(self.here, key): one.valor for key, one in cifras.items()}
        self.old = {(n, key): value for n, edition in enumerate(earlier) for key, value in edition.items()}
        self.known = {node: value for node, value in self.old.items() if value is not None}
        self.reserved = {(self.here, key) for key, one in cifras.items() if self.is_small(key, one.valor, one.casos, earlier)}
        self.said = {
            (self.here, key) for edition in earlier for key, value in edition.items()
            if key in cifras and value == cifras[key].valor
        }  # fmt: skip
        every = all_relations([*(tuple(edition) for edition in earlier), keys_of(cifras)])
        supposed = {(n, key): cifras[key].valor for n, edition in enumerate(earlier) for key in edition if key in cifras}
        found = true_ones(every, supposed | self.known | self.truth)
        self.attack, self.beside = Ataque(found, k, self.truth), neighbours(found)
        self.given_up = {node for node in self.reserved if node in self.said}
        hidden = {node for node, value in self.old.items() if value is None}
        self.exposed = sorted(node for group in self.attack.falls(self.known, hidden) for node in group)

    def is_small(self, key: Clave, value: int, cases: int, earlier: list[Publicado]) -> bool:
        """Say whether a figure is reserved by itself: few registros, or few more than when its year was not over."""
        if value < self.k or cases < self.k:
            return True
        before = [
            old for edition in earlier for was, old in edition.items()
            if old is not None and was.periodo != key.periodo and year_so_far(was, key)
        ]  # fmt: skip
        return any(0 < value - old < self.k for old in before)

    def run(self) -> Protegido:
        """Reserve one more figure for each group that falls until none does; then publish those that turned out idle."""
        added: list[Nudo] = []
        while failing := self.failing():
            for node in failing:
                more = self.complement(node)
                if more is None:
                    self.given_up.add(node)
                else:
                    self.reserved.add(more)
                    added.append(more)
        self.give_back(added)
        return Protegido(frozenset(key for _place, key in self.reserved), tuple(self.exposed))

    def give_back(self, added: list[Nudo]) -> None:
        """Publish again, largest first, each complement that the others make idle."""
        for node in sorted(added, key=lambda one: (-self.truth[one], one)):
            self.reserved.discard(node)
            if self.failing():
                self.reserved.add(node)

    def failing(self) -> list[Nudo]:
        """Return, one for each group that falls, a reserved figure of any edition that is given away."""
        old = {node for node, value in self.old.items() if value is None} - set(self.exposed)
        targets = (self.reserved | old) - self.given_up
        return [min(group) for group in self.attack.falls(self.published(), targets, only_one=True)]

    def published(self) -> dict[Nudo, int]:
        """Return every figure that everybody would know."""
        return self.known | {node: value for node, value in self.truth.items() if node not in self.reserved}

    def complement(self, node: Nudo) -> Nudo | None:
        """Return the published figure to reserve beside `node`: nearest, no total, smallest, a year's total last; or None."""
        distance, queue = {node: 0}, deque([node])
        while queue:
            here = queue.popleft()
            for other in self.beside.get(here, ()):
                if other not in distance:
                    distance[other] = distance[here] + 1
                    queue.append(other)
        free = [one for one in distance if one in self.truth and one not in self.reserved and one not in self.said]
        return min(
            free, key=lambda one: (is_year(one), distance[one], one[1].renglon == TOTAL, self.truth[one], one), default=None
        )


def is_year(node: Nudo) -> bool:
    """Say whether a figure is a year's total, which a reader needs most."""
    return node[1].cuadro == "registros_anuales"


def year_so_far(was: Clave, now: Clave) -> bool:
    """Say whether `was` counts the same row of the same year, up to another month."""
    return (was.cuadro, was.renglon, was.periodo[:4]) == (now.cuadro, now.renglon, now.periodo[:4]) and ".." in was.periodo


def all_relations(editions: list[tuple[Clave, ...]]) -> list[Relacion]:
    """Return every relation within and between the editions."""
    within = [one for place, keys in enumerate(editions) for one in relations(keys, place)]
    return within + list(between(editions))
