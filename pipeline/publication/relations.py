"""What ties the public figures to each other: everything that a careful reader may add, subtract or compare.

A relation says `low ≤ Σ coefficient × figure ≤ high`. A loose one need not hold (two editions, a closing and today's figures):
the reader supposes that as little as possible changed. A supposed one follows from the guide; it goes where it is not so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from pipeline.figures.crosswalk import rows_of
from pipeline.publication.counts import Cifras
from pipeline.publication.months import months_before, months_in
from pipeline.publication.tables import TOTAL, Clave, equal_rows, tables

# A figure in an edition: its place among the editions (the last is the one being made), and its key.
Nudo = tuple[int, Clave]
# Not published anywhere, but it ties periods to each other.
MONTH = "(mes)"


@dataclass(frozen=True)
class Relacion:
    """One relation over figures."""

    partes: tuple[tuple[Nudo, int], ...]
    low: float = 0
    high: float = 0
    loose: bool = False
    supposed: bool = False


def relations(keys: tuple[Clave, ...], edition: int) -> Iterator[Relacion]:
    """Yield the relations among the figures of one edition."""
    at = Edicion(keys, edition)
    for period in at.periods("registros_anuales"):
        yield from of_year(at, period)
    for period in at.periods("trimestre_clase"):
        total = at.node("trimestre_clase", period, TOTAL)
        yield at.adds_up(total, at.rows("trimestre_clase", period))
        yield at.adds_up(total, [at.node(MONTH, month, TOTAL) for month in months_in(period)])
    yield from of_signed(at)


@dataclass(frozen=True)
class Edicion:
    """The keys of an edition and its place."""

    keys: tuple[Clave, ...]
    place: int

    def node(self, table: str, period: str, row: str) -> Nudo:
        """Return a figure's node."""
        return self.place, Clave(table, period, row)

    def periods(self, table: str) -> list[str]:
        """Return the periods of a table."""
        return list(dict.fromkeys(key.periodo for key in self.keys if key.cuadro == table))

    def rows(self, table: str, period: str) -> list[Nudo]:
        """Return the rows of a table in a period, but for its total."""
        found = [key for key in self.keys if (key.cuadro, key.periodo) == (table, period) and key.renglon != TOTAL]
        return [(self.place, key) for key in found]

    def adds_up(self, total: Nudo, parts: list[Nudo], *, loose: bool = False, rest: bool = False) -> Relacion:
        """Say that the parts add up to the total; with `rest`, to no more than it."""
        return Relacion(((total, -1), *((part, 1) for part in parts)), -inf if rest else 0, 0, loose)


def of_year(at: Edicion, period: str) -> Iterator[Relacion]:
    """Yield what ties the tables of one year."""
    total = at.node("registros_anuales", period, TOTAL)
    if months := months_in(period):  # days that are no whole months are told by themselves
        yield at.adds_up(total, [at.node(MONTH, month, TOTAL) for month in months])
    for name, table in tables().items():
        rows = at.rows(name, period)
        if not rows or not table.desglose:
            continue
        if table.suma:
            yield at.adds_up(total, rows)
            continue
        risk = at.node(name, period, "riesgo")
        yield Relacion(((total, -1), *((row, 1) for row in rows)), 0, inf)  # each registro stands in one row at least
        for row in rows:
            beside = ((risk, 1),) if risk in rows and row != risk else ()
            yield Relacion(((total, -1), (row, 1), *beside), -inf, 0)
    yield from of_classes(at, period)


def of_classes(at: Edicion, period: str) -> Iterator[Relacion]:
    """Yield what ties a year's classes to its quarters, its twin rows, and its acts to its modalities."""
    quarters = [quarter for quarter in at.periods("trimestre_clase") if set(months_in(quarter)) <= set(months_in(period))]
    whole = sum(len(months_in(quarter)) for quarter in quarters) == len(months_in(period))
    for row in at.rows("anio_clase", period) if quarters else ():
        parts = [at.node("trimestre_clase", quarter, row[1].renglon) for quarter in quarters]
        yield at.adds_up(row, parts, rest=not whole)
    for (table, name), (other_table, other) in equal_rows():
        pair = at.node(table, period, name), at.node(other_table, period, other)
        if all(node[1] in at.keys for node in pair):
            yield Relacion(((pair[0], -1), (pair[1], 1)), loose=True, supposed=True)
    for modality, _who, category in rows_of("articulo19")[1]:
        pair = at.node("anio_modalidad", period, modality), at.node("articulo19", period, category)
        if all(node[1] in at.keys for node in pair):
            yield Relacion(((pair[0], -1), (pair[1], 1)), 0, inf, loose=True, supposed=True)


def of_signed(at: Edicion) -> Iterator[Relacion]:
    """Yield what ties the closings to the months of today, loosely: they were signed before."""
    for period in at.periods("indicador_firmado"):
        nodes = {node[1].renglon: node for node in at.rows("indicador_firmado", period)}
        for column, months in (("registros", months_in(period)), ("anterior_comparado", months_before(period))):
            if column in nodes:
                yield at.adds_up(nodes[column], [at.node(MONTH, month, TOTAL) for month in months], loose=True)
        if {"registros", "registros_comparados"} <= set(nodes):
            yield at.adds_up(nodes["registros"], [nodes["registros_comparados"]], rest=True)
            yield at.adds_up(nodes["registros"], [nodes["registros_comparados"]], loose=True)


def between(editions: list[tuple[Clave, ...]]) -> Iterator[Relacion]:
    """Yield what ties a figure to its last one before: the same, if nothing changed; no less, if its year went on."""
    last: dict[Clave, Nudo] = {}
    running: dict[tuple[str, str, str], Nudo] = {}
    for place, keys in enumerate(editions):
        months = [
            Clave(MONTH, month, TOTAL) for key in keys if key.cuadro == "registros_anuales" for month in months_in(key.periodo)
        ]
        for key in (*keys, *months):
            node, year = (place, key), (key.cuadro, key.periodo[:4], key.renglon)
            if key in last:
                yield Relacion(((last[key], -1), (node, 1)), loose=True)
            elif tables_by_year(key) and year in running:
                yield Relacion(((running[year], -1), (node, 1)), 0, inf, loose=True)
            last[key], running[year] = node, node


def tables_by_year(key: Clave) -> bool:
    """Say whether a figure's table goes by year."""
    return key.cuadro in tables() and tables()[key.cuadro].por == "anio"


def true_ones(found: list[Relacion], truth: Mapping[Nudo, int]) -> list[Relacion]:
    """Return the relations without the supposed ones that the figures themselves deny: a reader who supposes those errs."""
    return [one for one in found if not one.supposed or holds(one, truth)]


def holds(one: Relacion, truth: Mapping[Nudo, int]) -> bool:
    """Say whether a relation holds, as far as its figures are known."""
    known = [truth.get(node) for node, _ in one.partes]
    if any(value is None for value in known):
        return True
    total = sum(coefficient * (value or 0) for (_node, coefficient), value in zip(one.partes, known, strict=True))
    return one.low <= total <= one.high


def neighbours(found: list[Relacion]) -> dict[Nudo, list[Nudo]]:
    """Return for each figure those that some relation holds beside it."""
    beside: dict[Nudo, dict[Nudo, None]] = defaultdict(dict)
    for one in found:
        for node, _coefficient in one.partes:
            beside[node].update(dict.fromkeys(other for other, _ in one.partes if other != node))
    return {node: list(others) for node, others in beside.items()}


def keys_of(cifras: Cifras) -> tuple[Clave, ...]:
    """Return the figures' keys."""
    return tuple(cifras)
