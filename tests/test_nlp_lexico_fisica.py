"""Recall of the physical and institutional lexicon, of the people it reaches, of pronouns and of doers: invented cases."""

import pytest
from spacy.language import Language

from nlp.etiquetas import Nota
from nlp.parsed import Parsed
from nlp.reglas.actos import Lectura, read
from nlp.reglas.agresor import candidates


def reading(nlp: Language, text: str) -> Lectura:
    return read(Parsed(nlp(""), nlp(text), Nota("x", text, "", None)))


@pytest.mark.parametrize(
    ("modalidad", "text"),
    [
        ("danio_bienes", "La cámara que le fue arrebatada a la fotógrafa no ha sido devuelta."),
        ("danio_bienes", "El coche de la reportera amaneció con las llantas ponchadas."),
        ("danio_bienes", "Se apoderaron de las libretas del reportero y de una laptop."),
        ("danio_bienes", "Forzaron la chapa del local del colectivo y se llevaron dos cajas."),
        ("privacion_libertad", "Dejaron amarrada a la defensora a un árbol hasta la noche."),
        ("privacion_libertad", "Al comunicador lo tuvieron seis horas en una bodega."),
        ("privacion_libertad", "Los reporteros no pudieron salir: cerraron el portón con candado y los dejaron encerrados."),
        ("tortura", "Al vocero le echaron agua por la nariz y le pusieron una bolsa en la cabeza."),
        ("tortura", "Presenta quemaduras de cigarro en los brazos."),
        ("acoso_judicial", "La activista fue citada por la Fiscalía como imputada."),
        ("acoso_judicial", "Al vocero se le abrió una carpeta por el delito de motín."),
        ("censura", "A la conductora la quitaron de la programación y le avisaron que su contrato no seguiría."),
        ("censura", "Un juez ordenó al semanario retirar el reportaje."),
        ("desaparicion", "Del locutor no se sabe nada desde el martes."),
        ("asesinato", "Al líder le arrancaron la vida en su parcela."),
        ("tentativa_asesinato", "Rociaron de balas la casa con el periodista adentro."),
    ],
)
def test_a_harm_told_in_other_words_is_proposed(nlp, modalidad, text):
    assert modalidad in {hit.entrada.valor for _, hit in reading(nlp, text).hits_of("modalidad")}


@pytest.mark.parametrize(
    ("name", "tipo", "text"),
    [
        ("olmedo", "periodista", "El reportero guerrerense Matías Olmedo fue amenazado."),
        ("arrieta", "periodista", "El fotógrafo de nota roja Julio Arrieta salió ileso."),
        ("soriano", "defensora", "La coordinadora del colectivo Luz y Rastro, Elena Soriano, recibió amenazas."),
        ("ibarra", "periodista", "Golpearon a dos fotógrafas. Se trata de Rosa Luna, de 30 años, y de Eva Ibarra."),
        ("paz", "defensora", "Las abogadas de víctimas Irma Sol, Luisa Mar y Eva Paz fueron detenidas."),
        ("tovar", "defensora", "Elena Tovar, una de las voceras del frente de pueblos, fue detenida por defender el agua."),
        ("zamudio", "periodista", "Me llamo Clara Zamudio y soy reportera de un portal."),
        ("campos", "defensora", "Rita Campos, quien busca a su hijo desde 2019, fue empujada."),
        ("rastro", "defensora", "Integrantes del colectivo Rastro denunciaron que las siguieron."),
    ],
)
def test_a_victim_is_found_by_name(nlp, name, tipo, text):
    found = {(word, m.tipo) for m in reading(nlp, text).menciones["texto"] for word in m.nombre}
    assert (name, tipo) in found


@pytest.mark.parametrize(
    "text",
    [
        "Golpearon a una reportera. El fiscal Ramiro Soto, de 50 años, abrió una carpeta.",
        "Golpearon a una reportera. El agresor, identificado como Ramiro Soto, huyó.",
        "Golpearon a una reportera. Ramiro Soto, secretario de Gobierno, lamentó los hechos.",
    ],
)
def test_an_official_or_a_doer_is_no_victim(nlp, text):
    assert "soto" not in {word for m in reading(nlp, text).menciones["texto"] for word in m.nombre}


@pytest.mark.parametrize(
    ("modalidad", "text"),
    [
        ("ataque_fisico", "El fotógrafo Iván Ruiz grababa el desalojo cuando tres policías lo patearon."),
        ("ataque_fisico", "“Me patearon entre cuatro”, dijo la reportera Ana Ruiz."),
        ("privacion_libertad", "La activista Ana Ruiz pintaba una barda cuando dos agentes la detuvieron."),
        ("danio_bienes", "El reportero Iván Ruiz fue golpeado y despojado de su cámara."),
        ("amenaza", "La comunera Ana Ruiz huyó con su familia tras amenazas."),
    ],
)
def test_a_pronoun_reaches_the_person_told_before(nlp, modalidad, text):
    assert modalidad in {acto.modalidad for acto in reading(nlp, text).fuertes}


@pytest.mark.parametrize(
    "text",
    [
        "El reportero Iván Ruiz golpeó a un vecino y lo amenazó.",
        "La reportera Ana Ruiz contó que al chofer lo patearon.",
    ],
)
def test_a_pronoun_of_another_reaches_no_journalist(nlp, text):
    assert not reading(nlp, text).fuertes


@pytest.mark.parametrize(
    ("agresor", "text"),
    [
        ("crimen_organizado", "El reportero fue amenazado por integrantes de una célula que vende droga."),
        ("crimen_organizado", "Amenazaron al locutor por órdenes del jefe de plaza."),
        ("no_identificado", "Dos tipos a bordo de una moto golpearon al reportero."),
        ("particular", "Cobradores de la granja golpearon a la activista."),
        ("particular", "El gerente de la cementera amenazó al reportero."),
        ("autoridad_civil", "Trabajadores del ayuntamiento golpearon a la fotógrafa."),
        ("autoridad_civil", "El juez calificador amenazó al reportero."),
        ("fuerza_publica", "Oficiales de tránsito golpearon al camarógrafo."),
    ],
)
def test_who_did_it_is_proposed(nlp, agresor, text):
    assert agresor in {hit.entrada.valor for _, _, hit in candidates(reading(nlp, text))}
