"""Victims' names as the press spells them: what is one person and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.grouping.names import PersonName, Same, blocking_keys, compare, fold


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Octavio Rentería Salas", "Octavio Rentería"),
        ("María del Socorro Briseño Landeros", "Socorro Briseño"),
        ("Jimena Olguín", "J. O."),
        ("Humberto Jasso", "H. Jasso"),
        ("Miriam Tovar", "Miriam Tobar"),
        ("Wilfrido Tapia Monroy", "Wilfredo Tapia"),
        ("Mauro Escamilla Ríos", "Mauro Escamillas"),
        ("Lázaro Guel Montemayor", "Lázaro Güel"),
        ("Maricela Toscano Ugalde", "Marcela Toscano"),
        ("Víctor Manuel Camacho", "Victor Camacho"),
    ],
)
def test_one_person_spelt_in_two_ways(a, b):
    assert compare(PersonName(a), PersonName(b)) >= Same.PARTLY
    assert blocking_keys(PersonName(a)) & blocking_keys(PersonName(b)) or "." in b


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("María Elena Cruz", "María Elena Santiago Cruz"),
        ("José Luis Arriaga Mena", "José Luis Arriaga Peña"),
        ("Luis Camacho", "Luis Camargo"),
        ("Elena Ríos", "Marta Ruiz"),
        ("Renata Olmedo Prieto", "Renata Prieto Olmedo"),
    ],
)
def test_namesakes_and_strangers_are_told_apart(a, b):
    assert compare(PersonName(a), PersonName(b)) == Same.NO


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Apolinar Ruelas Gastélum", "Polo Ruelas"),
        ("Irma Castrejón Díaz", "Fabiola Castrejón Díaz"),
        ("Juan Pérez", "Juana Pérez"),
        ("Mireya Tovar", "Miriam Tovar"),
    ],
)
def test_a_shared_surname_alone_is_said_to_be_just_that(a, b):
    assert compare(PersonName(a), PersonName(b)) == Same.SURNAME


def test_outlets_and_collectives_are_compared_by_their_own_words():
    tonalli = PersonName("Centro Tonalli de Derechos Humanos", group=True)
    assert compare(tonalli, PersonName("Centro Tonalli", group=True)) == Same.PARTLY
    assert compare(PersonName("La Tlacuila", group=True), PersonName("latlacuila", group=True)) == Same.FULLY
    assert compare(tonalli, PersonName("Centro Ixtli de Derechos Humanos", group=True)) == Same.NO


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_is_symmetric_and_folding_idempotent(a, b):
    assert compare(PersonName(a), PersonName(b)) == compare(PersonName(b), PersonName(a))
    assert fold(fold(a)) == fold(a)
