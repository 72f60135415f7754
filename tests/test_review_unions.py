"""Merge, split, move, keep apart: what a person says belongs together."""

import json
from dataclasses import replace

import pytest
from factories import rows
from revisado import ANA, ONE, THREE, TWO, findings, partition, version

from pipeline.review import (
    ReviewError,
    correct,
    discard,
    edit_acts,
    edit_victims,
    keep_apart,
    merge,
    move_note,
    split,
    undo,
    validate,
)

CODING = "json_array(clase, modalidad, agresion, agresor, tipo_victima, alcaldia, fecha_hecho, victimas, resumen)"


@pytest.fixture
def db(tmp_path):
    with findings(tmp_path) as opened:
        yield opened


def pairs(db):
    return {(a, b): decision for a, b, decision in rows(db, "SELECT noticia_a, noticia_b, decision FROM decisiones_union")}


def shown(db, folio, column):
    return rows(db, f"SELECT {column} FROM v_hallazgos WHERE folio = ?", folio)[0][0]


def test_merging_moves_the_notes_and_keeps_the_earlier_day(db):
    merge(db, THREE, ONE, ANA)
    assert partition(db) == {ONE: [1, 2, 5], TWO: [3, 4]}
    assert rows(db, "SELECT estado, fusionado_en FROM hallazgos WHERE folio = ?", THREE) == [("fusionado", ONE)]
    assert shown(db, ONE, "fecha_registro") == "2026-05-09"
    assert pairs(db) == {(1, 5): "juntas", (2, 5): "juntas"}
    assert rows(db, "SELECT papel FROM hallazgos_noticias WHERE noticia_id IN (1, 5) ORDER BY 1") == [
        ("primera",),
        ("replica",),
    ]
    assert rows(db, "SELECT count(*) FROM claves_union WHERE folio = ?", THREE) == [(0,)]


def test_merging_codes_anew_what_nobody_judged_and_leaves_what_somebody_did(db):
    merge(db, TWO, ONE, ANA)
    assert shown(db, ONE, "modalidad") == '["amenaza","ataque_fisico"]'
    assert shown(db, ONE, "fuentes_independientes") == 4
    sql = "SELECT victimas_nombres FROM v_hallazgos_nombres WHERE folio = ?"
    assert set(json.loads(rows(db, sql, ONE)[0][0])) == {"Renata Olmedo Prieto", "Tomás Arce Luna"}
    before = shown(db, THREE, "modalidad || victimas")
    validate(db, THREE, ANA)
    merge(db, ONE, THREE, ANA)
    assert shown(db, THREE, "modalidad || victimas") == before
    assert shown(db, THREE, "fuentes_independientes") == 5


def test_what_a_person_said_of_the_merged_finding_holds_on(db):
    correct(db, ONE, "alcaldia", "tlalpan", ANA)
    correct(db, ONE, "via", "mensaje", ANA)
    correct(db, TWO, "via", "llamada", ANA)
    merge(db, ONE, TWO, ANA)
    assert (shown(db, TWO, "alcaldia"), shown(db, TWO, "via"), shown(db, TWO, "modalidad")) == (
        "tlalpan",
        "llamada",
        '["amenaza","ataque_fisico"]',
    )


def test_a_validated_finding_gives_its_coding_to_the_one_it_joins(db):
    correct(db, ONE, "alcaldia", "tlalpan", ANA)
    edit_acts(db, ONE, [{"modalidad": "ataque_fisico", "victima_id": 1, "confirmado": 1}], ANA)
    validate(db, ONE, ANA)
    before = shown(db, ONE, CODING)
    merge(db, ONE, TWO, ANA)
    assert (shown(db, TWO, CODING), shown(db, TWO, "estado")) == (before, "validado")
    assert rows(
        db,
        "SELECT a.confirmado, p.nombre FROM actos AS a JOIN victimas AS v ON v.id = victima_id JOIN personas AS p"
        " ON p.id = v.persona_id WHERE a.folio = ?",
        TWO,
    ) == [(1, "Renata Olmedo Prieto")]
    assert shown(db, TWO, "fuentes_independientes") == 4


def test_a_validated_finding_keeps_its_coding_whatever_joins_it(db):
    correct(db, ONE, "alcaldia", "tlalpan", ANA)
    edit_victims(db, ONE, [{"id": None, "nombre": "Ana Ruiz Paz", "tipo": "defensora"}], ANA)
    validate(db, TWO, ANA)
    before = shown(db, TWO, CODING)
    merge(db, ONE, TWO, ANA)
    assert shown(db, TWO, CODING) == before


def test_a_validated_finding_does_not_vanish_into_a_discarded_one(db):
    validate(db, ONE, ANA)
    discard(db, TWO, ANA, motivo="no es labor")
    with pytest.raises(ReviewError, match="reábralo"):
        merge(db, ONE, TWO, ANA)
    assert partition(db)[ONE] == [1, 2]


@pytest.mark.parametrize("into", [ONE, "H-2026-009999", TWO])
def test_what_cannot_be_merged_is_said(db, into):
    merge(db, TWO, THREE, ANA)
    before = list(db.conn.iterdump())
    with pytest.raises(ReviewError):
        merge(db, ONE, into, ANA)
    assert list(db.conn.iterdump()) == before


def test_splitting_makes_a_finding_with_a_day_of_its_own(db):
    merge(db, THREE, ONE, ANA)
    new = split(db, ONE, [2, 5], ANA)
    assert new == "H-2026-000004"
    assert partition(db) == {ONE: [1], TWO: [3, 4], new: [2, 5]}
    assert (shown(db, new, "estado"), shown(db, new, "fecha_registro")) == ("detectado", "2026-05-09")
    assert pairs(db) == {(1, 2): "aparte", (1, 5): "aparte", (2, 5): "juntas"}
    assert rows(db, "SELECT noticia_id FROM hallazgos_noticias WHERE papel = 'primera' ORDER BY 1") == [(1,), (2,), (3,)]
    assert shown(db, ONE, "fuentes_independientes") == 1


@pytest.mark.parametrize("chosen", [[], [1, 2], [3], [1, 99]])
def test_only_some_of_the_own_notes_are_split_off(db, chosen):
    before = list(db.conn.iterdump())
    with pytest.raises(ReviewError):
        split(db, ONE, chosen, ANA)
    assert list(db.conn.iterdump()) == before


def test_of_a_judged_finding_only_what_left_with_the_notes_changes_and_the_trail_says_so(db):
    """An act and a victim are told only by the notes that leave; what the others say by a newer tagger stays out."""
    merge(db, TWO, ONE, ANA)
    validate(db, ONE, ANA)
    seen = shown(db, ONE, "json_array(clase, agresor, alcaldia, fecha_hecho, vinculo, urgente)")
    both = "json_set(etiquetas, '$.agresor', json_array('fuerza_publica', 'particular'))"
    with db.atomic():
        db.execute(f"UPDATE noticias SET etiquetas = {both} WHERE id IN (1, 2)")
    split(db, ONE, [3, 4], ANA)
    assert json.loads(shown(db, ONE, "modalidad")) == ["ataque_fisico"]
    assert [name for (name,) in rows(db, NAMED, ONE)] == ["Renata Olmedo Prieto"]
    assert shown(db, ONE, "json_array(clase, agresor, alcaldia, fecha_hecho, vinculo, urgente)") == seen
    told = rows(db, "SELECT campo, antes, despues FROM bitacora WHERE accion = 'recodificar' AND clave = ?", ONE)
    assert ("modalidad", '["amenaza", "ataque_fisico"]', '["ataque_fisico"]') in told
    undo(db, ONE, ANA)
    assert json.loads(shown(db, ONE, "modalidad")) == ["amenaza", "ataque_fisico"]


NAMED = "SELECT p.nombre FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id WHERE v.folio = ? ORDER BY v.id"


def test_nothing_changes_of_a_judged_finding_whose_other_notes_say_all_that_left(db):
    validate(db, ONE, ANA)
    before = shown(db, ONE, CODING)
    split(db, ONE, [2], ANA)
    assert shown(db, ONE, CODING) == before
    assert rows(db, "SELECT * FROM bitacora WHERE accion = 'recodificar'") == []


def test_a_moved_note_is_apart_from_those_it_leaves(db):
    move_note(db, 2, TWO, ANA)
    assert partition(db) == {ONE: [1], TWO: [2, 3, 4], THREE: [5]}
    assert pairs(db) == {(1, 2): "aparte", (2, 3): "juntas", (2, 4): "juntas"}
    with pytest.raises(ReviewError, match="fusione"):
        move_note(db, 1, TWO, ANA)


def test_news_go_where_their_note_goes_and_come_back(db):
    with db.atomic():
        db.execute("INSERT INTO novedades (folio, noticia_id, cuando) VALUES (?, 2, '2026-05-10T10:00:00Z')", [ONE])
    folio = "SELECT folio FROM novedades"
    merge(db, ONE, TWO, ANA)
    assert rows(db, folio) == [(TWO,)]
    undo(db, ONE, ANA)
    assert rows(db, folio) == [(ONE,)]
    new = split(db, ONE, [2], ANA)
    assert rows(db, folio) == [(new,)]
    undo(db, ONE, ANA)
    assert rows(db, folio) == [(ONE,)]


def test_findings_kept_apart_say_so_pair_by_pair(db):
    keep_apart(db, ONE, THREE, replace(ANA, version=version(db, ONE)))
    assert pairs(db) == {(1, 5): "aparte", (2, 5): "aparte"}


def test_the_trail_of_both_findings_says_it_without_a_name(db):
    merge(db, TWO, ONE, ANA)
    split(db, ONE, [3], ANA)
    told = rows(db, "SELECT accion, clave, antes, despues FROM bitacora ORDER BY id")
    assert {accion for accion, *_ in told} == {"fusionar", "recodificar", "separar"}
    assert {clave for _, clave, *_ in told} == {ONE, TWO, "H-2026-000004"}
    assert "olmedo" not in str(told).lower()
