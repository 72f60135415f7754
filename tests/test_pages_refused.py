"""What a form said is given back in words, and whole for sending it again."""

from pipeline.pages.refused import again, typed

FORM = {
    "csrftoken": ["x"],
    "accion": ["corregir"],
    "folio": ["H-2026-000001"],
    "version": ["3"],
    "campo": ["modalidad"],
    "valor": ["amenaza", "censura"],
    "volver": ["/-/hallazgo/H-2026-000001"],
}


def test_a_correction_reads_in_the_words_of_its_field() -> None:
    assert typed(FORM) == [("modalidad", "Amenaza, Censura")]


def test_rows_read_with_their_number_and_empty_boxes_are_left_out() -> None:
    rows = {"victimas.0.nombre": ["Renata Olmedo"], "victimas.0.cantidad": [""], "victimas.1.genero": ["mujer"]}
    assert typed(rows) == [("víctimas 1, nombre", "Renata Olmedo"), ("víctimas 2, género", "Mujer")]


def test_a_conflicting_form_is_sent_again_whole_over_the_present_version() -> None:
    pairs = list(again(FORM, 7))
    assert ("version", "7") in pairs
    assert [text for name, text in pairs if name == "valor"] == ["amenaza", "censura"]
    assert not any(name == "csrftoken" for name, _ in pairs)
    assert ("version", "3") in again(FORM, None)
