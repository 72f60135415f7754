"""Victims and acts as a person writes them, and what follows from a correction."""

import json

import pytest
from factories import etiquetas, rows
from revisado import ANA, ONE, THREE, TWO, findings, note, partition, seen

from pipeline.incidents import group_pending
from pipeline.review import ReviewError, correct, edit_acts, edit_victims, merge, uncorrect, undo


@pytest.fixture
def db(tmp_path):
    with findings(tmp_path) as opened:
        yield opened


def victims(db, folio=ONE):
    sql = (
        "SELECT v.id, p.nombre, v.cantidad, v.tipo, v.genero, p.genero_origen, v.relacion, v.anonimato_solicitado, v.origen"
        " FROM victimas AS v LEFT JOIN personas AS p ON p.id = v.persona_id WHERE v.folio = ? ORDER BY v.id"
    )
    return rows(db, sql, folio)


def acts(db, folio=ONE):
    return rows(db, "SELECT modalidad, victima_id, agresor, confirmado, origen FROM actos WHERE folio = ? ORDER BY id", folio)


def shown(db, column, folio=ONE):
    return rows(db, f"SELECT {column} FROM v_hallazgos WHERE folio = ?", folio)[0][0]


def given(name, **more):
    return {"id": None, "nombre": name, "tipo": "periodista", **more}


def test_the_whole_list_of_victims_is_a_persons(db):
    first = victims(db)[0][0]
    kept = {"id": first, "nombre": "Renata Olmedo Prieto", "tipo": "periodista", "genero": "mujer", "genero_origen": "dicho"}
    others = [
        given("", cantidad="3", tipo="defensora", relacion="familiar"),
        given("Luis Paz Roa", anonimato_solicitado=True),
    ]
    ids = edit_victims(db, ONE, [kept, *others], ANA)
    assert ids[0] == first
    assert [row[1:] for row in victims(db)] == [
        ("Renata Olmedo Prieto", None, "periodista", "mujer", "dicho", "titular", 0, "persona"),
        (None, 3, "defensora", "indeterminado", None, "familiar", 0, "persona"),
        ("Luis Paz Roa", None, "periodista", "indeterminado", None, "titular", 1, "persona"),
    ]
    assert json.loads(shown(db, "tipo_victima")) == ["periodista", "defensora"]
    assert shown(db, "victimas") == 5
    assert acts(db) == [("ataque_fisico", one, "fuerza_publica", 0, "maquina") for one in ids]
    assert "Olmedo" not in str(rows(db, "SELECT * FROM bitacora"))


def test_a_name_that_is_not_shown_stays(db):
    first = victims(db)[0][0]
    edit_victims(db, ONE, [{"id": first, "tipo": "periodista", "anonimato_solicitado": "1"}], ANA)
    edit_victims(db, ONE, [{"id": first, "nombre": None, "tipo": "defensora", "anonimato_solicitado": 0}], ANA)
    assert victims(db)[0][1:4] == ("Renata Olmedo Prieto", None, "defensora")
    edit_victims(db, ONE, [{"id": first, "nombre": "", "cantidad": 2, "tipo": "defensora"}], ANA)
    assert victims(db)[0][1:4] == (None, 2, "defensora")
    assert rows(db, "SELECT count(*) FROM personas WHERE nombre LIKE 'Renata%'") == [(0,)]


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [given("Ana", tipo="vecina")],
        [given("Ana", genero="otro")],
        [given("Ana", genero_origen="supuesto")],
        [given("", cantidad="muchas")],
        [given("", cantidad=0)],
        [given("Ana", id=9999)],
        [given("Ana", relacion="amiga")],
        [given("Ana", anonimato_solicitado=2)],
        [given(["Ana"])],
        [given("Ana")] * 501,
        "dos veces",
    ],
)
def test_what_is_no_victim_changes_nothing(db, wrong):
    first = victims(db)[0][0]
    before = list(db.conn.iterdump())
    with pytest.raises(ReviewError):
        edit_victims(db, ONE, [given("Ana", id=first)] * 2 if wrong == "dos veces" else wrong, ANA)
    assert list(db.conn.iterdump()) == before


def test_an_edited_victim_finds_the_later_notes_that_name_it(db):
    edit_victims(db, ONE, [given("Irma Cordero Vidal")], ANA)
    assert rows(db, "SELECT DISTINCT folio FROM claves_union WHERE clave LIKE 'n:%' AND clave LIKE '%+%' AND folio = ?", ONE)
    before = rows(db, "SELECT clave FROM claves_union WHERE folio = ?", ONE)
    undo(db, ONE, ANA)
    assert rows(db, "SELECT clave FROM claves_union WHERE folio = ?", ONE) != before


def test_acts_follow_a_corrected_modality_until_a_person_writes_them(db):
    victim = victims(db)[0][0]
    correct(db, ONE, "modalidad", ["amenaza", "censura"], ANA)
    assert acts(db) == [(one, victim, "fuerza_publica", 0, "maquina") for one in ("amenaza", "censura")]
    correct(db, ONE, "agresor", ["particular"], ANA)
    assert {act[2] for act in acts(db)} == {"particular"}
    edit_acts(db, ONE, [{"modalidad": "censura", "victima_id": str(victim), "agresor": "particular", "confirmado": "1"}], ANA)
    correct(db, ONE, "modalidad", ["amenaza", "censura", "hostigamiento"], ANA)
    assert acts(db) == [("censura", victim, "particular", 1, "persona")]
    assert victims(db)[0][-1] == "persona"


@pytest.mark.parametrize(
    "act",
    [
        {"modalidad": "censura"},
        {"modalidad": "otra"},
        {"modalidad": "ataque_fisico", "victima_id": 9999},
        {"modalidad": "ataque_fisico", "agresor": "particular"},
        {"modalidad": "ataque_fisico", "agresor": "otro"},
        {"modalidad": "ataque_fisico", "confirmado": "quizá"},
    ],
)
def test_an_act_that_is_not_the_findings_is_refused(db, act):
    before = list(db.conn.iterdump())
    with pytest.raises(ReviewError):
        edit_acts(db, ONE, [act], ANA)
    assert list(db.conn.iterdump()) == before


@pytest.mark.parametrize("edit", ["victimas", "actos", "ambos"])
def test_undo_brings_victims_and_acts_back(db, edit):
    before = seen(db)
    steps = 0
    if edit in ("victimas", "ambos"):
        edit_victims(db, ONE, [given("Ana Ruiz Paz"), given("", cantidad=4)], ANA)
        steps += 1
    if edit in ("actos", "ambos"):
        edit_acts(db, ONE, [{"modalidad": "ataque_fisico", "victima_id": None, "confirmado": 1}], ANA)
        steps += 1
    for _ in range(steps):
        undo(db, ONE, ANA)
    assert seen(db) == before
    assert rows(db, "SELECT count(*) FROM personas WHERE nombre LIKE 'Ana%'") == [(0,)]
    assert rows(db, "PRAGMA foreign_key_check") == []


def test_undo_finds_new_numbers_where_others_took_the_old_ones(db):
    last = rows(db, "SELECT folio, max(id) FROM victimas")[0][0]
    names = sorted(row[1] for row in victims(db, last))
    edit_victims(db, last, [given("", cantidad=2)], ANA)
    note(db, "f", etiquetas("Otra Persona Ajena", fecha_hecho="2026-02-01"), medio=5, dia="2026-02-02")
    group_pending(db, pause=0)
    undo(db, last, ANA)
    assert sorted(row[1] for row in victims(db, last)) == names
    assert "Otra Persona Ajena" in {name for (name,) in rows(db, "SELECT nombre FROM personas")}
    assert rows(db, "PRAGMA foreign_key_check") == []


def test_a_person_erased_since_stays_erased(db):
    edit_victims(db, ONE, [given("", cantidad=1)], ANA)
    undo(db, ONE, ANA)
    edit_victims(db, ONE, [{"id": victims(db)[0][0], "tipo": "defensora"}], ANA)
    with db.atomic():
        db.execute("UPDATE personas SET nombre = '', clave = '', suprimida_en = '2026-05-11' WHERE nombre LIKE 'Renata%'")
    undo(db, ONE, ANA)
    assert victims(db)[0][1] == ""
    assert rows(db, "SELECT count(*) FROM personas WHERE nombre LIKE 'Renata%'") == [(0,)]


def test_what_a_person_wrote_of_victims_goes_along_in_a_merge(db):
    edit_victims(db, ONE, [given("Renata Olmedo Prieto", id=victims(db)[0][0], anonimato_solicitado=1)], ANA)
    merge(db, ONE, TWO, ANA)
    assert [(row[1], row[7], row[8]) for row in victims(db, TWO)] == [("Renata Olmedo Prieto", 1, "persona")]
    assert partition(db) == {TWO: [1, 2, 3, 4], THREE: [5]}


def test_correcting_the_modality_carries_what_the_guide_derives(db):
    correct(db, ONE, "modalidad", ["asesinato"], ANA)
    assert (shown(db, "agresion"), shown(db, "clase")) == ('["fisica"]', "privacion_vida")
    correct(db, ONE, "modalidad", ["estigmatizacion"], ANA)
    assert (shown(db, "agresion"), shown(db, "clase")) == ('["verbal"]', "riesgo")
    uncorrect(db, ONE, "modalidad", ANA)
    assert (shown(db, "agresion"), shown(db, "clase")) == ('["fisica"]', "agresion")
    assert rows(db, "SELECT count(*) FROM correcciones") == [(0,)]


def test_a_threat_by_digital_means_stays_digital(db):
    correct(db, TWO, "via", "red_social", ANA)
    correct(db, TWO, "modalidad", ["amenaza", "hostigamiento"], ANA)
    assert json.loads(shown(db, "agresion", TWO)) == ["verbal", "digital"]


def test_what_a_person_fixed_otherwise_does_not_follow(db):
    correct(db, ONE, "agresion", ["digital"], ANA)
    correct(db, ONE, "clase", "riesgo", ANA)
    correct(db, ONE, "modalidad", ["asesinato"], ANA)
    assert (shown(db, "agresion"), shown(db, "clase")) == ('["digital"]', "riesgo")


def test_the_sentence_says_what_the_codes_say(db):
    correct(db, ONE, "alcaldia", "tlalpan", ANA)
    correct(db, ONE, "modalidad", ["censura"], ANA)
    assert "Tlalpan" in shown(db, "resumen")
    assert shown(db, "resumen").startswith("Censura")
    correct(db, ONE, "resumen", "Lo que una persona escribió.", ANA)
    correct(db, ONE, "alcaldia", "iztapalapa", ANA)
    assert shown(db, "resumen") == "Lo que una persona escribió."


@pytest.mark.parametrize(("day", "why"), [("2027-01-01", "futuro"), ("2026-05-12", "futuro")])
def test_what_has_not_come_did_not_happen(db, day, why):
    with pytest.raises(ReviewError, match=why):
        correct(db, ONE, "fecha_hecho", day, ANA)


def test_what_the_press_told_had_happened_before(db):
    correct(db, ONE, "fecha_publicacion", "2026-05-08", ANA)
    with pytest.raises(ReviewError, match="posterior a la primera publicación"):
        correct(db, ONE, "fecha_hecho", "2026-05-10", ANA)
    correct(db, ONE, "fecha_hecho", "2026-05-08", ANA)
