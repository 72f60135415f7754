"""What the indicators read of each finding says the same as the count of findings, whatever was written before."""

import json
from itertools import count

import pytest
from contados import registro
from hypothesis import given, settings
from hypothesis import strategies as st

DIAS = st.sampled_from(["2025-12-31", "2026-01-01", "2026-02-28"])
AMBITOS = st.sampled_from(["hecho_en_cdmx", "persona_en_cdmx", "a_distancia_cdmx", "fuera", "por_determinar"])
ESTADOS = st.sampled_from(["detectado", "validado", "descartado", "fusionado"])
ORIGENES = st.sampled_from(["monitoreo", "archivo", "manual", "importado"])
BANDERAS = st.sampled_from([False, True, 0, 1])
NUEVO = st.tuples(st.just("nuevo"), DIAS, AMBITOS, ESTADOS, ORIGENES, BANDERAS)
CORREGIDO = st.tuples(
    st.just("corregido"),
    st.one_of(
        st.tuples(st.just("ambito"), AMBITOS),
        st.tuples(st.just("antecedente"), BANDERAS),
        st.tuples(st.just("clase"), st.just("riesgo")),
    ),
    st.integers(0, 20),
)
CAMBIADO = st.tuples(st.just("estado"), ESTADOS, st.integers(0, 20))
OLVIDADO = st.tuples(st.just("sin corregir"), st.integers(0, 20))
COLUMNAS = "folio, fecha_registro, estado, origen, renglon, cuenta"


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with registro(tmp_path_factory.mktemp("renglones")) as opened:
        yield opened


def write(db, folios, what, *values):
    """Do one write as the registry's writers and analysts do; those of a finding fall on one of `folios`."""
    if what == "nuevo":
        folios.append(f"H-2026-{next(db.numbers):06}")
        db.execute(
            "INSERT INTO hallazgos (folio, clase, fecha_registro, ambito, estado, origen, antecedente)"
            " VALUES (?, 'agresion', ?, ?, ?, ?, ?)",
            [folios[-1], *values],
        )
    elif folios:
        folio = folios[values[-1] % len(folios)]
        if what == "corregido":
            campo, valor = values[0]
            db.execute(
                "INSERT OR REPLACE INTO correcciones (folio, campo, valor, quien, cuando) VALUES (?, ?, ?, 'ana', '')",
                [folio, campo, json.dumps(valor)],
            )
        elif what == "estado":
            db.execute("UPDATE hallazgos SET estado = ? WHERE folio = ?", [values[0], folio])
        else:
            db.execute("DELETE FROM correcciones WHERE folio = ?", [folio])


@settings(max_examples=60, deadline=None)
@given(writes=st.lists(st.one_of(NUEVO, NUEVO, CORREGIDO, CAMBIADO, OLVIDADO), max_size=30))
def test_the_row_of_each_finding_is_that_of_the_count(db, writes):
    db.numbers = count(1)
    db.execute("BEGIN")
    folios = []
    for one in writes:
        write(db, folios, *one)
    counted = db.execute(f"SELECT {COLUMNAS} FROM v_conteo ORDER BY folio").fetchall()
    read = db.execute(f"SELECT {COLUMNAS} FROM v_renglones ORDER BY folio").fetchall()
    db.execute("ROLLBACK")
    assert read == counted


@pytest.mark.parametrize("view", ["v_comparativo_anual", "v_indicador_ambito"])
def test_indicators_read_findings_and_runs_from_indexes_alone(db, view):
    plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view}")]
    assert not [step for step in plan if step.startswith(("SCAN h ", "SEARCH h ")) and "COVERING" not in step]
    assert not [step for step in plan if step.startswith("SCAN corridas") and "corridas_que_cubren" not in step]


def test_the_daily_series_reads_the_findings_once(db):
    plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT * FROM v_serie_diaria")]
    assert len([step for step in plan if step.split()[:2] in (["SCAN", "h"], ["SEARCH", "h"])]) == 1
