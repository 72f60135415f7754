"""From tagged notes to findings: what joins, what does not, and what a finding's rows then say."""

import json
import random
from dataclasses import replace

import pytest
from factories import NOW, TAGGER, etiquetas, fuente, noticia, registry, rows, tagged

from crawlers.noticia import Precision
from nlp.etiquetas import Etiquetas, Lugar, Victima, VictimaSinNombre
from pipeline.incidents import group_notes, group_pending
from pipeline.registry.noticias import replace_noticia, save_etiquetas
from pipeline.review import Hand, correct, discard, validate

PUEBLA = Lugar("no", None, "puebla")
BEATEN = "Policías golpearon ayer a la fotógrafa {} cuando cubría el desalojo de vendedores en la plaza de San Juan."
REPRINT = (
    "Elementos de la policía capitalina golpearon el sábado a quien cubría el desalojo de vendedores en la plaza de San Juan, "
    "denunció su medio. El equipo quedó destruido y hay una queja ante la comisión de derechos humanos de la ciudad."
)


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path, *(fuente(f"medio{n}") for n in range(6))) as opened:
        yield opened


def note(db, name, tags, *, medio=0, dia="2026-05-10", **changes):
    base = {"texto": BEATEN.format(name), "publicada_en": dia, "fecha_precision": Precision.DIA}
    return tagged(db, noticia(name, f"medio{medio}", **{**base, **changes}), tags)


def partition(db):
    groups = {}
    for folio, noticia_id in rows(db, "SELECT folio, noticia_id FROM hallazgos_noticias ORDER BY noticia_id"):
        groups.setdefault(folio, []).append(noticia_id)
    return sorted(groups.values())


def test_a_note_that_is_no_finding_passes_through(db):
    note(db, "ordinaria", Etiquetas())
    assert group_pending(db, pause=0) == 0
    assert rows(db, "SELECT estado, relevante FROM noticias") == [("agrupada", 0)]
    assert partition(db) == []


def test_notes_of_one_victim_date_and_place_are_one_finding(db):
    note(db, "a", etiquetas("Renata Olmedo Prieto"))
    note(db, "b", etiquetas("Renata Olmedo"), medio=1, texto="Otra redacción del caso de la fotógrafa.")
    note(db, "c", etiquetas("Renata Olmédo", fecha_hecho="2026-05-08"), medio=2, texto="Una tercera versión, con error.")
    assert group_pending(db, pause=0) == 1
    assert partition(db) == [[1, 2, 3]]
    assert rows(db, "SELECT papel FROM hallazgos_noticias ORDER BY noticia_id") == [("primera",), ("replica",), ("replica",)]
    assert rows(db, "SELECT folio, fecha_registro, fecha_publicacion, fecha_hecho FROM hallazgos") == [
        ("H-2026-000001", "2026-05-10", "2026-05-10", "2026-05-09")
    ]


def test_reasons_carry_rule_names_and_points_but_no_name(db):
    note(db, "a", etiquetas("Renata Olmedo Prieto"))
    note(db, "b", etiquetas("Renata Olmedo"), medio=1)
    group_pending(db, pause=0)
    reasons = json.loads(rows(db, "SELECT razones FROM hallazgos_noticias WHERE noticia_id = 2")[0][0])
    assert reasons["con"] == [1]
    assert reasons["puntos"] == pytest.approx(sum(reasons["reglas"].values()), abs=0.1)
    assert "olmedo" not in json.dumps(reasons).lower()


def test_a_note_that_fits_two_findings_joins_the_better_and_names_the_other(db):
    note(db, "a", etiquetas("Renata Olmedo Prieto", nota="seguimiento", fecha_hecho="2026-01-15"), texto="Un caso viejo.")
    note(db, "b", etiquetas("Renata Olmedo Prieto"), medio=1, dia="2026-05-11", texto="Un ataque nuevo, de ayer.")
    group_pending(db, pause=0)
    late = etiquetas("Renata Olmedo", nota="seguimiento", fecha_hecho=None)
    note(db, "c", late, medio=2, dia="2026-05-12", texto="Exigen justicia por la fotógrafa.")
    assert group_pending(db, pause=0) == 0
    folio, reasons = rows(db, "SELECT folio, razones FROM hallazgos_noticias WHERE noticia_id = 3")[0]
    others = json.loads(reasons)["tambien"]
    assert set(others) == {"H-2026-000001", "H-2026-000002"} - {folio}
    assert json.loads(reasons)["puntos"] >= max(others.values())


@pytest.mark.parametrize(
    "other",
    [
        etiquetas("Tomás Arce"),
        etiquetas("Renata Olmedo", fecha_hecho="2025-12-01"),
        etiquetas("Renata Olmedo", lugar=PUEBLA),
        etiquetas("Renata Prieto Olmedo"),
    ],
    ids=["otra persona", "otra fecha", "otra entidad", "homónima"],
)
def test_other_victims_dates_and_places_are_other_findings(db, other):
    note(db, "a", etiquetas("Renata Olmedo Prieto"))
    note(db, "b", other, medio=1, texto="Un texto sin relación alguna con el anterior: cámara, plaza y queja.")
    assert group_pending(db, pause=0) == 2


def test_a_follow_up_months_later_joins_its_old_finding(db):
    note(db, "a", etiquetas("Renata Olmedo Prieto"))
    group_pending(db, pause=0)
    note(db, "b", etiquetas("Renata Olmedo", nota="seguimiento"), medio=1, dia="2026-11-20", texto="Sancionan a dos policías.")
    assert group_pending(db, pause=0) == 0
    assert rows(db, "SELECT papel FROM hallazgos_noticias WHERE noticia_id = 2") == [("seguimiento",)]


def test_copies_of_one_text_join_whatever_the_tagger_found_in_them(db):
    note(db, "a", etiquetas("Renata Olmedo"), texto=REPRINT)
    note(db, "b", etiquetas(modalidad=("danio_bienes",), fecha_hecho=None), medio=1, texto=f"Agencia.- {REPRINT}")
    assert group_pending(db, pause=0) == 1


def test_unnamed_victims_join_by_place_date_act_and_words(db):
    told = "Una reportera fue golpeada por granaderos en la plaza de San Juan durante el desalojo de vendedores ambulantes."
    again = "Granaderos golpean a reportera: ocurrió durante el desalojo de vendedores en San Juan, en plena plaza."
    other = "Un camarógrafo denunció empujones de agentes a la salida de una conferencia sobre movilidad y baches."
    note(db, "a", etiquetas(), texto=told)
    note(db, "b", etiquetas(), medio=1, texto=again)
    note(db, "c", etiquetas(), medio=2, texto=other)
    group_pending(db, pause=0)
    assert partition(db) == [[1, 2], [3]]


def test_arrival_order_and_number_of_passes_do_not_matter(db, tmp_path):
    told = [
        ("a", etiquetas("Renata Olmedo Prieto"), "2026-05-10"),
        ("b", etiquetas("Renata Olmedo"), "2026-05-11"),
        ("c", etiquetas("Tomás Arce Luna"), "2026-05-10"),
        ("d", etiquetas("T. Arce"), "2026-05-12"),
    ]
    for one in told:
        note(db, one[0], one[1], dia=one[2], medio=1, texto=f"Texto propio de {one[0]}")
    group_pending(db, pause=0)
    with registry(tmp_path / "otro", *(fuente(f"medio{n}") for n in range(6))) as other:
        for one in reversed(told):
            note(other, one[0], one[1], dia=one[2], medio=1, texto=f"Texto propio de {one[0]}")
        group_pending(other, pause=0)
        sql = "SELECT folio, url_canonica FROM hallazgos_noticias JOIN noticias ON id = noticia_id ORDER BY 2"
        assert rows(db, sql) == rows(other, sql)
    before = list(db.conn.iterdump())
    assert group_pending(db, pause=0) == 0
    assert list(db.conn.iterdump()) == before


def test_named_victims_become_people_found_again_in_other_findings(db):
    note(db, "a", etiquetas("Renata Olmedo Prieto"))
    note(db, "b", etiquetas("Renata Olmedo Prieto", fecha_hecho="2026-11-01"), dia="2026-11-02", medio=1, texto="Otro ataque.")
    assert group_pending(db, pause=0) == 2
    assert rows(db, "SELECT nombre, clave, tipo FROM personas") == [("Renata Olmedo Prieto", "renata olmedo prieto", "persona")]
    assert rows(db, "SELECT count(DISTINCT folio) FROM victimas WHERE persona_id = 1") == [(2,)]


def test_a_longer_name_replaces_the_shorter_one_of_the_same_finding(db):
    note(db, "a", etiquetas("Renata Olmedo"))
    note(db, "b", etiquetas("Renata Olmedo Prieto"), medio=1)
    group_pending(db, pause=0)
    assert rows(db, "SELECT nombre FROM personas") == [("Renata Olmedo Prieto",)]
    assert rows(db, "SELECT count(*) FROM victimas") == [(1,)]


def test_outlets_and_collectives_are_people_of_their_own_kind(db):
    outlet = Victima("Radio Tlayolli", "periodista", "colectivo")
    group = Victima("Colectiva Raíz", "defensora", "colectivo")
    note(db, "a", etiquetas(victimas=(outlet, group), victima=("periodista", "defensora")))
    group_pending(db, pause=0)
    assert rows(db, "SELECT nombre, tipo FROM personas ORDER BY 1") == [
        ("Colectiva Raíz", "grupo"),
        ("Radio Tlayolli", "medio"),
    ]


def test_unnamed_victims_are_counted_and_somebody_always_stands_for_the_case(db):
    two = (VictimaSinNombre("periodista", "mujer", 2),)
    note(db, "a", etiquetas(victimas_sin_nombre=two))
    note(db, "b", etiquetas(lugar=PUEBLA), medio=1, texto="Un caso de otro estado.")
    group_pending(db, pause=0)
    assert rows(db, "SELECT persona_id, cantidad, tipo, genero FROM victimas ORDER BY folio") == [
        (None, 2, "periodista", "mujer"),
        (None, None, "periodista", "indeterminado"),
    ]


@pytest.mark.parametrize(
    ("modalities", "victims", "acts"),
    [
        (("amenaza",), ("Ana Ruiz", "Luis Paz"), [("amenaza", 1), ("amenaza", 2)]),
        (("amenaza", "ataque_fisico"), ("Ana Ruiz",), [("amenaza", 1), ("ataque_fisico", 1)]),
        (
            ("amenaza", "ataque_fisico"),
            ("Ana Ruiz", "Luis Paz", "Eva Sol"),
            [("amenaza", None)] * 2 + [("ataque_fisico", None)],
        ),
        ((), ("Ana Ruiz",), []),
    ],
)
def test_acts_are_assigned_only_when_one_side_is_single(db, modalities, victims, acts):
    note(db, "a", etiquetas(*victims, modalidad=modalities, clase="agresion"))
    group_pending(db, pause=0)
    stored = rows(db, "SELECT modalidad, victima_id FROM actos ORDER BY 1, 2")
    assert sorted(stored, key=str) == sorted(acts, key=str)
    assert rows(db, "SELECT DISTINCT agresor FROM actos") == ([("fuerza_publica",)] if acts else [])


def test_an_act_without_any_victim_is_one_row_unassigned(db):
    note(db, "a", etiquetas(victima=(), modalidad=("censura",)))
    group_pending(db, pause=0)
    assert rows(db, "SELECT modalidad, victima_id FROM actos") == [("censura", None)]


def test_the_sentence_says_what_the_codes_say_and_names_nobody(db):
    note(db, "a", etiquetas("Ana Ruiz", clase="privacion_vida", modalidad=("asesinato",)), texto="Murió ayer.")
    note(db, "b", etiquetas("Ana Ruiz"), medio=1)
    group_pending(db, pause=0)
    clase, told = rows(db, "SELECT clase, resumen FROM hallazgos")[0]
    assert clase == "privacion_vida"
    assert told.startswith("Asesinato y ataque físico contra una persona periodista en Cuauhtémoc")
    assert "Ruiz" not in told


def test_an_old_case_seen_for_the_first_time_is_an_antecedent(db):
    note(db, "a", etiquetas("Ana Ruiz", fecha_hecho="2026-02-08"))
    note(db, "b", etiquetas("Luis Paz", fecha_hecho="2026-02-09"), medio=1, texto="Texto ajeno de otro caso.")
    note(db, "c", etiquetas("Eva Sol", nota="seguimiento"), medio=2, texto="Sentencian a un agresor en otro juzgado.")
    group_pending(db, pause=0)
    assert rows(db, "SELECT antecedente FROM hallazgos ORDER BY folio") == [(1,), (0,), (1,)]


def test_a_folio_is_never_given_twice_and_its_year_is_of_the_registration(db):
    note(db, "a", etiquetas("Ana Ruiz"), capturada_en="2027-01-01T05:59:00Z")
    note(db, "b", etiquetas("Luis Paz"), medio=1, texto="Ajeno.", capturada_en="2027-01-01T06:00:00Z")
    group_pending(db, pause=0)
    assert rows(db, "SELECT folio, fecha_registro FROM hallazgos ORDER BY folio") == [
        ("H-2026-000001", "2026-12-31"),
        ("H-2027-000001", "2027-01-01"),
    ]


def retag(db, noticia_id, tags, **changes):
    """A new version of a stored note, with new tags."""
    with db.atomic():
        replace_noticia(db, noticia_id, noticia("x", "medio0", capturada_en="2026-05-11T12:00:00Z", **changes))
    assert save_etiquetas(db, noticia_id, 2, tags, TAGGER)


def test_a_new_version_stays_with_its_finding_and_changes_its_codes(db):
    note(db, "a", etiquetas("Ana Ruiz"))
    group_pending(db, pause=0)
    retag(db, 1, etiquetas("Ana Ruiz", clase="privacion_vida", modalidad=("asesinato",), victimas_sin_nombre=()))
    assert group_pending(db, pause=0) == 0
    assert rows(db, "SELECT clase, fecha_registro, version FROM hallazgos") == [("privacion_vida", "2026-05-10", 3)]
    assert rows(db, "SELECT valor FROM hallazgos_modalidad") == [("asesinato",)]


def test_a_new_version_that_is_no_finding_any_more_leaves_the_finding_to_a_person(db):
    note(db, "a", etiquetas("Ana Ruiz"))
    group_pending(db, pause=0)
    retag(db, 1, Etiquetas())
    group_pending(db, pause=0)
    assert rows(db, "SELECT clase, estado FROM hallazgos") == [("agresion", "detectado")]
    assert rows(db, "SELECT estado FROM noticias") == [("agrupada",)]


@pytest.mark.parametrize("decision", ["validar", "descartar", "corregir"])
def test_a_finding_that_a_person_decided_on_only_gets_notes(db, decision):
    note(db, "a", etiquetas("Ana Ruiz"))
    group_pending(db, pause=0)
    folio = "H-2026-000001"
    if decision == "validar":
        validate(db, folio, Hand("ana", NOW))
    elif decision == "descartar":
        discard(db, folio, Hand("ana", NOW), motivo="no hay labor")
    else:
        correct(db, folio, "alcaldia", "tlalpan", Hand("ana", NOW))
    frozen = rows(db, "SELECT * FROM hallazgos") + rows(db, "SELECT * FROM victimas") + rows(db, "SELECT * FROM correcciones")
    note(db, "b", etiquetas("Ana Ruiz Vela", clase="privacion_vida", modalidad=("asesinato",)), medio=1, texto="Murió ayer.")
    assert group_pending(db, pause=0) == 0
    assert partition(db) == [[1, 2]]
    assert frozen == rows(db, "SELECT * FROM hallazgos") + rows(db, "SELECT * FROM victimas") + rows(
        db, "SELECT * FROM correcciones"
    )


def records():
    told = [("a", "Renata Olmedo Prieto"), ("b", "Renata Olmedo"), ("c", "Tomás Arce"), ("d", "Eva Sol"), ("e", "E. Sol")]
    return [
        {
            **etiquetas(name).guide_record(),
            "id": key,
            "titulo": "",
            "texto": f"Texto de {key}",
            "fecha_publicacion": f"2026-05-{10 + i}",
        }
        for i, (key, name) in enumerate(told)
    ] + [{**Etiquetas().guide_record(), "id": "z", "texto": "Nada", "fecha_publicacion": None}]


def test_a_file_is_grouped_without_a_registry_and_shuffling_changes_nothing():
    whole = dict(group_notes(records()))
    assert whole["a"] == whole["b"] != whole["c"]
    assert whole["d"] == whole["e"]
    assert whole["z"] is None
    for seed in range(5):
        mixed = records()
        random.Random(seed).shuffle(mixed)
        assert dict(group_notes(mixed)) == whole


def test_grouping_in_memory_and_in_the_registry_give_one_partition(db):
    told = [replace(etiquetas(name), fecha_hecho=f"2026-05-0{1 + i % 3}") for i, name in enumerate(["Ana Ruiz", "A. Ruiz", ""])]
    kept = []
    for i, raw in enumerate(told):
        tags = replace(raw, victimas=tuple(v for v in raw.victimas if v.nombre))
        kept.append({**tags.guide_record(), "id": str(i + 1), "titulo": f"Título {i}", "texto": f"Caso {i} en la plaza"})
        note(db, str(i), tags, medio=i, texto=f"Caso {i} en la plaza", titulo=f"Título {i}")
    group_pending(db, pause=0)
    in_memory = group_notes([{**one, "fecha_publicacion": "2026-05-10"} for one in kept])
    assert in_memory == [
        (str(i), folio) for folio, i in rows(db, "SELECT folio, noticia_id FROM hallazgos_noticias ORDER BY 2")
    ]
