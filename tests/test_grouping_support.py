"""What stands beside a finding's codes: minority values with their support, and who the notes come from."""

import pytest
from factories import NOW, etiquetas, fuente, noticia, registry, tagged

from crawlers.noticia import Precision
from nlp.etiquetas import Lugar, Victima
from pipeline.grouping.support import NoteSource, Suggestion, note_sources, suggestions
from pipeline.incidents import group_pending
from pipeline.review import Hand, correct

FOLIO = "H-2026-000001"
WIRE = " ".join(f"palabra{i}" for i in range(60))


@pytest.fixture
def db(tmp_path):
    names = ("faro", "voz", "eco", "colectiva")
    with registry(tmp_path, *(fuente(name, nombre=f"La {name.title()}") for name in names)) as opened:
        yield opened


def note(db, source, tags, **changes):
    base = {"texto": f"Caso contado por {source}", "publicada_en": "2026-05-10", "fecha_precision": Precision.DIA}
    return tagged(db, noticia(source, source, **{**base, **changes}), tags)


def three(db):
    note(db, "faro", etiquetas("Ana Ruiz"), texto="El más largo de los textos que cuentan este caso de golpes.")
    note(db, "voz", etiquetas("Ana Ruiz", modalidad=("amenaza", "ataque_fisico"), lugar=Lugar("si", "tlalpan", "cdmx")))
    note(db, "eco", etiquetas("Ana Ruiz", clase="riesgo", fecha_hecho="2026-05-08"))
    group_pending(db, lambda: NOW, pause=0)


def test_a_value_that_one_source_says_and_that_does_not_hold_is_suggested_with_its_support(db):
    three(db)
    assert suggestions(db, FOLIO) == [
        Suggestion("alcaldia", "tlalpan", 0.333, (2,)),
        Suggestion("clase", "riesgo", 0.333, (3,)),
        Suggestion("fecha_hecho", "2026-05-08", 0.333, (3,)),
        Suggestion("modalidad", "amenaza", 0.333, (2,)),
    ]


def test_what_a_person_corrected_holds_and_what_the_machine_said_is_then_the_suggestion(db):
    three(db)
    correct(db, FOLIO, "modalidad", ["amenaza"], Hand("ana", NOW))
    correct(db, FOLIO, "alcaldia", "tlalpan", Hand("ana", NOW))
    found = {(one.campo, one.valor): one.apoyo for one in suggestions(db, FOLIO)}
    assert found[("modalidad", "ataque_fisico")] == 1
    assert found[("alcaldia", "cuauhtemoc")] == 0.667
    assert ("modalidad", "amenaza") not in found


def test_copies_of_one_wire_support_a_value_once(db):
    note(db, "faro", etiquetas("Ana Ruiz"), texto=" ".join(f"larga{i}" for i in range(90)))
    note(db, "voz", etiquetas("Ana Ruiz"))
    for source in ("eco", "colectiva"):
        note(db, source, etiquetas("Ana Ruiz", modalidad=("amenaza",)), texto=f"({source}) {WIRE}")
    group_pending(db, lambda: NOW, pause=0)
    numbers = {one.noticia_id: one.fuente for one in note_sources(db, FOLIO)}
    assert numbers[3] == numbers[4]
    assert len(set(numbers.values())) == 3
    assert suggestions(db, FOLIO) == [Suggestion("modalidad", "amenaza", 0.333, (4, 3))]


def test_an_old_date_set_by_a_person_suggests_an_antecedent(db):
    three(db)
    correct(db, FOLIO, "fecha_hecho", "2026-01-05", Hand("ana", NOW))
    assert Suggestion("antecedente", 1, 1.0) in suggestions(db, FOLIO)


def test_what_the_victims_own_house_says_is_marked(db):
    group = Victima("Colectiva Raíz", "defensora", "colectivo")
    note(db, "faro", etiquetas(victimas=(group,), victima=("defensora",)))
    note(db, "colectiva", etiquetas(victimas=(group,), victima=("defensora",)), autor="Colectiva Raíz de la Sierra")
    group_pending(db, lambda: NOW, pause=0)
    assert note_sources(db, FOLIO) == [NoteSource(2, 1, True), NoteSource(1, 2, False)]


def test_a_note_of_the_journalists_own_outlet_is_marked_by_the_sources_name(db):
    reporter = Victima("Ana Ruiz", "periodista", "mujer", medio_u_organizacion="La Voz")
    note(db, "voz", etiquetas(victimas=(reporter,)))
    note(db, "eco", etiquetas("Ana Ruiz"))
    group_pending(db, lambda: NOW, pause=0)
    assert {one.noticia_id: one.propia for one in note_sources(db, FOLIO)} == {1: True, 2: False}
