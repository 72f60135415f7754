"""What a person decides on a finding."""

import pytest
from factories import NOW, etiquetas, noticia, registry, rows, tagged

from pipeline.incidents import group_pending
from pipeline.review import FIELDS, Hand, ReviewError, correct, discard, validate

FOLIO = "H-2026-000001"
ANA = Hand("ana", NOW)


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path) as opened:
        tagged(opened, noticia(), etiquetas("Renata Olmedo Prieto"))
        group_pending(opened, pause=0)
        yield opened


def state(db):
    return rows(db, "SELECT estado, version FROM hallazgos")[0]


def test_validating_is_one_change_with_its_line(db):
    validate(db, FOLIO, ANA, motivo=" dos fuentes ")
    assert state(db) == ("validado", 3)
    assert rows(db, "SELECT cuando, quien, accion, clave, campo, antes, despues, motivo FROM bitacora") == [
        ("2026-05-10T12:00:00Z", "ana", "estado", FOLIO, "estado", '"detectado"', '"validado"', "dos fuentes")
    ]


def test_a_person_may_change_their_mind_but_not_decide_twice(db):
    discard(db, FOLIO, ANA, motivo="no es labor")
    with pytest.raises(ReviewError, match="está descartado"):
        discard(db, FOLIO, ANA, motivo="otra vez")
    validate(db, FOLIO, ANA)
    with pytest.raises(ReviewError, match="está validado"):
        validate(db, FOLIO, ANA)
    assert [line for (line,) in rows(db, "SELECT despues FROM bitacora ORDER BY id")] == ['"descartado"', '"validado"']


def test_discarding_needs_a_reason(db):
    with pytest.raises(ReviewError, match="motivo"):
        discard(db, FOLIO, ANA, motivo="  ")
    assert state(db)[0] == "detectado"


@pytest.mark.parametrize("act", [lambda db, f: validate(db, f, ANA), lambda db, f: correct(db, f, "clase", "riesgo", ANA)])
def test_a_folio_that_does_not_exist_is_named(db, act):
    with pytest.raises(ReviewError, match="H-2026-009999: no hay tal hallazgo"):
        act(db, "H-2026-009999")
    assert rows(db, "SELECT count(*) FROM bitacora") == [(0,)]


def test_a_correction_covers_the_whole_field_and_shows_on_top(db):
    correct(db, FOLIO, "modalidad", ["amenaza", "danio_bienes", "amenaza"], ANA)
    correct(db, FOLIO, "alcaldia", None, ANA)
    correct(db, FOLIO, "movilizacion", True, ANA)
    assert rows(db, "SELECT json(modalidad), alcaldia, movilizacion FROM v_hallazgos") == [
        ('["amenaza","danio_bienes"]', None, 1)
    ]
    assert rows(db, "SELECT valor FROM hallazgos_modalidad") == [("ataque_fisico",)]
    correct(db, FOLIO, "alcaldia", "tlalpan", Hand("luis", NOW))
    assert rows(db, "SELECT valor, quien FROM correcciones WHERE campo = 'alcaldia'") == [('"tlalpan"', "luis")]
    assert rows(db, "SELECT despues FROM bitacora WHERE campo = 'alcaldia' ORDER BY id") == [(None,), ('"tlalpan"',)]


def test_the_audit_trail_says_from_what_was_seen_to_what(db):
    correct(db, FOLIO, "modalidad", ["amenaza"], ANA)
    correct(db, FOLIO, "modalidad", ["censura"], ANA)
    correct(db, FOLIO, "alcaldia", "tlalpan", ANA)
    assert rows(db, "SELECT antes, despues FROM bitacora ORDER BY id") == [
        ('["ataque_fisico"]', '["amenaza"]'),
        ('["fisica"]', '["verbal"]'),
        ('["amenaza"]', '["censura"]'),
        ('["verbal"]', '["institucional"]'),
        ('"cuauhtemoc"', '"tlalpan"'),
    ]


def test_free_texts_are_not_copied_into_the_audit_trail(db):
    correct(db, FOLIO, "resumen", "La golpearon.", ANA)
    correct(db, FOLIO, "resumen", "La golpearon y la amenazaron.", ANA)
    assert rows(db, "SELECT campo, antes, despues FROM bitacora") == [("resumen", None, None)] * 2


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("folio", "H-1"),
        ("estado", "validado"),
        ("clase", "grave"),
        ("clase", None),
        ("modalidad", "amenaza"),
        ("modalidad", ["amenaza", "otra"]),
        ("movilizacion", 2),
        ("fecha_hecho", "2026-02-30"),
        ("fecha_hecho", "ayer"),
        ("hora_hecho", "25:00"),
        ("sitio", 5),
    ],
)
def test_an_unknown_field_or_value_changes_nothing(db, campo, valor):
    with pytest.raises(ReviewError):
        correct(db, FOLIO, campo, valor, ANA)
    assert rows(db, "SELECT (SELECT count(*) FROM correcciones), (SELECT count(*) FROM bitacora)") == [(0, 0)]


def test_a_merged_finding_is_not_corrected(db):
    tagged(db, noticia("dos", texto="Un caso ajeno."), etiquetas("Tomás Arce"))
    group_pending(db, pause=0)
    with db.atomic():
        db.execute("UPDATE hallazgos SET estado = 'fusionado', fusionado_en = 'H-2026-000002' WHERE folio = ?", [FOLIO])
    with pytest.raises(ReviewError, match="fusionado"):
        correct(db, FOLIO, "clase", "riesgo", ANA)


def test_every_field_that_is_corrected_is_a_column_of_the_view(db):
    columns = {column.name for column in db["v_hallazgos"].columns}
    assert set(FIELDS) <= columns
