"""Demonstrations on the site without a browser: decisions with their version, refusals, and the calendar's key."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cuentas import add_account
from datasette.app import Datasette
from sembrado import seeded
from sitio import ask, rows, send

from pipeline.accounts.changes import Desk, new_feed_token
from pipeline.demonstrations import Draft, create
from pipeline.demonstrations.proposals import Offer, offer
from pipeline.pages.serving import build_site
from pipeline.registry.connection import open_registry
from pipeline.registry.transaction import writing
from pipeline.review import Hand

NOW = datetime.now(UTC)
LIST, ONE = "/-/movilizaciones", "/-/movilizacion/1"
ANALYST = ["analista"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """One march of tomorrow and one proposal of the day after."""
    made = seeded(tmp_path / "registro.db", 1)
    with closing(open_registry(made)) as db:
        create(db, Draft("Marcha de los faroleros", NOW + timedelta(hours=20)), Hand("ana", NOW))
        with writing(db):
            offer(db, Offer("La Jacaranda", (NOW + timedelta(days=2)).date(), "noticia"), NOW)
    return made


@pytest.fixture
def site(path: Path) -> Datasette:
    return build_site(path, accounts=True)


def change(site: Datasette, **said: str):
    return send(site, ONE, ANALYST, data={"version": "1", "accion": "cambiar", **said})


def test_a_change_is_stored_with_who_did_it_and_a_second_one_of_the_same_version_is_told(site) -> None:
    assert change(site, causa="Contra la oscuridad").status_code == 303
    answer = change(site, causa="La mía")
    assert (answer.status_code, "alguien la cambió" in answer.text, "La mía" in answer.text) == (409, True, True)
    assert rows(site, "SELECT causa, version FROM movilizaciones") == [{"causa": "Contra la oscuridad", "version": 2}]
    assert rows(site, "SELECT quien, campo FROM bitacora WHERE accion = 'cambiar'") == [{"quien": "ana", "campo": "causa"}]
    assert "cambió causa" in ask(site, ONE, ANALYST).text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"inicio": "mañana"}, "no es un momento"),
        ({"fin": "1999-01-01 10:00"}, "después del inicio"),
        ({"fuentes": "nadie"}, "no hay fuente"),
        ({"accion": "volar"}, "no es un estado"),
        ({"version": "x"}, "es un número"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(site, said, expected) -> None:
    answer = change(site, **said)
    assert (answer.status_code, expected in answer.text) == (400, True)
    assert rows(site, "SELECT version FROM movilizaciones") == [{"version": 1}]


def test_states_move_by_a_button(site) -> None:
    assert change(site, accion="en_curso").status_code == 303
    assert change(site, accion="cancelar", version="2").status_code == 303
    assert rows(site, "SELECT estado FROM movilizaciones") == [{"estado": "cancelada"}]


def test_a_proposal_is_decided_once(site) -> None:
    assert send(site, LIST, ANALYST, data={"accion": "aceptar", "propuesta": "1"}).status_code == 303
    answer = send(site, LIST, ANALYST, data={"accion": "descartar", "propuesta": "1"})
    assert (answer.status_code, "ya está aceptada" in answer.text) == (400, True)
    assert rows(site, "SELECT count(*) AS n FROM movilizaciones") == [{"n": 2}]


def test_a_new_one_that_is_refused_keeps_what_was_typed(site) -> None:
    answer = send(site, LIST, ANALYST, data={"accion": "alta", "nombre": "Marcha <b>nueva</b>", "inicio": "luego"})
    assert (answer.status_code, "Marcha &lt;b&gt;nueva&lt;/b&gt;" in answer.text) == (400, True)


def test_the_calendar_is_read_with_a_key_and_no_session(site, path) -> None:
    registro = path
    add_account(registro, "luis", ["lectura"])
    with closing(open_registry(registro)) as db:
        key = new_feed_token(Desk(db, registro, "luis", NOW), "luis")
    assert ask(site, "/-/movilizaciones.ics").status_code == 403
    assert ask(site, "/-/movilizaciones.ics?clave=otra").status_code == 403
    answer = ask(site, f"/-/movilizaciones.ics?clave={key}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert "SUMMARY:Marcha de los faroleros" in answer.text


def test_its_report_comes_as_a_file(site) -> None:
    assert f'href="{ONE}/informe"' in ask(site, ONE, ANALYST).text
    answer = ask(site, f"{ONE}/informe", ANALYST)
    assert (answer.status_code, answer.headers["content-disposition"]) == (200, 'attachment; filename="movilizacion-1.html"')
    assert "Marcha de los faroleros" in answer.text


def test_who_may_only_read_sees_the_view_and_not_the_pages(site) -> None:
    assert [ask(site, one, ["lectura"]).status_code for one in (LIST, ONE, "/registro/movilizaciones_propuestas.json")] == [
        403
    ] * 3
    answer = ask(site, "/registro/v_movilizaciones.json?_shape=objects", ["lectura"]).json()
    assert [(one["nombre"], one["estado"], one["bases"]) for one in answer["rows"]] == [
        ("Marcha de los faroleros", "prevista", 0)
    ]
