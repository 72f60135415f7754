"""Threats, harassment, smears, blocked work, digital attacks and flight in the words of the press; the sieve lets them pass."""

import pytest

from nlp.criba import SHORT, VERY_SHORT, passes
from nlp.etiquetas import Nota
from nlp.flexion import forms
from nlp.patrones import Buscador, Entrada, read_lexicon
from nlp.reglas.actos import buscador


def found(nlp, text, campo="modalidad"):
    return {hit.entrada.valor for hit in buscador().find(nlp(text)) if hit.entrada.campo == campo}


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("amenaza", "Le dijeron que si volvía a publicar lo iban a levantar"),
        ("amenaza", "Me gritó que para la próxima no la cuento"),
        ("amenaza", "“Ya sabemos dónde vives”, decía el recado"),
        ("amenaza", "Le mandó decir que se atuviera a las consecuencias"),
        ("amenaza", "Dejaron una corona fúnebre con su nombre en la puerta"),
        ("amenaza", "Le ordenaron que dejara el comité"),
        ("amenaza", "El sujeto cortó cartucho y les dijo que se fueran"),
        ("amenaza", "Uno le enseñó la pistola en la cintura"),
        ("amenaza", "O se callan o te quemamos la casa"),
        ("hostigamiento", "Una camioneta sin placas se ha estacionado tres veces frente a la oficina"),
        ("hostigamiento", "Dos patrullas siguieron al grupo"),
        ("hostigamiento", "Le tomaron fotografías y anotaron las placas"),
        ("hostigamiento", "Le gritó pendeja delante de todos"),
        ("hostigamiento", "Unos desconocidos preguntaron por ella en el mercado"),
        ("hostigamiento", "La sometieron a un interrogatorio de dos horas"),
        ("estigmatizacion", "El edil la llamó enemiga del progreso"),
        ("estigmatizacion", "Dijo que los vecinos están al servicio de intereses oscuros"),
        ("estigmatizacion", "Repartieron volantes con su foto y la leyenda vendida"),
        ("obstruccion", "El agente le dio un manotazo en la lente"),
        ("obstruccion", "No pudieron entrar a la sesión de cabildo"),
        ("obstruccion", "Les exigieron que borraran las imágenes"),
        ("obstruccion", "Cubrieron las cámaras con lonas"),
        ("ataque_digital", "Ya no pudo entrar a su cuenta de correo"),
        ("ataque_digital", "Recibió cientos de mensajes con insultos"),
        ("ataque_digital", "Publicaron su domicilio en un foro anónimo"),
        ("espionaje", "Hallaron un rastreador pegado debajo del auto"),
        ("espionaje", "La policía elaboró fichas de los dirigentes"),
        ("desplazamiento", "Al otro día, con lo puesto, nos fuimos"),
        ("desplazamiento", "Abandonó la colonia con sus hijas"),
        ("desplazamiento", "Lleva dos meses sin poder, no ha podido regresar a su comunidad"),
    ],
)
def test_ways_of_saying_a_harm(nlp, slug, text):
    assert slug in found(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "La próxima reunión será el jueves en la sala del ayuntamiento",
        "El equipo va a buscar el empate y los aficionados esperan en la calle",
        "La red de agua potable quedó lista y los vecinos recibieron un volante",
    ],
)
def test_ordinary_news_tells_none_of_them(nlp, text):
    assert not found(nlp, text)


@pytest.mark.parametrize(
    ("campo", "valor", "text"),
    [
        ("nota", "seguimiento", "A cuarenta días de la desaparición, rastrean los parajes"),
        ("nota", "seguimiento", "Cae sujeto que acuchilló al fotógrafo"),
        ("nota", "seguimiento", "Los restos corresponden al locutor"),
        ("movilizacion", "si", "Colocaron llantas encendidas en la avenida"),
        ("riesgo", "si", "Exigieron al gobierno del estado mayor seguridad para el grupo"),
        ("urgente", "si", "De él no se sabe nada desde el sábado"),
        ("via", "red_social", "Lo escribió en un hilo"),
        ("vinculo", "confirmado", "Lo agredieron por grabar un choque"),
    ],
)
def test_cues_of_a_case(nlp, campo, valor, text):
    assert valor in found(nlp, text, campo)


@pytest.mark.parametrize(
    ("verb", "kind", "some"),
    [
        ("quemar", "c", "quemaran quemarian quemare"),
        ("dejar", "s", "dejara dejen deje dejaran"),
        ("volver", "s", "vuelva volviera vuelvan"),
        ("bajar", "m", "bajale bajenle bajate bajelo"),
        ("soltar", "m", "sueltalo sueltelo"),
        ("ir", "f", "va fue iban vaya"),
        ("intervenir", "f", "intervino intervinieron"),
    ],
)
def test_kinds_of_finite_forms(verb, kind, some):
    assert set(some.split()) <= forms(verb, kind)


def test_short_verbs_have_no_forms_that_are_other_words():
    assert not {"a", "de", "en", "se", "o", "este"} & (
        forms("ir") | forms("dar") | forms("ser") | forms("ver") | forms("estar")
    )


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("auto|coche ... <parar> .. casa", "un coche gris con vidrios oscuros se paraba frente a su casa", 1),
        ("auto|coche .. <parar> .. casa", "un coche gris con vidrios oscuros se paraba frente a su casa", 0),
        ("auto ... casa", "un auto pasó. Después ella volvió a casa", 0),
        ("auto ...", "un auto pasó", 1),
    ],
)
def test_a_long_gap_spans_eight_words_of_one_sentence(nlp, pattern, text, expected):
    finder = Buscador([Entrada("c", "v", "t", (pattern,), "r:1")])
    assert len(finder.find(nlp(text))) == expected


def test_no_pattern_of_the_lexicon_is_empty_or_begins_with_a_gap():
    patterns = [pattern for entry in read_lexicon() for pattern in entry.patrones]
    assert all(pattern.split() and pattern.split()[0] not in ("..", "...") for pattern in patterns)


def note(text):
    return Nota("n", text, "", "2026-03-02")


@pytest.mark.parametrize(
    ("text", "passed"),
    [
        ("Banda, anoche me siguió un coche hasta la casa y ya van tres veces.", True),
        ("Abre sus puertas el mercado de flores en el centro de la ciudad.", False),
        ("La obra avanza sin contratiempos. " * 30 + "Un reportero fue golpeado.", True),
        ("La obra avanza sin contratiempos. " * 30 + "El alcalde fue recibido con música.", False),
        ("El mecanismo de protección para personas defensoras abrió un expediente. " + "La obra avanza. " * 120, True),
        (
            "Un reportero preguntó por la obra. " + "La obra avanza sin contratiempos. " * 60 + "Un ciclista fue golpeado.",
            False,
        ),
    ],
)
def test_what_the_sieve_lets_pass(text, passed):
    assert passes(note(text)) is passed


def test_the_sieve_tells_long_short_and_very_short_texts_apart():
    harm = "Anoche lo golpearon y lo detuvieron. "
    padding = "La obra avanza. "
    assert passes(note(harm))
    assert not passes(note(harm + padding * (VERY_SHORT // len(padding) + 2)))
    assert passes(note("La maestra habla. " + harm + padding * (VERY_SHORT // len(padding) + 2)))
    assert not passes(note("La maestra habla. " + harm + padding * (SHORT // len(padding) + 2)))
