"""The vocabulary is whole: labels, meanings, patterns and cases for every member; derivations are the guide's."""

import json
from pathlib import Path

import pytest

from nlp import vocabulario, vocabulario_lugares, vocabulario_registro
from nlp.enumeracion import Valor
from nlp.patrones import compile_pattern, read_lexicon
from nlp.vocabulario import AGRESION_DE, Agresion, Agresor, Clase, Modalidad, Victima, agresiones_de, clase_de

DATA = Path(__file__).parent / "data" / "reglas"
MODULES = (vocabulario, vocabulario_lugares, vocabulario_registro)
LISTS = {
    value
    for module in MODULES
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, Valor) and value is not Valor
}


@pytest.mark.parametrize("values", sorted(LISTS, key=lambda one: one.__name__), ids=lambda one: one.__name__)
def test_every_member_has_label_and_meaning(values):
    for member in values:
        assert member == member.value == member.value.lower()
        assert member.etiqueta[0].isupper()
        assert len(member.significado) > 3
    assert len({member.etiqueta for member in values}) == len(values)


@pytest.mark.parametrize(("campo", "values"), [("modalidad", Modalidad), ("agresor", Agresor), ("victima", Victima)])
def test_every_member_has_patterns(campo, values):
    spoken_for = {entry.valor for entry in read_lexicon() if entry.campo == campo}
    assert set(values) <= spoken_for


@pytest.mark.parametrize(("campo", "values"), [("modalidad", Modalidad), ("agresor", Agresor)])
def test_every_member_has_cases_for_and_against(campo, values):
    cases = [json.loads(line) for line in (DATA / f"{campo}.jsonl").read_text("utf-8").splitlines()]
    for member in values:
        told = {case["esperado"] for case in cases if case[campo] == member}
        assert told == {True, False}, member


def test_the_lexicon_speaks_only_of_known_values():
    known = {"modalidad": set(Modalidad), "agresor": set(Agresor), "victima": set(Victima)}
    for entry in read_lexicon():
        assert entry.valor in known.get(entry.campo, {entry.valor}), entry.regla
        assert all(compile_pattern(pattern) for pattern in entry.patrones), entry.regla


def test_agresion_follows_the_guides_table():
    assert set(AGRESION_DE) == set(Modalidad)
    assert agresiones_de(["amenaza"]) == ("verbal",)
    assert agresiones_de(["amenaza"], digital=True) == ("verbal", "digital")
    assert agresiones_de(["ataque_fisico"], digital=True) == ("fisica",)
    assert agresiones_de(["desplazamiento"]) == ()
    assert agresiones_de(["censura", "asesinato"]) == (str(Agresion.FISICA), str(Agresion.INSTITUCIONAL))


@pytest.mark.parametrize(
    ("modalities", "watched", "expected"),
    [
        ([], False, Clase.RIESGO),
        (["estigmatizacion", "desplazamiento"], False, Clase.RIESGO),
        (["hostigamiento"], True, Clase.RIESGO),
        (["hostigamiento"], False, Clase.AGRESION),
        (["acoso_judicial"], False, Clase.AGRESION),
        (["desaparicion"], False, Clase.AGRESION),
        (["amenaza", "asesinato"], False, Clase.PRIVACION_VIDA),
    ],
)
def test_class_is_the_most_serious(modalities, watched, expected):
    assert clase_de(modalities, solo_vigilancia=watched) == expected
