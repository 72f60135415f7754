"""Chooses which figures are reserved: the small ones, and as few others as keep the attack from working them out."""

from collections import deque
from collections.abc import Iterable, Set
from dataclasses import dataclass

from pipeline.publication.attack import Ataque, Grupo
from pipeline.publication.counts import Cifras
from pipeline.publication.relations import Nudo, Relacion, between, keys_of, neighbours, relations, true_ones
from pipeline.publication.tables import TOTAL, Clave, Publicado

TRIES = 4  # complements beside a complement, before it is given up


@dataclass(frozen=True)
class Protegido:
    """The outcome: the reserved figures, and those that earlier editions gave away already, whatever is done now."""

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
        self.small = frozenset(self.reserved)
        self.said = {
            (self.here, key) for edition in earlier for key, value in edition.items()
            if key in cifras and value == cifras[key].valor
        }  # fmt: skip
        every = all_relations([*(tuple(edition) for edition in earlier), keys_of(cifras)])
        supposed = {(n, key): cifras[key].valor for n, edition in enumerate(earlier) for key in edition if key in cifras}
        found = true_ones(every, supposed | self.known | self.truth)
        self.attack, self.beside = Ataque(found, k), neighbours(found)
        told: set[Clave] = set()
        hidden: set[Nudo] = set()
        for n, edition in enumerate(earlier):
            told |= {key for key, value in edition.items() if value is not None}
            hidden |= {(n, key) for key in edition if key not in told}
        self.told = {(self.here, key) for key in told}
        self.given_up: set[Nudo] = set()
        self.unfit: set[Nudo] = set()
        self.exposed = set(self.attack.narrow(self.attack.groups(self.known), hidden))
        self.old_secrets = hidden - self.exposed
        self.never_told = {key for _place, key in self.old_secrets}

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
        """Reserve figures beside those that fall until none does; then publish those that turned out idle."""
        added: dict[Nudo, Nudo] = {}
        while fallen := self.falls(self.left(), self.targets()):
            for node in sorted(fallen):
                self.hold(node, added)
        self.give_back(added)
        return Protegido(frozenset(key for _place, key in self.reserved), tuple(sorted(self.exposed | self.given_up)))

    def hold(self, node: Nudo, added: dict[Nudo, Nudo]) -> None:
        """Reserve figures beside one until it does not fall; note in `added` which, and for whom.

        A complement that a few more do not hold is published, and is no complement for anybody: it is known from elsewhere.
        """
        tried: set[Nudo] = set()
        while self.falls(self.left(), [node]):
            free = self.truth.keys() - self.reserved - self.unfit
            # what was told before as it is now is the last to help: the reader has it anyway
            more = self.complement(node, free - self.said) or self.complement(node, free & self.said)
            if node in added and node[1] not in self.never_told and (more is None or len(tried) == TRIES):
                self.unfit.add(node)
                self.reserved -= {node, *tried}
                for idle in (node, *tried):
                    del added[idle]
                return
            if more is None:
                self.given_up.add(node)
                return
            self.reserved.add(more)
            tried.add(more)
            added[more] = node

    def give_back(self, added: dict[Nudo, Nudo]) -> None:
        """Publish again, largest first, each complement that the others make idle.

        Each is tried against what it was for and what fell in an earlier round; a round that all figures stand is the last.
        """
        watched: set[Nudo] = set()
        while True:
            for node in sorted(added, key=lambda one: (-self.truth[one], one)):
                self.reserved.discard(node)
                left = self.left()
                if self.falls(left, {node, added[node]} & self.targets()) or self.falls(left, watched & self.targets()):
                    self.reserved.add(node)
            fallen = self.falls(self.left(), self.targets())
            if not fallen:
                return
            watched |= fallen
            self.reserved |= added.keys()

    def targets(self) -> set[Nudo]:
        """Return the reserved figures of every edition that must not be given away: those that none before had told.

        A figure that was told stays near what was told of it, and the edition repeats it; it is a secret if it is small now.
        """
        return (self.reserved - (self.told - self.small) | self.old_secrets) - self.given_up

    def falls(self, left: list[Grupo], targets: Iterable[Nudo]) -> set[Nudo]:
        """Return the targets that are given away; one that an earlier edition told, only where its true figure is found out."""
        narrow = self.attack.narrow(left, targets)
        return {node for node, (least, most) in narrow.items() if node not in self.told or least <= self.truth[node] <= most}

    def left(self) -> list[Grupo]:
        """Return the groups of figures that nobody is told, with everything that everybody would know."""
        return self.attack.groups(self.known | {node: value for node, value in self.truth.items() if node not in self.reserved})

    def complement(self, node: Nudo, free: Set[Nudo]) -> Nudo | None:
        """Return the `free` figure to reserve beside `node`: nearest, no total, smallest, a year's total last; or None."""
        distance, queue = {node: 0}, deque([node])
        while queue:
            here = queue.popleft()
            for other in self.beside.get(here, ()):
                if other not in distance:
                    distance[other] = distance[here] + 1
                    queue.append(other)
        return min(
            free & distance.keys(),
            key=lambda one: (is_year(one), distance[one], one[1].renglon == TOTAL, self.truth[one], one),
            default=None,
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
