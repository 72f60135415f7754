"""Summary, place and reasons are read by who may not see names: they carry none."""

import pytest
from factories import rows
from revisado import ANA, ONE, TWO, findings, seen

from pipeline.review import ReviewError, correct, discard, edit_victims, reopen, validate


@pytest.fixture
def db(tmp_path):
    with findings(tmp_path) as opened:
        yield opened


OWN = ["Golpearon a Renata Olmedo.", "golpean a renata  olmedo", "RENATA OLMEDO PRIETO", "A la reportera Olmedo la golpearon"]


@pytest.mark.parametrize("text", [*OWN, "Golpearon a Renáta Prieto", "Como a Tomás Arce Luna"])
def test_no_name_gets_into_a_summary(db, text):
    before = seen(db)
    with pytest.raises(ReviewError, match="de una persona") as told:
        correct(db, ONE, "resumen", text, ANA)
    assert "lmedo" not in told.value.message
    assert seen(db) == before
    assert rows(db, "SELECT count(*) FROM bitacora WHERE accion = 'corregir'") == [(0,)]


@pytest.mark.parametrize("text", ["Lo confirma Renata Olmedo", "habló Renata", "lo dijo Tomás Arce Luna", "es Prieto"])
def test_no_name_gets_into_a_reason(db, text):
    for decide in (validate, discard):
        with pytest.raises(ReviewError, match="el motivo lo lee quien no puede ver nombres"):
            decide(db, ONE, ANA, motivo=text)
    validate(db, ONE, ANA)
    with pytest.raises(ReviewError, match="el motivo"):
        reopen(db, ONE, ANA, motivo=text)
    assert "lmedo" not in str(rows(db, "SELECT motivo FROM bitacora"))


@pytest.mark.parametrize("text", ["Casa de Renata Olmedo", "afuera de la casa de olmedo prieto"])
def test_no_victim_is_named_as_the_place(db, text):
    with pytest.raises(ReviewError, match="este texto"):
        correct(db, ONE, "sitio", text, ANA)


def test_what_names_nobody_is_taken(db):
    correct(db, ONE, "sitio", "Calle Tomás Arce, colonia Olmedo", ANA)
    correct(
        db, ONE, "resumen", "Policías golpearon a una reportera prieta en Álvaro Obregón; luna llena, según la plaza Arce.", ANA
    )
    discard(db, TWO, ANA, motivo="no es su labor: lo confirma la familia")


def test_a_victim_named_like_a_borough_does_not_forbid_the_borough(db):
    edit_victims(db, ONE, [{"id": None, "nombre": "Álvaro Obregón Ruiz", "tipo": "periodista"}], ANA)
    correct(db, ONE, "resumen", "Golpearon a un reportero en Álvaro Obregón, Morelos.", ANA)
    with pytest.raises(ReviewError):
        correct(db, ONE, "resumen", "Golpearon a Ruiz en Álvaro Obregón.", ANA)


def test_a_victim_whose_name_stands_in_the_corrected_summary_is_not_written_before_it_is_mended(db):
    correct(db, ONE, "resumen", "Golpearon a Luis Paz en la plaza.", ANA)
    with pytest.raises(ReviewError, match="resumen"):
        edit_victims(db, ONE, [{"id": None, "nombre": "Luis Paz Roa", "tipo": "periodista"}], ANA)
    correct(db, ONE, "resumen", "Golpearon a un reportero en la plaza.", ANA)
    edit_victims(db, ONE, [{"id": None, "nombre": "Luis Paz Roa", "tipo": "periodista"}], ANA)
