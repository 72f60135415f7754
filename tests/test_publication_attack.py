"""No reserved figure can be worked out: not from one edition, not from all of them together."""

from datetime import date
from math import inf

import numpy as np
import pytest
from contados import acto, codigos, cubrir, hallazgo, registro
from hypothesis import given, settings
from hypothesis import strategies as st
from publicado import BOROUGHS, MODALITIES, invented, published, shown
from scipy.optimize import linprog

from pipeline.publication.attack import Ataque
from pipeline.publication.counts import figures
from pipeline.publication.protect import all_relations, protect
from pipeline.publication.relations import true_ones
from pipeline.publication.tables import TOTAL, Clave

K = 3
CUT = date(2025, 12, 31)
FINDING = st.tuples(
    st.sampled_from(["2024-02-10", "2024-05-10", "2024-08-10", "2024-11-10", "2025-02-10", "2025-09-10"]),
    st.sampled_from(["agresion", "agresion", "riesgo", "privacion_vida"]),
    st.sampled_from(BOROUGHS),
    st.sets(st.sampled_from(MODALITIES), max_size=2),
)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with registro(tmp_path_factory.mktemp("ataque")) as opened:
        cubrir(opened, "2025-12-31")
        yield opened


def write(db, findings):
    for day, kind, borough, modalities in findings:
        folio = hallazgo(db, day, clase=kind, alcaldia=borough)
        for name in sorted(modalities):
            codigos(db, folio, "modalidad", name)
            acto(db, folio, name)


def edition(cifras, done):
    return {key: None if key in done.reservados else one.valor for key, one in cifras.items()}


def given_away(editions, cifras):
    """What the attacker of the product rightly works out of some editions; `cifras`: the figures as they are."""
    nodes = {(place, key): value for place, one in enumerate(editions) for key, value in one.items()}
    known = {node: value for node, value in nodes.items() if value is not None}
    truth = {(place, key): one.valor for place in range(len(editions)) for key, one in cifras.items()}
    relations = true_ones(all_relations([tuple(one) for one in editions]), truth | known)
    groups = Ataque(relations, K, {}).falls(known, set(nodes) - set(known))
    return {node for group in groups for node in group}


def spans(told):
    """An attacker of our own over the tables that add up: (table, period, row) → how far its values may differ."""
    names = [key for key in told if key[0] in ("registros_anuales", "anio_clase", "anio_alcaldia", "trimestre_clase")]
    place = {key: n for n, key in enumerate(names)}
    equalities = []
    for table, total in (("anio_clase", "registros_anuales"), ("anio_alcaldia", "registros_anuales")):
        for period in {key[1] for key in names if key[0] == table}:
            equalities.append(([key for key in names if key[:2] == (table, period)], (total, period, TOTAL)))
    for quarter in {key[1] for key in names if key[0] == "trimestre_clase"}:
        parts = [key for key in names if key[:2] == ("trimestre_clase", quarter) and key[2] != TOTAL]
        equalities.append((parts, ("trimestre_clase", quarter, TOTAL)))
    for key in [key for key in names if key[0] == "anio_clase"]:
        equalities.append(([("trimestre_clase", f"{key[1]}-T{n}", key[2]) for n in (1, 2, 3, 4)], key))
    matrix = np.zeros((len(equalities), len(names)))
    for row, (parts, total) in enumerate(equalities):
        for part in parts:
            matrix[row, place[part]] += 1
        matrix[row, place[total]] -= 1
    bounds = [(0, None) if told[key] is None else (told[key], told[key]) for key in names]
    found = {}
    for key in [key for key in names if told[key] is None]:
        cost = np.zeros(len(names))
        cost[place[key]] = 1
        least, most = (linprog(s * cost, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=bounds) for s in (1, -1))
        found[key] = inf if most.status == 3 else -most.fun - least.fun
    return found


@settings(max_examples=2, deadline=None, derandomize=True)
@given(findings=st.lists(FINDING, min_size=1, max_size=40), more=st.lists(FINDING, max_size=6))
def test_whatever_the_registry_no_edition_gives_a_figure_away(db, findings, more):
    db.execute("BEGIN")
    write(db, findings)
    cifras = figures(db, CUT)
    first = edition(cifras, protect(cifras, K, []))
    assert all(value is None or value >= K for value in first.values())
    assert {key: span for key, span in spans(first).items() if span < K} == {}
    assert given_away([first], cifras) == set()
    write(db, more)
    again = figures(db, CUT)
    done = protect(again, K, [first])
    second = edition(again, done)
    assert done.expuestos == ()
    assert {key: span for key, span in spans(second).items() if span < K} == {}
    assert not [node for node in given_away([first, second], again) if node[0] == 0]
    db.rollback()


def test_the_attack_finds_what_a_careless_publication_gives_away(tmp_path):
    with invented(tmp_path, (2025,)) as db:
        cifras = figures(db, CUT)
    small = {key for key, one in cifras.items() if one.valor < K}
    careless = {key: None if key in small else one.valor for key, one in cifras.items()}
    assert given_away([careless], cifras)
    assert any(span < K for span in spans(careless).values())


def test_what_one_edition_reserved_the_next_does_not_tell_by_difference(tmp_path):
    with registro(tmp_path) as db:
        cubrir(db, "2025-12-31")
        for borough, n in (("tlalpan", 2), ("coyoacan", 3), ("cuauhtemoc", 9)):
            for _ in range(n):
                hallazgo(db, "2025-02-10", alcaldia=borough)
        published(db, tmp_path / "una", contacto="x")
        one = shown(tmp_path / "una")
        assert one["anio_alcaldia", "2025", "tlalpan"] is None
        for _ in range(2):
            hallazgo(db, "2025-02-11", alcaldia="tlalpan")
        published(db, tmp_path / "sola")
        published(db, tmp_path / "dos", tmp_path / "una")
    alone, two = shown(tmp_path / "sola"), shown(tmp_path / "dos")
    assert alone["anio_alcaldia", "2025", "tlalpan"] == 4
    # beside the edition before, 4 and the total would tell that it was 2
    assert two["anio_alcaldia", "2025", "tlalpan"] is None or two["registros_anuales", "2025", TOTAL] is None


def test_a_year_that_goes_on_does_not_tell_what_one_month_added(tmp_path):
    with registro(tmp_path) as db:
        for day in ("2026-02-10", "2026-03-10"):
            for n in range(8):
                hallazgo(db, day, alcaldia="coyoacan" if n < 5 else "tlalpan")
        published(db, tmp_path / "una", corte=date(2026, 9, 30))
        hallazgo(db, "2026-10-05", alcaldia="coyoacan")
        published(db, tmp_path / "dos", tmp_path / "una", corte=date(2026, 10, 31))
    one, two = shown(tmp_path / "una"), shown(tmp_path / "dos")
    assert one["anio_alcaldia", "2026-01..2026-09", "coyoacan"] == 10
    assert two["anio_alcaldia", "2026-01..2026-10", "coyoacan"] is None


def test_a_figure_that_rests_on_few_registros_is_reserved_however_large(tmp_path):
    with registro(tmp_path) as db:
        for _ in range(5):
            hallazgo(db, "2025-02-10")
        folio = hallazgo(db, "2025-02-10")
        codigos(db, folio, "modalidad", "tortura")
        for _ in range(7):
            acto(db, folio, "tortura")
        cifras = figures(db, CUT)
    key = Clave("articulo19", "2025", "Tortura y tratos crueles")
    assert (cifras[key].valor, cifras[key].casos) == (7, 1)
    assert key in protect(cifras, K, []).reservados
