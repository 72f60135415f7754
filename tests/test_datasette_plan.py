"""The plan's page: everybody reads it, who may review says what was reached, and nobody steps on another."""

from datetime import UTC, datetime

import pytest
from contados import registro
from sitio import ask, rows, send

from pipeline.pages.serving import build_site
from pipeline.plan.changes import load_plan
from pipeline.plan.goals import SHIPPED, read_goals
from pipeline.plan.sheet import arrival
from pipeline.review.changes import Hand

ANALYST, READER = ["analista"], ["lectura"]


@pytest.fixture
def site(tmp_path):
    with registro(tmp_path) as db:
        load_plan(db, 2026, read_goals(), arrival("metas", SHIPPED), Hand("ana", datetime(2026, 1, 2, tzinfo=UTC)))
    return build_site(tmp_path / "registro.db", accounts=True)


def say(site, roles=ANALYST, **fields):
    told = {"trimestre": "2026-T1", "clave": "1.3", "version": "0", "alcanzado": "3", **fields}
    return send(site, "/-/plan", roles, data=told)


def reached(site):
    return rows(site, "SELECT clave, alcanzado, version FROM avances")


def test_who_may_review_says_what_was_reached_and_takes_it_back(site):
    assert say(site).status_code == 303
    assert reached(site) == [{"clave": "1.3", "alcanzado": 3.0, "version": 1}]
    page = ask(site, "/-/plan?trimestre=2026-T1", READER).text
    assert "25 de 25" in page and "de –" not in page
    assert "Plan anual: primer trimestre de 2026" in page
    assert "Decir lo alcanzado" not in page
    assert "Decir lo alcanzado" in ask(site, "/-/plan?trimestre=2026-T1", ANALYST).text
    assert say(site, accion="quitar", version="1").status_code == 303
    assert reached(site) == []


def test_what_cannot_be_is_told_and_changes_nothing(site):
    assert say(site, READER).status_code == 403
    assert say(site, None).status_code == 403
    for fields, why in (
        ({"alcanzado": "muchos"}, "no es un número"),
        ({"alcanzado": ""}, "alta lo alcanzado"),
        ({"clave": "1.4"}, "no se dice a mano"),
        ({"trimestre": "2026"}, "se espera un trimestre"),
    ):
        refused = say(site, **fields)
        assert (refused.status_code, why in refused.text) == (400, True), why
    assert reached(site) == []


def test_what_was_typed_stays_in_the_form_that_was_refused(site):
    page = say(site, alcanzado="muchos", nota="Falta una visita").text
    assert page.count("<details open>") == 1
    assert 'value="muchos"' in page
    assert 'value="Falta una visita"' in page


def test_the_second_hand_is_told_of_the_first(site):
    say(site)
    refused = say(site, alcanzado="9", nota="Dos visitas más")
    assert ('value="9"' in refused.text, 'value="Dos visitas más"' in refused.text) == (True, True)
    assert 'name="version" value="1"' in refused.text.split("<details open>")[1]  # what is sent again is said over the other
    assert (refused.status_code, "después de que usted abrió la página" in refused.text) == (409, True)
    assert reached(site)[0]["alcanzado"] == 3.0


def test_without_a_plan_the_page_says_how_it_is_loaded(tmp_path):
    registro(tmp_path).conn.close()
    page = ask(build_site(tmp_path / "registro.db"), "/-/plan")
    assert (page.status_code, "hallazgos plan cargar" in page.text) == (200, True)
