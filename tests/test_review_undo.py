"""Undo of the last change, and two analysts on one finding."""

import threading
from dataclasses import replace

import pytest
from factories import etiquetas, rows
from revisado import ANA, LUIS, ONE, THREE, TWO, findings, note, partition, seen, version

from pipeline.incidents import group_pending
from pipeline.registry.connection import open_registry
from pipeline.review import (
    Conflict,
    ReviewError,
    comment,
    correct,
    discard,
    keep_apart,
    merge,
    move_note,
    reopen,
    split,
    uncorrect,
    undo,
    validate,
)

DECISIONS = {
    "validar": lambda db: validate(db, ONE, ANA),
    "descartar": lambda db: discard(db, ONE, ANA, motivo="no es labor"),
    "reabrir": lambda db: (validate(db, ONE, ANA), reopen(db, ONE, ANA)),
    "corregir": lambda db: correct(db, ONE, "modalidad", ["amenaza"], ANA),
    "corregir lugar": lambda db: correct(db, ONE, "alcaldia", None, ANA),
    "descorregir": lambda db: (correct(db, ONE, "clase", "riesgo", ANA), uncorrect(db, ONE, "clase", ANA)),
    "fusionar": lambda db: merge(db, ONE, TWO, ANA),
    "fusionar en éste": lambda db: merge(db, TWO, ONE, ANA),
    "mover nota": lambda db: move_note(db, 2, THREE, ANA),
    "aparte": lambda db: keep_apart(db, ONE, TWO, ANA),
}


@pytest.fixture
def db(tmp_path):
    with findings(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_undo_brings_back_everything_that_is_seen(db, decide):
    before, at = seen(db), version(db, ONE)
    decide(db)
    steps = version(db, ONE) - at
    for _ in range(steps):
        undo(db, ONE, ANA)
    assert seen(db) == before
    assert version(db, ONE) == at + 2 * steps
    assert rows(db, "SELECT count(*) FROM bitacora WHERE accion = 'deshacer' AND clave = ?", ONE) == [(steps,)]
    with pytest.raises(ReviewError, match="no hay cambios"):
        undo(db, ONE, ANA)


def test_undo_of_a_split_merges_the_new_finding_back(db):
    before = seen(db)
    new = split(db, ONE, [2], ANA)
    undo(db, ONE, ANA)
    assert partition(db)[ONE] == [1, 2]
    assert rows(db, "SELECT estado, fusionado_en FROM hallazgos WHERE folio = ?", new) == [("fusionado", ONE)]
    shown, *others = seen(db)
    assert [row for row in shown if row[1] != new] == before[0]
    assert others == list(before[1:])
    assert split(db, ONE, [2], ANA) == "H-2026-000005"


def test_undo_from_the_other_finding_is_the_same_undo(db):
    before = seen(db)
    merge(db, ONE, TWO, ANA)
    undo(db, TWO, LUIS)
    assert seen(db) == before


def test_notes_that_joined_since_stay_with_the_finding(db):
    merge(db, THREE, ONE, ANA)
    note(db, "f", etiquetas("Renata Olmedo Prieto"), medio=5)
    group_pending(db, pause=0)
    assert partition(db)[ONE] == [1, 2, 5, 6]
    undo(db, ONE, ANA)
    assert partition(db) == {ONE: [1, 2, 6], TWO: [3, 4], THREE: [5]}


def test_notes_that_joined_a_split_off_finding_go_back_with_it(db):
    new = split(db, ONE, [2], ANA)
    note(db, "f", etiquetas("Eva Solís", fecha_hecho="2026-05-01"), medio=5)
    group_pending(db, pause=0)
    with db.atomic():
        db.execute("UPDATE hallazgos_noticias SET folio = ? WHERE noticia_id = 6", [new])
    undo(db, new, ANA)
    assert partition(db)[ONE] == [1, 2, 6]


def test_each_undo_steps_back_one_change(db):
    states = [seen(db)]
    for act in (
        lambda: correct(db, ONE, "alcaldia", "tlalpan", ANA),
        lambda: correct(db, ONE, "alcaldia", "iztapalapa", LUIS),
        lambda: validate(db, ONE, ANA),
        lambda: merge(db, THREE, ONE, ANA),
    ):
        act()
        states.append(seen(db))
    for expected in reversed(states[:-1]):
        undo(db, ONE, LUIS)
        assert seen(db) == expected


def test_undo_is_refused_while_the_other_finding_went_on(db):
    merge(db, TWO, ONE, ANA)
    correct(db, ONE, "alcaldia", "tlalpan", ANA)
    with pytest.raises(ReviewError, match=f"{ONE}: cambió después"):
        undo(db, TWO, ANA)
    undo(db, ONE, ANA)
    undo(db, TWO, ANA)
    assert partition(db)[TWO] == [3, 4]


def test_undo_is_refused_once_something_else_changed_the_finding(db):
    correct(db, ONE, "vinculo", "confirmado", ANA)
    db.execute("UPDATE hallazgos SET version = version + 1 WHERE folio = ?", [ONE])
    with pytest.raises(ReviewError, match="llegaron noticias"):
        undo(db, ONE, ANA)


def test_that_two_are_two_is_taken_back_whatever_notes_came_since(db):
    """The decision wrote nothing of the findings; the change before it is not the last any more once notes changed one."""
    correct(db, TWO, "vinculo", "confirmado", ANA)
    keep_apart(db, ONE, TWO, ANA)
    note(db, "f", etiquetas("Renata Olmedo Prieto Salas"), medio=5)
    group_pending(db, pause=0)
    at = version(db, ONE), version(db, TWO)
    undo(db, ONE, ANA)
    assert rows(db, "SELECT count(*) FROM decisiones_union") == [(0,)]
    assert (version(db, ONE), version(db, TWO)) == (at[0] + 1, at[1] + 1)
    undo(db, TWO, ANA)
    assert rows(db, "SELECT count(*) FROM correcciones") == [(0,)]


def test_undo_brings_back_a_person_whom_nobody_named_meanwhile(db):
    merge(db, ONE, TWO, ANA)
    names = "SELECT nombre FROM personas ORDER BY nombre"
    before = rows(db, names)
    undo(db, ONE, ANA)
    assert rows(db, names) == before
    assert rows(db, "PRAGMA foreign_key_check") == []


def test_of_many_at_once_on_one_version_exactly_one_decides(db, tmp_path):
    at = version(db, ONE)
    ready, told = threading.Barrier(6), []

    def decide(number):
        with open_registry(tmp_path / "registro.db") as own:
            ready.wait()
            try:
                discard(own, ONE, replace(ANA, quien=f"persona{number}", version=at), motivo="no es labor")
                told.append("hecho")
            except Conflict as error:
                told.append(f"{error.version}")

    people = [threading.Thread(target=decide, args=(number,)) for number in range(6)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(told) == [str(at + 1)] * 5 + ["hecho"]
    assert rows(db, "SELECT count(*) FROM bitacora") == [(1,)]


def test_the_second_of_two_analysts_is_told_who_was_quicker(db, tmp_path):
    at = version(db, ONE)
    with open_registry(tmp_path / "registro.db") as other:
        validate(other, ONE, replace(LUIS, version=at))
    before = list(db.conn.iterdump())
    with pytest.raises(Conflict, match=r"luis cambió el estado .*10 may 2026, 06:00") as caught:
        discard(db, ONE, replace(ANA, version=at), motivo="no es labor")
    assert caught.value.version == at + 1
    assert list(db.conn.iterdump()) == before
    discard(db, ONE, replace(ANA, version=caught.value.version), motivo="no es labor")


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda db: correct(db, ONE, "fecha_hecho", "2026-05-01", LUIS), r"luis corrigió un campo \(fecha del hecho\) el"),
        (lambda db: (merge(db, TWO, ONE, ANA), undo(db, ONE, LUIS)), "luis deshizo un cambio el"),
        (lambda db: (validate(db, ONE, LUIS), comment(db, ONE, "Falta llamar.", ANA)), "luis cambió el estado el"),
    ],
)
def test_a_conflict_says_who_did_what(db, act, told):
    at = version(db, ONE)
    act(db)
    with pytest.raises(Conflict, match=told):
        validate(db, ONE, replace(ANA, version=at))


def test_notes_that_changed_a_finding_are_a_conflict_too(db):
    at = version(db, ONE)
    note(db, "f", etiquetas("Renata Olmedo Prieto Salas"), medio=5)
    group_pending(db, pause=0)
    with pytest.raises(Conflict, match="llegaron noticias"):
        validate(db, ONE, replace(ANA, version=at))
