"""Notes that the tagger refused and that tell a known case: the victim's name up front, the days between, the words."""

import json

import pytest
from factories import NOW, etiquetas, fuente, noticia, registry, rows, tagged

from crawlers.noticia import Precision
from nlp.etiquetas import Etiquetas, Victima
from pipeline.grouping.mentions import names_victim
from pipeline.grouping.names import PersonName
from pipeline.grouping.words import CORPUS, FILE, corpus, count, likeness, rarity, stems, weight
from pipeline.incidents import group_notes, group_pending
from pipeline.review import Hand, validate

FOLIO = "H-2026-000001"
KILLED = (
    "El locutor Librado Santes Ocampo fue atacado a tiros el domingo al salir de la cabina de Radio Manantial, en Iguala. "
    "Vecinos de la colonia Floresta contaron seis disparos. El locutor había leído al aire quejas contra la tala."
)
CLOSE = (
    "Colegas de Librado Santes guardaron un minuto de silencio frente a la cabina de Radio Manantial. En la colonia Floresta, "
    "donde cayeron los disparos, hubo flores. El locutor leía quejas contra la tala y no llevaba escolta en Iguala."
)
PRIZE = "El torneo de futbol infantil lo ganaron los Halcones en penales, ante doscientas personas y con la banda del pueblo."


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path, *(fuente(f"medio{n}") for n in range(6))) as opened:
        yield opened


def note(db, key, tags, texto, **changes):
    given = {"texto": texto, "titulo": "", "publicada_en": "2026-05-10", "fecha_precision": Precision.DIA, **changes}
    return tagged(db, noticia(key, "medio1", **given), tags)


def group(db):
    return group_pending(db, lambda: NOW, pause=0)


def told(db):
    sql = "SELECT noticia_id, papel FROM hallazgos_noticias WHERE folio = ? ORDER BY noticia_id"
    return rows(db, sql, FOLIO)


@pytest.mark.parametrize(
    ("titulo", "texto", "dia", "joined"),
    [
        ("Conmociona a Iguala la muerte de Librado Santes", CLOSE, "2026-05-11", [(1, "primera"), (2, "replica")]),
        ("Despiden a su voz", CLOSE, "2026-05-11", [(1, "primera"), (2, "replica")]),
        ("Vinculan a proceso a dos por Librado Santes", CLOSE, "2026-08-11", [(1, "primera"), (2, "seguimiento")]),
        ("Ganan los Halcones el torneo Librado Santes", PRIZE, "2026-10-11", [(1, "primera")]),
        ("Halcones, campeones", PRIZE * 5 + " Lee también: Matan a Librado Santes.", "2026-05-11", [(1, "primera")]),
        ("Conmociona a Iguala la muerte de Librado Prado", CLOSE.replace("Santes", "Prado"), "2026-05-11", [(1, "primera")]),
    ],
    ids=["título", "primeras líneas", "etapa posterior", "torneo con su nombre", "de paso", "otra persona"],
)
def test_a_refused_note_joins_only_when_it_tells_the_case(db, titulo, texto, dia, joined):
    note(db, "a", etiquetas("Librado Santes Ocampo", clase="privacion_vida", modalidad=("asesinato",)), KILLED)
    group(db)
    note(db, "b", Etiquetas(), texto, titulo=titulo, publicada_en=dia)
    assert group(db) == 0
    assert told(db) == joined
    assert rows(db, "SELECT DISTINCT estado FROM noticias") == [("agrupada",)]


def test_it_joins_the_finding_of_the_same_run_says_why_and_changes_no_code(db):
    note(db, "b", Etiquetas(), CLOSE, titulo="Librado Santes, la voz de la tala", publicada_en="2026-05-09")
    note(db, "a", etiquetas("Librado Santes Ocampo"), KILLED)
    assert group(db) == 1
    assert told(db) == [(1, "replica"), (2, "primera")]
    reasons = json.loads(rows(db, "SELECT razones FROM hallazgos_noticias WHERE noticia_id = 1")[0][0])
    assert "mencion_en_titulo" in reasons["reglas"]
    assert rows(db, "SELECT fuentes_independientes, fecha_publicacion FROM hallazgos") == [(1, "2026-05-10")]


def test_it_tells_a_decided_finding_that_it_came_and_obeys_what_was_put_apart(db):
    note(db, "a", etiquetas("Librado Santes Ocampo"), KILLED)
    group(db)
    validate(db, FOLIO, Hand("ana", NOW))
    note(db, "b", Etiquetas(), CLOSE, titulo="Librado Santes, la voz de la tala")
    group(db)
    assert rows(db, "SELECT noticia_id, campos FROM novedades") == [(2, "[]")]
    note(db, "c", Etiquetas(), CLOSE, titulo="Librado Santes, otra vez")
    with db.atomic():
        db.execute("INSERT INTO decisiones_union VALUES (1, 3, 'aparte', 'ana', '2026-05-10T12:00:00Z')")
    group(db)
    assert [one for one, _ in told(db)] == [1, 2]


def test_an_outlet_counts_by_the_name_in_the_title(db):
    outlet = Victima("Radio Tlayolli", "periodista", "colectivo")
    note(db, "a", etiquetas(victimas=(outlet,)), "Se llevaron la consola y los micrófonos de Radio Tlayolli en Cuetzalan.")
    note(db, "b", Etiquetas(), "Sin consola ni micrófonos, en Cuetzalan siguen al aire.", titulo="Tlayolli transmite del atrio")
    group(db)
    assert [one for one, _ in told(db)] == [1, 2]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Sepultan a Apolinar Ruelas", True),
        ("Ayer Apolinar Ruelas Gastélum salió", True),
        ("La calle Ruelas", False),
        ("apolinar ruelas", False),
    ],
)
def test_a_person_is_named_by_two_words_with_capitals(text, named):
    assert names_victim(text, [PersonName("Apolinar Ruelas Gastélum")]) == named


def test_a_file_with_trusted_tags_leaves_refused_notes_out():
    base = {"titulo": "Librado Santes, la voz", "fecha_publicacion": "2026-05-10"}
    kept = {**etiquetas("Librado Santes Ocampo").guide_record(), **base, "id": "a", "texto": KILLED}
    refused = {**Etiquetas().guide_record(), **base, "id": "b", "texto": CLOSE}
    assert dict(group_notes([kept, refused], trust=True))["b"] is None
    assert len(set(dict(group_notes([kept, refused])).values())) == 1


def test_the_file_of_frequencies_is_what_the_corpus_gives():
    assert CORPUS.is_dir()
    written = dict(line.rsplit(",", 1) for line in FILE.read_text("utf-8").splitlines()[1:])
    assert {word: int(n) for word, n in written.items()} == count(corpus())


def test_rare_words_make_texts_alike_and_common_or_few_ones_do_not():
    def alike(a, b):
        one, other = stems(a), stems(b)
        return likeness(one, other, (weight(one), weight(other)))

    assert rarity("tlayoll") > rarity("periodi")
    assert alike(KILLED, CLOSE) > 0.3 > alike(KILLED, PRIZE)
    assert alike("Radio Manantial", "Radio Manantial") < 0.3
    assert alike("", "") == 0


def test_a_note_that_joins_brings_its_finding_nearer_to_others_whatever_their_order(db):
    note(db, "a", etiquetas("Librado Santes Ocampo"), KILLED)
    group(db)
    later = CLOSE.replace("Librado Santes", "el locutor Librado Santes")
    note(db, "c", Etiquetas(), f"Vecinos recordaron a Librado Santes. {PRIZE}", titulo="Flores", publicada_en="2026-08-13")
    note(db, "b", Etiquetas(), later, titulo="Vinculan a proceso a dos por Librado Santes", publicada_en="2026-08-12")
    group(db)
    assert told(db) == [(1, "primera"), (2, "replica"), (3, "seguimiento")]
    assert rows(db, "SELECT DISTINCT estado FROM noticias") == [("agrupada",)]
