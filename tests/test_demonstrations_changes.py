"""Demonstrations: what is stored of one, its defaults, its states by a person and by the clock, and the trail."""

from datetime import UTC, date, datetime, timedelta

import pytest
from factories import registry, rows

from crawlers.fechas import MEXICO
from pipeline.demonstrations import Draft, cancel, change, create, get, list_days, move_by_clock, set_state, to_watch
from pipeline.demonstrations.places import route
from pipeline.registry.demonstrations import USUAL
from pipeline.review import Conflict, Hand, ReviewError

NOW = datetime(2026, 3, 1, 18, tzinfo=UTC)
START = datetime(2026, 3, 8, 16, tzinfo=MEXICO)
HAND = Hand("ana", NOW)


def march(**more: object) -> Draft:
    return Draft(**{"nombre": "Marcha del 8 de marzo", "inicio": START, **more})


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path) as opened:
        yield opened


def test_what_is_told_comes_back_as_it_was_told(db):
    draft = march(
        convocantes=("Colectiva Jacaranda", "Red Violeta", "Red Violeta"),
        causa="Contra la violencia",
        fin=START + timedelta(hours=5),
        recorrido=route(["Ángel de la Independencia", "", "zócalo", "Puerta 3 | 19.4, -99.1"]),
        asistencia_esperada=90_000,
        riesgo_esperado="alto",
        fuentes=("faro",),
    )
    kept = create(db, draft, HAND)
    assert kept == get(db, kept.id)
    assert (kept.nombre, kept.convocantes) == ("Marcha del 8 de marzo", ("Colectiva Jacaranda", "Red Violeta"))
    assert (kept.dia, kept.inicio, kept.hora_sabida) == (date(2026, 3, 8), START, True)
    assert [(p.nombre, p.latitud is not None) for p in kept.recorrido] == [
        ("Ángel de la Independencia", True),
        ("zócalo", True),
        ("Puerta 3", True),
    ]
    assert (kept.alcaldia, kept.estado, kept.origen, kept.version) == ("cuauhtemoc", "prevista", "a_mano", 1)
    assert kept.vigilar_desde == START - timedelta(hours=24)
    assert kept.vigilar_hasta == START + timedelta(hours=5 + 72)


def test_without_an_end_the_watch_goes_on_from_the_end_of_the_day(db):
    whole_day = create(db, march(inicio=date(2026, 10, 2)), HAND)
    assert not whole_day.hora_sabida
    assert whole_day.inicio == datetime(2026, 10, 2, tzinfo=MEXICO)
    assert whole_day.vigilar_hasta == datetime(2026, 10, 6, tzinfo=MEXICO)
    assert create(db, march(), HAND).vigilar_hasta == datetime(2026, 3, 12, tzinfo=MEXICO)


def test_a_change_moves_the_watch_unless_a_person_fixed_it(db):
    kept = create(db, march(), HAND)
    moved = change(db, kept.id, {"inicio": START + timedelta(days=1)}, Hand("luz", NOW, 1))
    assert moved.vigilar_desde == START
    fixed = change(db, kept.id, {"vigilar_desde": START - timedelta(days=5)}, HAND)
    again = change(db, kept.id, {"inicio": START, "nombre": "Otra"}, HAND)
    assert (again.vigilar_desde, again.nombre, again.version) == (fixed.vigilar_desde, "Otra", 4)
    assert change(db, kept.id, {"vigilar_desde": None}, HAND).vigilar_desde == START - timedelta(hours=24)
    lines = rows(db, "SELECT quien, campo FROM bitacora WHERE tabla = 'movilizaciones' ORDER BY id")
    assert lines[:2] == [("ana", "origen"), ("luz", "dia")]


def test_a_second_person_is_told_and_a_change_of_nothing_leaves_no_line(db):
    kept = create(db, march(), HAND)
    change(db, kept.id, {"causa": "otra"}, Hand("luz", NOW, 1))
    with pytest.raises(Conflict):
        change(db, kept.id, {"causa": "la mía"}, Hand("ana", NOW, 1))
    assert change(db, kept.id, {"causa": "otra"}, Hand("ana", NOW, 2)).version == 2
    assert rows(db, "SELECT count(*) FROM bitacora") == [(2,)]


def test_the_clock_begins_and_ends_them(db):
    told = create(db, march(fin=START + timedelta(hours=3)), HAND)
    open_ended = create(db, march(nombre="Sin fin"), HAND)
    gone = cancel(db, create(db, march(nombre="No será"), HAND).id, HAND, "llueve")
    assert move_by_clock(db, START - timedelta(minutes=1)) == 0
    assert move_by_clock(db, START) == 2
    assert move_by_clock(db, START + timedelta(hours=4)) == 1
    assert [get(db, one.id).estado for one in (told, open_ended, gone)] == ["terminada", "en_curso", "cancelada"]
    assert move_by_clock(db, START + USUAL - timedelta(minutes=1)) == 0
    assert move_by_clock(db, START + USUAL) == 1
    assert rows(db, "SELECT DISTINCT quien FROM bitacora WHERE campo = 'estado'") == [("ana",), ("reloj",)]


def test_a_person_moves_the_state_and_the_hours_hold(db):
    kept = create(db, march(), HAND)
    assert set_state(db, kept.id, "en_curso", HAND).estado == "en_curso"
    assert move_by_clock(db, NOW) == 0
    assert set_state(db, kept.id, "terminada", Hand("ana", START)).estado == "terminada"
    assert move_by_clock(db, START) == 0
    with pytest.raises(ReviewError, match="ya terminó"):
        set_state(db, kept.id, "en_curso", Hand("ana", START + timedelta(days=2)))
    with pytest.raises(ReviewError, match="ya empezó"):
        set_state(db, kept.id, "prevista", Hand("ana", START + timedelta(hours=1)))
    assert change(db, kept.id, {"inicio": START + timedelta(days=9)}, HAND).estado == "prevista"


def test_what_is_watched_and_what_a_span_of_days_holds(db):
    one = create(db, march(), HAND)
    create(db, march(nombre="Otra", inicio=date(2026, 5, 10)), HAND)
    gone = cancel(db, create(db, march(nombre="No será"), HAND).id, HAND)
    assert to_watch(db, NOW) == []
    assert [d.id for d in to_watch(db, START - timedelta(hours=24))] == [one.id]
    assert [d.id for d in list_days(db, date(2026, 3, 8), date(2026, 3, 8))] == [one.id, gone.id]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"nombre": " "}, "necesita un nombre"),
        ({"nombre": "x" * 301}, "nombre: son más"),
        ({"fin": START}, "después del inicio"),
        ({"alcaldia": "ecatepec"}, "no es una alcaldía"),
        ({"riesgo_esperado": "mucho"}, "no es un riesgo"),
        ({"asistencia_esperada": -1}, "número de personas"),
        ({"vigilar_desde": START + timedelta(days=9)}, "antes de empezar"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(db, more, said):
    with pytest.raises(ReviewError, match=said) as told:
        create(db, march(**more), HAND)
    assert "\n" not in told.value.message
    assert rows(db, "SELECT count(*) FROM movilizaciones") == [(0,)]


@pytest.mark.parametrize("line", ["Sitio | 19.4", "Sitio | 99.4, -99.1", "|", "x" * 201])
def test_a_point_that_is_none_is_refused(line):
    with pytest.raises(ReviewError):
        route([line])


def test_a_name_of_the_registry_is_refused_in_what_everybody_reads(db):
    with db.atomic():
        db.execute("INSERT INTO personas (nombre, clave, tipo) VALUES ('Inés Ocampo Ruiz', 'ines ocampo ruiz', 'persona')")
    for more in ({"nombre": "Marcha por Inés Ocampo Ruiz"}, {"convocantes": ("Inés Ocampo Ruiz",)}):
        with pytest.raises(ReviewError, match="lleva el de una persona") as told:
            create(db, march(**more), HAND)
        assert "Inés" not in told.value.message
