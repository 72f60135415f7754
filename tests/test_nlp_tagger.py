"""The tagger as a whole: every field, its passages, and an answer to whatever text comes."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.criba import passes
from nlp.etiquetas import Etiquetas, Lugar, Nota
from nlp.parsed import MAX_PARSED
from nlp.piezas import PIECE, parse, split
from nlp.tagger import calmed, cut, tag_many
from nlp.vocabulario import Agresor, Ambito, Clase, Modalidad, TipoNota, Via, Vinculo

NOTA = Nota(
    "n1",
    "Policías golpearon ayer a la reportera Ana Ruiz, de Canal Norte, y le rompieron la cámara cuando cubría una marcha "
    "en el Zócalo de la Ciudad de México. La periodista denunció que un mando la amenazó de muerte por WhatsApp.",
    "Policías golpean a reportera en el Zócalo",
    "2026-11-23",
)


@pytest.fixture(scope="module")
def tags(nlp):
    return next(tag_many(nlp, [NOTA]))


def test_every_field_of_the_guide(tags):
    record = tags.guide_record()
    assert record == {
        "relevante": True,
        "nota": "hecho_nuevo",
        "clase": "agresion",
        "victima": ["periodista"],
        "agresion": ["fisica", "verbal", "digital"],
        "modalidad": ["ataque_fisico", "amenaza", "danio_bienes"],
        "agresor": ["fuerza_publica"],
        "movilizacion": True,
        "lugar": {"cdmx": "si", "alcaldia": "cuauhtemoc", "entidad": "cdmx"},
        "victimas": [{"nombre": "Ana Ruiz", "tipo": "periodista", "genero": "mujer"}],
        "fecha_hecho": "2026-11-22",
    }


def test_what_goes_beyond_the_guide(tags):
    assert tags.ambito == Ambito.HECHO_EN_CDMX
    assert tags.via == Via.PRESENCIAL
    assert tags.vinculo == Vinculo.PROBABLE
    assert 0.4 <= tags.confianza <= 1
    assert tags.resumen == (
        "Ataque físico, amenaza y daño a bienes contra una periodista en Cuauhtémoc durante una movilización; "
        "señalan a la fuerza pública."
    )
    assert "Ana" not in tags.resumen and "Ruiz" not in tags.resumen


def test_every_passage_lies_in_its_text_and_names_its_rule(tags):
    texts = {"titulo": NOTA.titulo, "texto": NOTA.texto}
    for passage in tags.pasajes:
        assert 0 <= passage.inicio < passage.fin <= len(texts[passage.parte])
        assert passage.regla
    told = {(p.campo, texts[p.parte][p.inicio : p.fin]) for p in tags.pasajes}
    assert ("modalidad", "golpearon") in told
    assert {"victima", "modalidad", "agresor", "movilizacion", "vinculo"} <= {p.campo for p in tags.pasajes}
    assert set(tags.modalidad) == {p.valor for p in tags.pasajes if p.campo == "modalidad"}


def test_what_is_no_finding_is_empty(nlp):
    plain = next(
        tag_many(nlp, [Nota("x", "El alcalde ofreció una conferencia de prensa sobre el presupuesto.", "Presupuesto")])
    )
    assert replace(plain, confianza=0.0) == Etiquetas()
    assert plain.lugar == Lugar("indeterminado", None, None)


ODD = [
    "",
    " ",
    "\x00\x01�",
    "🚨" * 500,
    "ALERTA: GOLPEAN A REPORTERA EN TEPITO",
    "a" * 5_000,
    "reportera golpeada " * 2_000,
    "<p>Golpean a <b>reportera</b></p>&nbsp;",
    "The reporter was beaten by police.",
    "Le ajtsíibo'ob tu ya'alajo'ob",
    "İSTANBUL REPORTERA GOLPEADA İ",
    "ﬁn de la reportera golpeada ﬀ",
]


TOLD = ("Policías golpearon a la reportera Ana Ruiz en Tepito.", "El 31/02/2026 hace 900 años amenazaron a Radio Ola.")


def test_any_text_gets_an_answer_in_order(nlp):
    notes = [Nota(str(k), text, text[:80]) for k, text in enumerate(ODD)]
    answers = list(tag_many(nlp, notes))
    assert len(answers) == len(notes)
    for tags in answers:
        assert tags.nota in set(TipoNota)
        assert tags.clase is None or tags.clase in set(Clase)
        assert set(tags.modalidad) <= set(Modalidad) and set(tags.agresor) <= set(Agresor)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300), st.text(max_size=80), st.sampled_from([*TOLD, ""]), st.one_of(st.none(), st.text(max_size=12)))
def test_any_unicode_gets_an_answer_whose_passages_lie_in_it(nlp, text, title, told, day):
    note = Nota("1", f"{text} {told} {text}", title, day)
    tags = next(tag_many(nlp, [note]))
    assert tags.nota in set(TipoNota)
    assert 0 <= tags.confianza <= 1
    for passage in tags.pasajes:
        assert 0 <= passage.inicio < passage.fin <= len(note.titulo if passage.parte == "titulo" else note.texto)


@pytest.mark.parametrize(
    "shape",
    [
        str.upper,
        lambda text: text.replace(".", " ").replace(",", " "),
        lambda text: "<div class='nota'><p>" + text.replace(". ", ".</p>&nbsp;\n<p>") + "</p></div>",
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(", ", ",\n").replace("de ", "de\n"),
        lambda text: text + "\x00\ufeff\u200b\U0001f6a8",
    ],
    ids=["capitals", "no punctuation", "html", "hard spaces", "broken lines", "control characters"],
)
def test_a_case_is_still_told_in_a_bad_shape(nlp, shape):
    tags = next(tag_many(nlp, [replace(NOTA, texto=shape(NOTA.texto), titulo=shape(NOTA.titulo))]))
    assert tags.relevante


def test_a_megabyte_is_parsed_in_part_only(nlp):
    text = NOTA.texto + " Sigue la nota larga sobre otra cosa." * 28_000
    assert len(text) > 1_000_000
    assert len(cut(text)) <= MAX_PARSED
    assert next(tag_many(nlp, [replace(NOTA, texto=text)])).relevante


def test_pieces_join_to_the_text(nlp):
    text = "Policías golpearon a Ana Ruiz.\n\nElla denunció.  Fin de la nota 🚨 ñ. " * 120
    assert "".join(split(text)) == text
    assert max(map(len, split(text))) <= PIECE
    assert "".join(split("a" * 5_000)) == "a" * 5_000
    doc = next(parse(nlp, [text]))
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token.text)] == token.text for token in doc)
    assert {token.norm_ for token in doc} >= {"policias", "denuncio"}
    assert len(list(doc.sents)) > 100


def test_capitals_are_calmed_without_moving_a_letter():
    shout = "AGREDEN A PERIODISTA EN ESTAMBUL İ"
    assert calmed(shout).lower()[:20] == "agreden a periodista"
    assert len(calmed(shout)) == len(shout)
    assert calmed("Agreden a Ana Ruiz") == "Agreden a Ana Ruiz"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Golpean a fotógrafa en la Merced", True),
        ("Le apagaron la radio comunitaria y se llevaron el transmisor", True),
        ("Estrenan techumbre en el mercado; habrá degustación de quesos", False),
        ("El dólar cerró en 18 pesos", False),
    ],
)
def test_the_sieve(text, expected):
    assert passes(Nota("x", text)) is expected
