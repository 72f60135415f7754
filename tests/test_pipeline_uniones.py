"""Grouping obeys people: together and apart, pairs put before the analyst, news on findings already decided."""

import json

import pytest
from factories import NOW, etiquetas, fuente, noticia, registry, rows, tagged

from crawlers.noticia import Precision
from nlp.etiquetas import Lugar
from pipeline.incidents import group_pending
from pipeline.registry import audit
from pipeline.registry.noticias import replace_noticia, save_etiquetas
from pipeline.review import Hand, correct, discard, edit_victims, merge, split, validate

FIRST, SECOND = "H-2026-000001", "H-2026-000002"
AJENO = "Un texto propio del caso {}: cámara rota, queja formal y ninguna respuesta."


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path, *(fuente(f"medio{n}") for n in range(6))) as opened:
        yield opened


def note(db, name, tags, *, medio=0, dia="2026-05-10", **changes):
    base = {"texto": AJENO.format(name), "publicada_en": dia, "fecha_precision": Precision.DIA}
    return tagged(db, noticia(name, f"medio{medio}", **{**base, **changes}), tags)


def group(db):
    return group_pending(db, lambda: NOW, pause=0)


def decide(db, a, b, decision):
    with db.atomic():
        db.execute("INSERT INTO decisiones_union VALUES (?, ?, ?, 'ana', '2026-05-10T12:00:00Z')", [a, b, decision])


def folio_of(db, noticia_id):
    return rows(db, "SELECT folio FROM hallazgos_noticias WHERE noticia_id = ?", noticia_id)[0][0]


def merged(db, folio, into):
    with db.atomic():
        db.execute("UPDATE hallazgos SET estado = 'fusionado', fusionado_en = ? WHERE folio = ?", [into, folio])
        db.execute("UPDATE hallazgos_noticias SET folio = ? WHERE folio = ?", [into, folio])


def pairs(db):
    return rows(db, "SELECT folio, otro_folio, noticia, otra_noticia FROM v_posibles_duplicados")


def test_what_a_person_put_apart_never_joins_whatever_the_score(db):
    note(db, "a", etiquetas("Renata Olmedo Prieto"))
    group(db)
    note(db, "b", etiquetas("Renata Olmedo Prieto"), medio=1)
    decide(db, 1, 2, "aparte")
    assert group(db) == 1
    assert pairs(db) == []


def test_what_a_person_put_together_joins_whatever_the_score(db):
    note(db, "a", etiquetas("Renata Olmedo Prieto"))
    group(db)
    note(db, "b", etiquetas("Tomás Arce", lugar=Lugar("no", None, "puebla"), fecha_hecho="2025-01-02"), dia="2026-11-10")
    decide(db, 1, 2, "juntas")
    assert group(db) == 0
    reasons = json.loads(rows(db, "SELECT razones FROM hallazgos_noticias WHERE noticia_id = 2")[0][0])
    assert reasons["dicho"] == "juntas"
    assert reasons["con"] == [1]


def test_of_one_finding_apart_outweighs_together(db):
    note(db, "a", etiquetas("Renata Olmedo Prieto"))
    note(db, "b", etiquetas("Renata Olmedo Prieto"), medio=1)
    group(db)
    note(db, "c", etiquetas("Renata Olmedo Prieto"), medio=2)
    decide(db, 1, 3, "juntas")
    decide(db, 2, 3, "aparte")
    assert group(db) == 1


def two_of_one_person(db):
    """Two findings of one person, and a late note that fits both."""
    note(db, "a", etiquetas("Renata Olmedo Prieto", nota="seguimiento", fecha_hecho="2026-01-15"), texto="Un caso viejo.")
    note(db, "b", etiquetas("Renata Olmedo Prieto"), medio=1, dia="2026-05-11", texto="Un ataque nuevo, de ayer.")
    assert group(db) == 2
    late = etiquetas("Renata Olmedo", nota="seguimiento", fecha_hecho=None)
    note(db, "c", late, medio=2, dia="2026-05-12", texto="Exigen justicia por la fotógrafa.")
    assert group(db) == 0


def test_the_other_finding_that_a_note_fits_is_put_before_the_analyst(db):
    two_of_one_person(db)
    [(folio, other, one, another)] = pairs(db)
    assert (folio, other) == (FIRST, SECOND)
    assert {folio_of(db, one), folio_of(db, another)} == {FIRST, SECOND}
    assert 3 in (one, another)


def test_a_pair_goes_once_it_is_decided_or_in_one_finding_or_both_are_discarded(db):
    two_of_one_person(db)
    with db.atomic():
        decide(db, 1, 2, "aparte")
    assert pairs(db) == []
    with db.atomic():
        db.execute("DELETE FROM decisiones_union")
    assert len(pairs(db)) == 1
    discard(db, FIRST, Hand("ana", NOW), motivo="no hay labor")
    assert len(pairs(db)) == 1
    discard(db, SECOND, Hand("ana", NOW), motivo="no hay labor")
    assert pairs(db) == []
    validate(db, FIRST, Hand("ana", NOW))
    merged(db, SECOND, FIRST)
    assert pairs(db) == []


def test_a_near_miss_is_a_finding_of_its_own_and_put_before_the_analyst(db):
    alike = "Una reportera fue golpeada por granaderos en la plaza de San Juan durante el desalojo de vendedores."
    note(db, "a", etiquetas(), texto=alike)
    vague = etiquetas(fecha_hecho=None, agresor=(), modalidad=("amenaza", "ataque_fisico"), lugar=Lugar("si", None, "cdmx"))
    note(db, "b", vague, medio=1, texto="Golpean granaderos a una reportera en el desalojo de la plaza, denuncian.")
    note(db, "c", etiquetas("Tomás Arce", lugar=Lugar("no", None, "puebla")), medio=2)
    assert group(db) == 3
    assert [pair[:2] for pair in pairs(db)] == [(FIRST, SECOND)]
    assert 40 <= rows(db, "SELECT puntos FROM v_posibles_duplicados")[0][0] < 60


def test_a_note_on_a_merged_finding_joins_the_one_it_was_merged_into(db):
    note(db, "a", etiquetas("Renata Olmedo Prieto"))
    note(db, "b", etiquetas("Tomás Arce Luna"), medio=1)
    group(db)
    merged(db, FIRST, SECOND)
    note(db, "c", etiquetas("Renata Olmedo"), medio=2, dia="2026-05-12")
    assert group(db) == 0
    assert folio_of(db, 3) == SECOND


def told(db):
    return [(folio, n, json.loads(campos)) for folio, n, campos in rows(db, "SELECT folio, noticia_id, campos FROM novedades")]


def test_a_note_that_joins_a_validated_finding_tells_what_it_would_change(db):
    unnamed = "Una fotógrafa fue golpeada por policías durante el desalojo de vendedores en la plaza de San Juan, en el Centro."
    note(db, "a", etiquetas(), texto=unnamed)
    group(db)
    validate(db, FIRST, Hand("ana", NOW))
    more = {"clase": "privacion_vida", "modalidad": ("asesinato", "ataque_fisico"), "fecha_hecho": "2026-05-10"}
    note(db, "b", etiquetas("Ana Ruiz", **more), medio=1, texto=f"{unnamed} Murió ayer.")
    assert group(db) == 0
    assert told(db) == [
        (
            FIRST,
            2,
            [
                {"campo": "clase", "hay": "agresion", "dice": "privacion_vida"},
                {"campo": "modalidad", "hay": ["ataque_fisico"], "dice": ["asesinato"]},
                {"campo": "fecha_hecho", "hay": "2026-05-09", "dice": "2026-05-10"},
                {"campo": "victimas", "hay": 0, "dice": 1},
            ],
        )
    ]
    assert rows(db, "SELECT clase FROM hallazgos") == [("agresion",)]


def test_news_are_measured_against_what_a_person_corrected(db):
    note(db, "a", etiquetas("Ana Ruiz"))
    group(db)
    correct(db, FIRST, "modalidad", ["ataque_fisico", "amenaza"], Hand("ana", NOW))
    note(db, "b", etiquetas("Ana Ruiz", modalidad=("amenaza",)), medio=1)
    group(db)
    assert told(db) == [(FIRST, 2, [])]


def test_a_reprint_of_a_discarded_finding_joins_it_and_says_only_what_is_new(db):
    note(db, "a", etiquetas("Ana Ruiz"))
    group(db)
    discard(db, FIRST, Hand("ana", NOW), motivo="no hay labor")
    note(db, "b", etiquetas("Ana Ruiz"), medio=1, texto=AJENO.format("a"))
    note(db, "c", etiquetas("Ana Ruiz", agresor=("crimen_organizado",), urgente=True), medio=2)
    assert group(db) == 0
    assert rows(db, "SELECT estado FROM hallazgos") == [("descartado",)]
    assert told(db) == [
        (FIRST, 2, []),
        (
            FIRST,
            3,
            [
                {"campo": "agresor", "hay": ["fuerza_publica"], "dice": ["crimen_organizado"]},
                {"campo": "urgente", "hay": 0, "dice": 1},
            ],
        ),
    ]


def test_a_follow_up_with_the_day_of_its_own_stage_contradicts_no_date(db):
    note(db, "a", etiquetas("Ana Ruiz Vela"))
    group(db)
    validate(db, FIRST, Hand("ana", NOW))
    note(db, "b", etiquetas("Ana Ruiz Vela", nota="seguimiento", fecha_hecho="2026-08-01"), medio=1, dia="2026-08-02")
    assert group(db) == 0
    assert told(db) == [(FIRST, 2, [])]


def edit(db, noticia_id, tags, captured):
    with db.atomic():
        replace_noticia(db, noticia_id, noticia("x", "medio0", capturada_en=captured))
    assert save_etiquetas(db, noticia_id, 2, tags, "prueba-1")


@pytest.mark.parametrize(("captured", "news"), [("2026-05-11T12:00:00Z", 1), ("2026-05-10T11:00:00Z", 0)])
def test_an_edited_note_of_a_decided_finding_is_news_if_it_came_later_and_a_retagging_is_not(db, captured, news):
    note(db, "a", etiquetas("Ana Ruiz"))
    group(db)
    validate(db, FIRST, Hand("ana", NOW))
    edit(db, 1, etiquetas("Ana Ruiz", clase="privacion_vida"), captured)
    group(db)
    assert len(told(db)) == news
    assert rows(db, "SELECT clase FROM hallazgos") == [("agresion",)]


def test_notes_of_findings_that_nobody_decided_on_are_no_news(db):
    note(db, "a", etiquetas("Ana Ruiz"))
    note(db, "b", etiquetas("Ana Ruiz", clase="privacion_vida"), medio=1)
    group(db)
    assert told(db) == []


@pytest.mark.parametrize(("action", "clase"), [("comentar", "privacion_vida"), ("fusionar", "agresion")])
def test_a_comment_leaves_the_codes_to_the_machine_and_a_decision_does_not(db, action, clase):
    note(db, "a", etiquetas("Ana Ruiz"))
    group(db)
    with db.atomic():
        audit.record(db, audit.Change(action, "hallazgos", FIRST), quien="ana", now=NOW)
    note(db, "b", etiquetas("Ana Ruiz", clase="privacion_vida", modalidad=("asesinato",)), medio=1)
    group(db)
    assert rows(db, "SELECT clase FROM hallazgos") == [(clase,)]


def retag(db, *names):
    """The notes tagged anew, as another tagger would: with another act."""
    for noticia_id, name in enumerate(names, 1):
        assert save_etiquetas(db, noticia_id, 1, etiquetas(name, modalidad=("amenaza",)), "prueba-2")


def test_what_was_split_stays_apart_through_a_retagging_and_a_reprint_and_is_not_proposed(db):
    note(db, "a", etiquetas("Ana Ruiz"))
    note(db, "b", etiquetas("Ana Ruiz"), medio=1)
    group(db)
    other = split(db, FIRST, [2], Hand("ana", NOW))
    retag(db, "Ana Ruiz", "Ana Ruiz")
    note(db, "c", etiquetas("Ana Ruiz", modalidad=("amenaza",)), medio=2)
    assert group(db) == 0
    assert (folio_of(db, 1), folio_of(db, 2)) == (FIRST, other)
    assert folio_of(db, 3) in (FIRST, other)
    assert pairs(db) == []


def test_what_was_merged_stays_merged_through_a_retagging_that_changes_no_reviewed_value(db):
    note(db, "a", etiquetas("Ana Ruiz"))
    note(db, "b", etiquetas("Tomás Arce"), medio=1)
    group(db)
    merge(db, SECOND, FIRST, Hand("ana", NOW))
    validate(db, FIRST, Hand("ana", NOW))
    seen = rows(db, "SELECT * FROM v_hallazgos WHERE folio = ?", FIRST)
    retag(db, "Ana Ruiz", "Tomás Arce")
    note(db, "c", etiquetas("Tomás Arce"), medio=2, texto="Otra redacción del caso.")
    assert group(db) == 0
    assert {folio_of(db, n) for n in (1, 2, 3)} == {FIRST}
    columns = [column[0] for column in db.execute("SELECT * FROM v_hallazgos").description]
    after = rows(db, "SELECT * FROM v_hallazgos WHERE folio = ?", FIRST)
    changed = {name for name, a, b in zip(columns, seen[0], after[0], strict=True) if a != b}
    assert changed == {"noticias"}


def test_a_victim_that_a_person_named_finds_the_follow_up_of_notes_that_named_nobody(db):
    note(db, "a", etiquetas())
    group(db)
    named = {"id": None, "nombre": "Ana Ruiz Vela", "cantidad": None, "tipo": "periodista", "genero": "mujer"}
    rest = {"genero_origen": "dicho", "medio_u_organizacion": "", "relacion": "titular", "anonimato_solicitado": 0}
    edit_victims(db, FIRST, [named | rest], Hand("ana", NOW))
    late = etiquetas("Ana Ruiz Vela", nota="seguimiento", fecha_hecho=None)
    note(db, "b", late, medio=1, dia="2026-11-20", texto="Sancionan a dos policías por los golpes.")
    assert group(db) == 0
    assert folio_of(db, 2) == FIRST
