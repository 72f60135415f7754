"""`resumen`: one Spanish sentence from the codes, without names."""

import pytest

from nlp.etiquetas import Lugar, Victima, VictimaSinNombre
from nlp.reglas.resumen import listed, people, sentence

CITY = Lugar("si", "tlalpan", "cdmx")


@pytest.mark.parametrize(
    ("modalities", "who", "aggressors", "expected"),
    [
        (["ataque_fisico"], "un medio", ["particular"], "Ataque físico contra un medio en Tlalpan; señalan a particulares."),
        (
            ["asesinato"],
            "una defensora",
            ["no_identificado"],
            "Asesinato de una defensora en Tlalpan; no se identifica a quien agredió.",
        ),
        (
            ["amenaza"],
            "un periodista",
            ["fuerza_publica", "crimen_organizado"],
            "Amenaza contra un periodista en Tlalpan; señalan a la fuerza pública y al crimen organizado.",
        ),
        (
            [],
            "una defensora",
            ["autoridad_civil"],
            "Situación de riesgo de una defensora en Tlalpan; señalan a autoridades civiles.",
        ),
    ],
)
def test_the_sentence(modalities, who, aggressors, expected):
    assert sentence(modalities, who, CITY, aggressors, protest=False) == expected


def test_gender_and_number_of_the_people():
    women = [Victima("Ana Ruiz", "defensora", "mujer"), Victima("Rosa Luna", "defensora", "mujer")]
    assert people(["defensora"], women, []) == "varias defensoras"
    assert people(["defensora"], women[:1], []) == "una defensora"
    assert people(["defensora"], [*women, Victima("Luis Soto", "defensora", "hombre")], []) == "varias personas defensoras"
    assert people(["periodista"], [], [VictimaSinNombre("periodista", "hombre", None)]) == "varios periodistas"


def test_the_last_joint_changes_before_i():
    assert listed(["amenaza", "intimidación"]) == "amenaza e intimidación"
