"""Desk and care: comments, assignment, putting off, hand-over and its answers, danger taken note of."""

import pytest
from factories import rows
from revisado import ANA, LUIS, ONE, TWO, findings, version

from pipeline.registry.care import Attention
from pipeline.registry.findings import touched
from pipeline.review import (
    ReviewError,
    acknowledge,
    assign,
    attend,
    comment,
    hand_over,
    mark_seen,
    merge,
    postpone,
    undo_assign,
)


@pytest.fixture
def db(tmp_path):
    with findings(tmp_path) as opened:
        yield opened


def trail(db):
    return rows(db, "SELECT quien, accion, clave, campo, antes, despues FROM bitacora ORDER BY id")


def test_a_hand_over_and_its_answer(db):
    at = version(db, ONE)
    turn = hand_over(db, ONE, ANA, area=" Atención a víctimas ", a_quien="Marta", nota="Llamar a Renata Olmedo.")
    answer = attend(db, ONE, LUIS, Attention("canalizacion", a_quien="Mecanismo", nota="Se envió oficio.", responde_a=turn))
    assert rows(db, "SELECT tipo, area, a_quien, nota, responde_a, quien FROM atenciones ORDER BY id") == [
        ("turno", "Atención a víctimas", "Marta", "Llamar a Renata Olmedo.", None, "ana"),
        ("canalizacion", "", "Mecanismo", "Se envió oficio.", turn, "luis"),
    ]
    assert trail(db) == [
        ("ana", "turnar", ONE, "turno", None, str(turn)),
        ("luis", "atender", ONE, "canalizacion", None, str(answer)),
    ]
    assert version(db, ONE) == at


@pytest.mark.parametrize(
    "wrong",
    [
        lambda db: hand_over(db, ONE, ANA, area=" "),
        lambda db: hand_over(db, "H-1", ANA, area="Atención"),
        lambda db: hand_over(db, ONE, ANA, area="Atención", nota="x" * 4001),
        lambda db: attend(db, ONE, ANA, Attention("turno", nota="x")),
        lambda db: attend(db, ONE, ANA, Attention("medida", nota=" ")),
        lambda db: attend(db, ONE, ANA, Attention("medida", nota="x", responde_a=7)),
        lambda db: attend(db, TWO, ANA, Attention("medida", nota="x", responde_a=hand_over(db, ONE, ANA, area="Atención"))),
        lambda db: comment(db, ONE, "  ", ANA),
        lambda db: comment(db, ONE, "x" * 4001, ANA),
        lambda db: comment(db, "H-1", "x", ANA),
        lambda db: postpone(db, ONE, "mañana", ANA),
        lambda db: postpone(db, "H-1", "2026-05-12", ANA),
        lambda db: acknowledge(db, "H-1", ANA),
    ],
)
def test_what_cannot_be_is_said(db, wrong):
    with pytest.raises(ReviewError):
        wrong(db)
    assert rows(db, "SELECT count(*) FROM comentarios") == [(0,)]


def test_a_merged_finding_is_attended_under_the_other(db):
    merge(db, ONE, TWO, ANA)
    with pytest.raises(ReviewError, match=f"fusionado en {TWO}"):
        hand_over(db, ONE, ANA, area="Atención")


def test_one_takes_note_of_a_danger_and_no_second(db):
    with db.atomic():
        db.execute("INSERT INTO urgencias (folio, avisado_en, veces) VALUES (?, '2026-05-10T10:00:00Z', 2)", [ONE])
    acknowledge(db, ONE, ANA)
    acknowledge(db, ONE, LUIS)
    acknowledge(db, TWO, LUIS)
    sql = "SELECT folio, avisado_en, veces, acusado_por FROM urgencias ORDER BY folio"
    assert rows(db, sql) == [(ONE, "2026-05-10T10:00:00Z", 2, "ana"), (TWO, "2026-05-10T12:00:00Z", 0, "luis")]
    assert [line[:3] for line in trail(db)] == [("ana", "acusar", ONE), ("luis", "acusar", TWO)]


def test_assignment_and_putting_off_tell_from_what_to_what(db):
    assign(db, ONE, "luis", ANA)
    assign(db, ONE, "", ANA)
    postpone(db, ONE, "2026-05-12", ANA)
    assert rows(db, "SELECT asignado_a, pospuesto_hasta FROM cola") == [(None, "2026-05-12")]
    assert [line[1:] for line in trail(db)] == [
        ("asignar", ONE, "asignado_a", None, '"luis"'),
        ("asignar", ONE, "asignado_a", '"luis"', None),
        ("posponer", ONE, "pospuesto_hasta", None, '"2026-05-12"'),
    ]


def test_news_are_seen_once(db):
    with db.atomic():
        db.execute("INSERT INTO novedades (folio, noticia_id, cuando) VALUES (?, 2, '2026-05-10T10:00:00Z')", [ONE])
    mark_seen(db, ONE, ANA)
    mark_seen(db, ONE, LUIS)
    assert rows(db, "SELECT vista_por FROM novedades") == [("ana",)]
    assert [line[1:] for line in trail(db)] == [("ver_novedades", ONE, "noticias", None, "[2]")]


def test_assignments_are_taken_back_one_by_one_but_not_over_somebody_else(db):
    for person in ("luis", "eva"):
        assign(db, ONE, person, ANA)
    with pytest.raises(ReviewError, match="ahora está a cargo de eva"):
        undo_assign(db, ONE, "luis", LUIS)
    assert (undo_assign(db, ONE, "eva", LUIS), undo_assign(db, ONE, "luis", LUIS)) == ("luis", None)
    with pytest.raises(ReviewError, match="no queda asignación"):
        undo_assign(db, ONE, "", LUIS)
    assert [line[1:] for line in trail(db)][-1] == ("deshacer_asignacion", ONE, "asignado_a", '"luis"', None)
    assert not touched(db, ONE)
