"""A retagging of the whole registry after review changes no reviewed value, and no decision costs more in a large one."""

import re

import pytest
from factories import TAGGER, etiquetas, rows
from revisado import ANA, ONE, THREE, TWO, findings, partition, seen

from nlp.etiquetas import Etiquetas, Lugar
from pipeline.incidents import group_pending
from pipeline.registry.noticias import save_etiquetas
from pipeline.review import (
    assign,
    comment,
    correct,
    discard,
    edit_acts,
    edit_victims,
    keep_apart,
    mark_seen,
    merge,
    move_note,
    postpone,
    reopen,
    split,
    uncorrect,
    undo,
    validate,
)

OTHER = etiquetas(
    "Otra Persona Ajena",
    clase="riesgo",
    modalidad=("censura",),
    agresion=("institucional",),
    agresor=("particular",),
    victima=("defensora",),
    lugar=Lugar("no", None, "puebla"),
    fecha_hecho="2026-01-01",
    urgente=True,
    via="judicial",
    ambito="fuera",
)
VICTIM = {"id": None, "nombre": "Ana Ruiz Paz", "tipo": "defensora"}
ACT = {"modalidad": "ataque_fisico", "victima_id": None, "agresor": "fuerza_publica", "confirmado": 1}
DECISIONS = {
    "validar": lambda db: validate(db, ONE, ANA),
    "descartar": lambda db: discard(db, ONE, ANA, motivo="no es labor"),
    "reabrir": lambda db: (validate(db, ONE, ANA), reopen(db, ONE, ANA)),
    "corregir": lambda db: correct(db, ONE, "modalidad", ["amenaza"], ANA),
    "descorregir": lambda db: (correct(db, ONE, "clase", "riesgo", ANA), uncorrect(db, ONE, "clase", ANA)),
    "víctimas": lambda db: edit_victims(db, ONE, [VICTIM], ANA),
    "actos": lambda db: edit_acts(db, ONE, [ACT], ANA),
    "fusionar": lambda db: merge(db, TWO, ONE, ANA),
    "separar": lambda db: split(db, ONE, [2], ANA),
    "mover nota": lambda db: move_note(db, 2, TWO, ANA),
    "deshacer": lambda db: (merge(db, TWO, ONE, ANA), undo(db, ONE, ANA)),
}
AROUND = {
    "comentar": lambda db: comment(db, ONE, "Falta llamar.", ANA),
    "asignar": lambda db: assign(db, ONE, "luis", ANA),
    "posponer": lambda db: postpone(db, ONE, "2026-05-12", ANA),
    "visto": lambda db: mark_seen(db, ONE, ANA),
    "aparte": lambda db: keep_apart(db, ONE, TWO, ANA),
}


@pytest.fixture
def db(tmp_path):
    with findings(tmp_path) as opened:
        yield opened


def retag(db, tags):
    for noticia_id, version in rows(db, "SELECT id, version FROM noticias"):
        assert save_etiquetas(db, noticia_id, version, tags, f"{TAGGER}-nueva")
    group_pending(db, pause=0)


def decided(db, folios):
    shown, told, pairs, corrected, victims, acts, _ = seen(db)
    return [
        [row for row in shown if row[1] in folios],
        [row for row in told if row[0] in folios],
        pairs,
        corrected,
        [row for row in victims if row[1] in folios],
        [row for row in acts if row[0] in folios],
    ]


@pytest.mark.parametrize("tags", [OTHER, Etiquetas()], ids=["otras etiquetas", "nada relevante"])
@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_a_retagging_changes_no_reviewed_value(db, decide, tags):
    decide(db)
    folios = {row[0] for row in rows(db, "SELECT DISTINCT clave FROM bitacora")}
    before, groups = decided(db, folios), partition(db)
    versions = rows(db, "SELECT folio, version FROM hallazgos WHERE folio IN (SELECT clave FROM bitacora)")
    retag(db, tags)
    assert decided(db, folios) == before
    assert partition(db) == groups
    assert rows(db, "SELECT folio, version FROM hallazgos WHERE folio IN (SELECT clave FROM bitacora)") == versions


@pytest.mark.parametrize("act", AROUND.values(), ids=AROUND)
def test_what_people_do_around_a_finding_leaves_its_codes_to_the_machine(db, act):
    act(db)
    retag(db, OTHER)
    assert rows(db, "SELECT clase, modalidad FROM v_hallazgos WHERE folio = ?", ONE) == [("riesgo", '["censura"]')]


def test_undo_after_a_retagging_brings_back_what_was_there(db):
    before = seen(db)
    merge(db, TWO, ONE, ANA)
    correct(db, ONE, "modalidad", ["censura"], ANA)
    discard(db, THREE, ANA, motivo="no es labor")
    retag(db, OTHER)
    for folio in (ONE, ONE, THREE):
        undo(db, folio, ANA)
    assert [part for n, part in enumerate(seen(db)) if n != 6] == [part for n, part in enumerate(before) if n != 6]


@pytest.mark.parametrize("decide", {**DECISIONS, **AROUND}.values(), ids={**DECISIONS, **AROUND})
def test_no_decision_reads_a_table_whole(db, decide):
    ran = []
    db.conn.set_trace_callback(ran.append)
    decide(db)
    db.conn.set_trace_callback(None)
    plans = [
        (sql, step[3])
        for sql in {sql for sql in ran if re.match(r"\s*(SELECT|UPDATE|DELETE|INSERT)", sql)}
        # A new finding could settle rows that waited for it, if any did: SQLite plans for that and does not run it.
        if "_fts" not in sql and not sql.startswith("INSERT INTO hallazgos (")
        for step in rows(db, f"EXPLAIN QUERY PLAN {sql}")
    ]
    assert plans
    scans = [(sql, step) for sql, step in plans if re.match(r"SCAN (?!CONSTANT|\(subquery|json_each|d\b)", step)]
    assert scans == []
