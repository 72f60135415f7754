"""The sentence of a card is well-formed Spanish for every combination of codes, and holds a name only where it may."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import vocabulario as v
from pipeline.pages.queue_sentence import sentence

NAMES = ("Ana Prueba Ensayo", "Íñigo Ejemplo", "Hilda Muestra", "Red de Ensayo", "J. Modelo")
SLUGS = sorted({member.value for kind in (v.Modalidad, v.Agresor, v.Ambito, v.Vinculo, v.Clase) for member in kind})


def lists(values):
    return st.lists(st.sampled_from([str(one) for one in values]), unique=True)


victims = st.fixed_dictionaries(
    {
        "nombre": st.none() | st.sampled_from(NAMES),
        "cantidad": st.none() | st.integers(0, 40),
        "tipo": st.sampled_from([str(one) for one in v.Victima]),
        "genero": st.sampled_from([str(one) for one in v.Genero]),
    }
)
findings = st.fixed_dictionaries(
    {
        "clase": st.sampled_from([str(one) for one in v.Clase]),
        "modalidad": lists(v.Modalidad),
        "tipo_victima": lists(v.Victima),
        "agresor": lists(v.Agresor),
        "movilizacion": st.sampled_from([0, 1, None]),
        "cdmx": st.sampled_from([str(one) for one in v.Cdmx]),
        "alcaldia": st.none() | st.sampled_from([str(one) for one in v.Alcaldia]),
        "entidad": st.none() | st.sampled_from([str(one) for one in v.Entidad]),
        "sitio": st.sampled_from(["", "Plaza Mayor", "la fiscalía,", "Ciudad de México"]),
        "ambito": st.sampled_from([str(one) for one in v.Ambito]),
        "fecha_hecho": st.none() | st.dates().map(str),
        "hora_hecho": st.none() | st.sampled_from(["01:05", "00:10", "14:30"]),
        "vinculo": st.sampled_from([str(one) for one in v.Vinculo]),
        "confianza": st.none() | st.floats(0, 1),
        "fuentes_independientes": st.integers(0, 12),
    }
)
BROKEN = re.compile(
    r"\b(?:de|a) el\b|\bde del\b|\by (?=[ií]|h[ií])|\be (?![ií]|h[ií])"
    r"| [,;.)]|\( |  |,,|;;|\(\)|\b(?:None|null|indeterminado)\b|_",
    re.IGNORECASE,
)


@settings(max_examples=1500, deadline=None)
@given(findings, st.lists(victims, max_size=6), st.booleans())
def test_a_sentence_is_well_formed_for_every_combination(finding, people, names):
    text = sentence(finding, people, names=names)
    assert text[0].isupper()
    assert text.endswith((" %).", "fuente.", "independientes.", "pública."))
    assert BROKEN.search(text) is None, text
    assert text.count("(") == text.count(")")
    assert re.search(r"\b(?:contra|de|del) ", text)
    for part in (" en ", "; ", "labor; "):
        assert part in text
    shown = [name for name in NAMES if name in text]
    assert shown == [] or names
    assert len(shown) <= 3
    assert [slug for slug in SLUGS if "_" in slug and slug in text] == []


BASE = {
    "clase": "agresion", "modalidad": ["ataque_fisico", "privacion_libertad"], "tipo_victima": ["periodista"],
    "agresor": ["fuerza_publica"], "movilizacion": 1, "cdmx": "si", "alcaldia": "coyoacan", "entidad": "cdmx",
    "sitio": "Plaza Mayor", "ambito": "hecho_en_cdmx", "fecha_hecho": "2026-11-22", "hora_hecho": "14:30",
    "vinculo": "probable", "confianza": 0.87, "fuentes_independientes": 2,
}  # fmt: skip


def victim(nombre=None, genero="mujer", tipo="periodista", cantidad=None):
    return {"nombre": nombre, "genero": genero, "tipo": tipo, "cantidad": cantidad}


def test_it_says_who_what_where_when_by_whom_and_how_sure():
    people = [victim("Ana Prueba Ensayo"), victim(genero="hombre", cantidad=3)]
    assert sentence(BASE, people, names=True) == (
        "Ataque físico y privación de la libertad contra la periodista Ana Prueba Ensayo y 3 periodistas en Coyoacán"
        " (Plaza Mayor) durante una movilización, el 22 de noviembre de 2026 a las 14:30 h; señalan a la fuerza pública;"
        " vínculo probable con su labor; lo cuentan 2 fuentes independientes, con confianza alta de la máquina (87 %)."
    )
    assert "contra una periodista y 3 periodistas en" in sentence(BASE, people, names=False)


@pytest.mark.parametrize(
    ("changes", "people", "said"),
    [
        ({"modalidad": ["asesinato"]}, [victim("Beto Prueba", "hombre")], "Asesinato del periodista Beto Prueba en"),
        (
            {"modalidad": [], "clase": "riesgo"},
            [victim("Alex P", "no_binario", "defensora")],
            "de Alex P (persona defensora) en",
        ),
        ({"modalidad": [], "clase": "privacion_vida"}, [], "Privación de la vida de una persona periodista en"),
        ({"modalidad": [], "tipo_victima": []}, [], "Agresión contra una persona en"),
        ({"alcaldia": None, "entidad": "mexico", "sitio": ""}, [], "en el Estado de México durante"),
        ({"alcaldia": None, "entidad": None, "cdmx": "indeterminado", "sitio": ""}, [], "en un lugar sin determinar"),
        ({"hora_hecho": "01:05"}, [], "de 2026 a la 01:05 h;"),
        ({"fecha_hecho": None}, [], ", en fecha sin determinar;"),
        ({"agresor": ["no_identificado"]}, [], "; no se identifica a quien agredió;"),
        ({"confianza": None, "fuentes_independientes": 1}, [], "; lo cuenta una sola fuente."),
        ({"modalidad": [str(one) for one in v.Modalidad]}, [], "y 14 más contra"),
        ({}, [victim("Red de Ensayo", "colectivo", "defensora")], "contra el colectivo Red de Ensayo en"),
        (
            {},
            [victim(name) for name in NAMES],
            "la periodista Ana Prueba Ensayo, la periodista Íñigo Ejemplo, la periodista Hilda",
        ),
    ],
)
def test_cases_that_read_badly_by_default(changes, people, said):
    assert said in sentence({**BASE, **changes}, people, names=True)
