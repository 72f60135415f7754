"""Proposals: each year's, the news' and their doubles; accepted, dismissed, expired; what a run does for them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from factories import fuente, noticia, registry, rows

from pipeline.demonstrations import create, list_days
from pipeline.demonstrations.draft import Draft
from pipeline.demonstrations.proposals import Offer, accept, dismiss, offer
from pipeline.demonstrations.recurrent import day_in, propose_recurrent, read_recurrent
from pipeline.demonstrations.tending import propose_from_news, tend
from pipeline.errores import ErrorDeUso
from pipeline.registry.noticias import insert_noticia
from pipeline.registry.proposals import waiting
from pipeline.registry.transaction import writing
from pipeline.review import Hand, ReviewError

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HAND = Hand("ana", NOW)
LIST = "Cuauhtémoc\n- {who}\n- Hora: 13:00\n- Lugar: {where}\n- {other}\n- Hora: 16:30\n- Lugar: Palacio de Bellas Artes\n"


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path, fuente(), fuente("agencia")) as opened:
        yield opened


def propose(db, **told) -> bool:
    with writing(db):
        return offer(db, Offer(**{"nombre": "Colectivo La Jacaranda", "dia": TODAY, "origen": "noticia", **told}), NOW)


def store(db, name: str, title: str, text: str, clave: str = "faro") -> int:
    with writing(db):
        return insert_noticia(
            db,
            noticia(
                name, clave, titulo=title, texto=text, publicada_en="2026-11-24T12:00:00Z", capturada_en="2026-11-24T14:00:00Z"
            ),
        )


def test_every_year_s_days_are_those_that_people_know():
    by_key = {one.clave: one for one in read_recurrent()}
    assert {
        "8m",
        "2_octubre",
        "26_septiembre",
        "10_mayo",
        "28_septiembre",
        "10_junio",
        "15_mayo",
        "orgullo",
        "25_noviembre",
    } <= set(by_key)
    assert [day_in(by_key["orgullo"], year) for year in (2024, 2025, 2026)] == [
        date(2024, 6, 29),
        date(2025, 6, 28),
        date(2026, 6, 27),
    ]


def test_the_year_s_are_proposed_once_some_weeks_before(db):
    assert propose_recurrent(db, NOW) == 1
    assert propose_recurrent(db, NOW) == 0
    (one,) = waiting(db, TODAY)
    assert (one.dia, one.origen, one.riesgo_esperado) == (date(2026, 11, 25), "recurrente", "alto")
    dismiss(db, one.id, HAND)
    assert propose_recurrent(db, NOW) == 0
    assert propose_recurrent(db, NOW + timedelta(days=365)) == 1
    assert propose_recurrent(db, datetime(2027, 2, 1, tzinfo=UTC)) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("dia = '02-30'", "MM-DD"),
        ("dia = '03-08'\nhoras = '16:00'", "«horas» no es un campo"),
        ("dia = '03-08'\nhora = '4 pm'", "HH:MM"),
        ("dia = '03-08'\nanticipacion = 0", "anticipacion"),
        ("dia = '03-08'\nriesgo = 'mucho'", "no es una clave"),
        ("dia = ", "no se puede leer"),
    ],
)
def test_a_bad_file_is_named_with_its_entry(tmp_path, line, said):
    path = tmp_path / "propias.toml"
    path.write_text(f"[[recurrente]]\nclave = 'x'\nnombre = 'Marcha'\n{line}\n", "utf-8")
    with pytest.raises(ErrorDeUso, match=said) as told:
        read_recurrent(path)
    assert told.value.message.startswith("propias.toml")


def test_the_same_announcement_from_two_outlets_is_one(db):
    assert propose(db, sitio="Hemiciclo a Juárez", hora="13:00")
    assert not propose(db, nombre="Colectivo “La Jacaranda”", sitio="Hemiciclo a Juárez", hora="13:00")
    assert not propose(db, nombre="COLECTIVO LA JACARANDA", sitio="el Hemiciclo a Juárez")
    assert not propose(db, nombre="La Jacaranda y vecinas", sitio="Hemiciclo a Juárez", hora="13:00")
    assert propose(db, nombre="Otro grupo distinto", sitio="Hemiciclo a Juárez", hora="13:00")
    assert propose(db, hora="18:00")
    assert propose(db, dia=TODAY + timedelta(days=1), hora="13:00")


def test_a_second_telling_fills_what_the_first_lacked(db):
    propose(db)
    assert not propose(db, hora="13:00", sitio="Zócalo", alcaldia="cuauhtemoc")
    assert [(one.hora, one.sitio, one.alcaldia) for one in waiting(db, TODAY)] == [("13:00", "Zócalo", "cuauhtemoc")]


def test_what_is_over_or_watched_already_is_not_proposed(db):
    assert not propose(db, dia=TODAY - timedelta(days=1))
    create(db, Draft("Marcha del Colectivo La Jacaranda", TODAY), HAND)
    assert not propose(db)


def test_entries_expire_by_themselves(db):
    propose(db)
    assert len(waiting(db, TODAY)) == 1
    assert waiting(db, TODAY + timedelta(days=1)) == []


def test_one_tap_makes_a_demonstration_of_it(db):
    propose(db, hora="13:00", sitio="Ángel de la Independencia → Zócalo", convocantes=("La Jacaranda",))
    (found,) = waiting(db, TODAY)
    made = accept(db, found.id, HAND)
    assert (made.inicio, made.origen, made.convocantes) == (
        datetime(2026, 11, 24, 19, tzinfo=UTC),
        "noticia",
        ("La Jacaranda",),
    )
    assert [point.nombre for point in made.recorrido] == ["Ángel de la Independencia", "Zócalo"]
    assert all(point.latitud for point in made.recorrido)
    assert waiting(db, TODAY) == []
    with pytest.raises(ReviewError, match="ya está aceptada"):
        dismiss(db, found.id, HAND)
    assert rows(db, "SELECT quien, accion FROM bitacora ORDER BY id") == [("ana", "alta"), ("ana", "aceptar")]


def test_the_news_are_read_once_and_from_two_outlets_give_one(db):
    title = "Marchas hoy 24 de noviembre en CDMX"
    first = store(
        db, "uno", title, LIST.format(who="Colectivo La Jacaranda", where="Hemiciclo a Juárez", other="Red Violeta de Prueba")
    )
    assert propose_from_news(db, NOW, pause=0) == 2
    text = LIST.format(who="Colectivo “La Jacaranda”", where="Hemiciclo a Juárez", other="Frente de Ensayo")
    store(db, "dos", title, text, "agencia")
    assert propose_from_news(db, NOW, pause=0) == 1
    assert propose_from_news(db, NOW, pause=0) == 0
    assert waiting(db, TODAY)[0].noticia_id == first


def test_a_run_moves_the_clock_and_proposes(db):
    create(db, Draft("Marcha", datetime(2026, 11, 24, 19, tzinfo=UTC)), HAND)
    store(db, "uno", "Nota", "Colectivas convocan a marchar mañana del Ángel de la Independencia al Zócalo.")
    done = tend(db, NOW + timedelta(hours=2), pause=0)
    assert (done.movidas, done.propuestas) == (1, 2)
    again = tend(db, NOW + timedelta(hours=2), pause=0)
    assert (again.movidas, again.propuestas) == (0, 0)
    assert list_days(db, TODAY, TODAY)[0].estado == "en_curso"
