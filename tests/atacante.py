"""A reader who tries to work out what a publication reserves: whole-number programming over everything published.

Written from what the tables say of themselves, without the program that chooses what is reserved: it is here to judge it.
Each reserved figure gets its least and its most value, in whole numbers. Every world that shows a figure to be safe is checked
against every row; what the solver says beyond that can only raise a false alarm.
"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

ADDED_UP = ("anio_clase", "anio_alcaldia")
NOT_ADDED_UP = ("anio_tipo_agresion", "anio_modalidad", "anio_agresor", "anio_tipo_victima")
GUIDE = Path(__file__).parents[1] / "pipeline" / "figures" / "equivalencias.csv"
MURDER = ("anio_clase", "privacion_vida"), ("anio_modalidad", "asesinato")
BOUNDS = Bounds(0, 1000)
SHAKES = 12  # worlds at random, before the figures are tried one by one
RISK = ("anio_clase", "riesgo"), ("anio_tipo_agresion", "riesgo")


def months(period):
    """`2026`, `2026-T3`, `2026-01..2026-10` → its months."""
    if ".." in period:
        return [f"{period[:4]}-{n:02}" for n in range(1, int(period[-2:]) + 1)]
    first, many = (3 * int(period[-1]) - 2, 3) if "-T" in period else (1, 12)
    return [f"{period[:4]}-{n:02}" for n in range(first, first + many)]


def year_before(month):
    return f"{int(month[:4]) - 1}{month[4:]}"


def rows_of_one(keys):
    """What holds within an edition: (figures with coefficients, least, most, whether it need not hold)."""
    by_table = defaultdict(list)
    for table, period, row in keys:
        by_table[table, period].append((table, period, row))
    for period in {period for table, period, _ in keys if table == "registros_anuales"}:
        total = ("registros_anuales", period, "total")
        yield [(total, -1), *((("mes", month, ""), 1) for month in months(period))], 0, 0, False
        for table in ADDED_UP:
            yield [(total, -1), *((key, 1) for key in by_table[table, period])], 0, 0, False
        for table in NOT_ADDED_UP:
            parts = by_table[table, period]
            yield [(total, -1), *((key, 1) for key in parts)], 0, np.inf, False
            risk = (table, period, "riesgo")
            for key in parts:
                beside = [(risk, 1)] if risk in parts and key != risk else []
                yield [(total, -1), (key, 1), *beside], -np.inf, 0, False
        quarters = sorted({p for t, p, _ in keys if t == "trimestre_clase" and set(months(p)) <= set(months(period))})
        least = 0 if 3 * len(quarters) == len(months(period)) else -np.inf
        for table, _, row in by_table["anio_clase", period]:
            if quarters:
                yield [((table, period, row), -1), *((("trimestre_clase", q, row), 1) for q in quarters)], least, 0, False
        for (table, row), (other, twin) in (MURDER, RISK):
            yield [((table, period, row), -1), ((other, period, twin), 1)], 0, 0, True
        for line in csv.DictReader(GUIDE.read_text("utf-8").splitlines()):
            if line["esquema"] == "articulo19":
                modality = ("anio_modalidad", period, line["modalidad"])
                yield [(modality, -1), (("articulo19", period, line["categoria"]), 1)], 0, np.inf, True
    for quarter in {period for table, period, _ in keys if table == "trimestre_clase"}:
        total = ("trimestre_clase", quarter, "total")
        yield [(total, -1), *((key, 1) for key in by_table["trimestre_clase", quarter] if key != total)], 0, 0, False
        yield [(total, -1), *((("mes", month, ""), 1) for month in months(quarter))], 0, 0, False
    for period in {period for table, period, _ in keys if table == "indicador_firmado"}:
        signed, compared, base = (
            ("indicador_firmado", period, name) for name in ("registros", "registros_comparados", "anterior_comparado")
        )
        yield [(signed, -1), *((("mes", month, ""), 1) for month in months(period))], 0, 0, True
        yield [(base, -1), *((("mes", year_before(month), ""), 1) for month in months(period))], 0, 0, True
        yield [(signed, -1), (compared, 1)], -np.inf, 0, False
        yield [(signed, -1), (compared, 1)], 0, 0, True


def rows_of_all(editions):
    """What holds within and between the editions; a figure is (edition, table, period, row)."""
    last, running = {}, {}
    for place, keys in enumerate(editions):
        known = {*keys, *(("mes", m, "") for t, p, _ in keys if t == "registros_anuales" for m in months(p))}
        for parts, least, most, loose in rows_of_one(keys):
            if all(key in known or key[0] == "mes" for key, _ in parts):
                yield [((place, *key), value) for key, value in parts], least, most, loose
        for key in sorted(known):
            table, period, row = key
            node, year = (place, *key), (table, period[:4], row)
            by_year = table.startswith(("anio", "registros", "articulo", "ods"))
            if key in last:
                yield [(last[key], -1), (node, 1)], 0, 0, True
            elif by_year and year in running:
                yield [(running[year], -1), (node, 1)], 0, np.inf, True
            last[key], running[year] = node, node


def told_apart(editions, k):
    """The reserved figures that are worked out: (edition, table, period, row) → (least, most), less than `k` apart.

    `editions`: each {(table, period, row): figure or None}, oldest first.
    """
    known = {(place, *key): value for place, one in enumerate(editions) for key, value in one.items() if value is not None}
    hidden = {(place, *key) for place, one in enumerate(editions) for key, value in one.items() if value is None}
    rows = []
    for parts, least, most, loose in rows_of_all([list(one) for one in editions]):
        moved = sum(value * known[node] for node, value in parts if node in known)
        if left := [(node, value) for node, value in parts if node not in known]:
            rows.append((left, least - moved, most - moved, loose))
    nodes = {node: n for n, node in enumerate(sorted({node for parts, *_ in rows for node, _ in parts}))}
    pairs = [(nodes[parts[0][0]], nodes[node]) for parts, *_ in rows for node, _ in parts]
    linked = coo_array((np.ones(len(pairs)), np.array(pairs).T), shape=(len(nodes), len(nodes)))
    labels = connected_components(linked, directed=False)[1]
    by_group = defaultdict(list)
    for row in rows:
        by_group[labels[nodes[row[0][0][0]]]].append(row)
    found = {}
    for group in by_group.values():
        found |= of_group(group, hidden, k)
    return found


def of_group(rows, hidden, k):
    names = sorted({node for parts, *_ in rows for node, _ in parts})
    place = {node: n for n, node in enumerate(names)}
    entries, width = [], len(names)
    for number, (parts, _least, _most, loose) in enumerate(rows):
        entries += [(number, place[node], value) for node, value in parts]
        if loose:
            entries += [(number, width, 1), (number, width + 1, -1)]
            width += 2
    changes = np.r_[np.zeros(len(names)), np.ones(width - len(names))]
    entries += [(len(rows), n, 1) for n in range(len(names), width)]
    down, across, values = np.array(entries).T
    matrix = coo_array((values, (down, across)), shape=(len(rows) + 1, width), dtype=float).tocsc()
    low = np.array([row[1] for row in rows] + [0.0])

    def cheapest(cost, most_change):
        high = np.array([row[2] for row in rows] + [most_change])
        held = LinearConstraint(matrix, low, high)
        for whole in (0, 1):  # most best worlds are of whole numbers by themselves
            # with its presolve the solver loses some of the best worlds of whole numbers
            done = milp(cost, integrality=whole, bounds=BOUNDS, constraints=held, options={"presolve": False})
            assert done.status == 0, done.message
            world = np.round(done.x)
            if world.min() >= 0 and np.all(low <= matrix @ world) and np.all(matrix @ world <= high):
                return world
        raise AssertionError("no whole world")

    first = cheapest(changes, np.inf)
    least = changes @ first
    lows, highs, found = first.copy(), first.copy(), {}
    chance = np.random.default_rng(1)
    for _ in range(SHAKES if len(names) > SHAKES else 0):
        world = cheapest(np.r_[chance.integers(-3, 4, len(names)), np.zeros(width - len(names))], least)
        lows, highs = np.minimum(lows, world), np.maximum(highs, world)
    for node in [name for name in names if name in hidden]:
        at = place[node]
        for sign in (1, -1):
            if highs[at] - lows[at] < k:
                cost = np.zeros(width)
                cost[at] = sign
                world = cheapest(cost, least)
                lows, highs = np.minimum(lows, world), np.maximum(highs, world)
        if highs[at] - lows[at] < k:
            found[node] = (int(lows[at]), int(highs[at]))
    return found
