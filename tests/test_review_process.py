"""The process that reads what a page asked for, as the site starts it."""

import subprocess
import sys
import time

import pytest
from press import Page, press
from revisado import ANA, ONE, findings, page
from sitio import ask, rows, send

from pipeline.jobs.start import asked_file, take_up
from pipeline.pages.serving import build_site
from pipeline.review import request_note_by_url

ANALYST = ["analista"]


def waited(site, number):
    """Ask how the job is getting on until it ended."""
    for _ in range(300):
        told = ask(site, f"/-/revision/trabajo/{number}", ANALYST).json()
        if told["estado"] in ("hecho", "fallido"):
            return told
        time.sleep(0.1)
    raise AssertionError(told)


@pytest.fixture
def local(monkeypatch):
    monkeypatch.setenv("HALLAZGOS_PERMITIR_LOCALES", "1")


def test_a_note_asked_for_on_a_page_is_there_within_a_minute(tmp_path, local):
    findings(tmp_path).conn.close()
    site = build_site(tmp_path / "registro.db", accounts=True)
    with press("faro") as (faro,):
        faro.pages["/caso"] = Page(page())
        began = time.monotonic()
        body = {"accion": "nota_por_direccion", "folio": ONE, "url": faro.url("/caso")}
        answer = send(site, "/-/revision/decidir", ANALYST, json=body).json()
        told = waited(site, answer["trabajo"])
    assert (told["estado"], told["folio"]) == ("hecho", ONE)
    assert time.monotonic() - began < 60
    found = rows(site, "SELECT captura, estado, relevante FROM noticias WHERE id = 6")[0]
    assert found["captura"].startswith("captura/")
    assert (found["estado"], found["relevante"]) == ("agrupada", 1)


def test_what_was_left_when_the_site_closed_is_read_when_it_opens(tmp_path, local):
    with press("faro") as (faro,), findings(tmp_path) as db:
        faro.pages["/caso"] = Page(page())
        number = request_note_by_url(db, ONE, faro.url("/caso"), ANA)
        take_up(tmp_path / "registro.db")
        site = build_site(tmp_path / "registro.db", accounts=True)
        assert waited(site, number)["estado"] == "hecho"


def test_what_failed_stands_in_the_log_of_the_site_and_waits_for_a_button(tmp_path, capfd):
    findings(tmp_path).conn.close()
    site = build_site(tmp_path / "registro.db", accounts=True)
    body = {"accion": "nota_por_direccion", "folio": ONE, "url": "https://127.0.0.1/caso"}
    number = send(site, "/-/revision/decidir", ANALYST, json=body).json()["trabajo"]
    assert waited(site, number)["estado"] == "fallido"
    for _ in range(100):
        log = capfd.readouterr().err
        if log:
            break
        time.sleep(0.05)
    assert log == f"trabajo {number} (nota_por_direccion): fallido\n"
    assert "Intentar otra vez" in ask(site, f"/-/hallazgo/{ONE}", ANALYST).text
    answer = {"accion": "quitar_aviso", "folio": ONE, "trabajo": number}
    assert send(site, "/-/revision/decidir", ANALYST, json=answer).status_code == 200
    assert "Intentar otra vez" not in ask(site, f"/-/hallazgo/{ONE}", ANALYST).text


@pytest.mark.parametrize("roles", [None, ["lectura"]])
def test_a_job_is_told_to_who_may_review(tmp_path, roles):
    findings(tmp_path).conn.close()
    site = build_site(tmp_path / "registro.db", accounts=True)
    assert ask(site, "/-/revision/trabajo/1", roles).status_code == 403
    assert ask(site, "/-/revision/trabajo/1", ANALYST).status_code == 404


def test_a_service_of_its_own_waits_for_a_file_and_takes_it_away(tmp_path, local):
    findings(tmp_path).conn.close()
    registry = tmp_path / "registro.db"
    site = build_site(registry, accounts=True, jobs_apart=True)
    with press("faro") as (faro,):
        faro.pages["/caso"] = Page(page())
        body = {"accion": "nota_por_direccion", "folio": ONE, "url": faro.url("/caso")}
        number = send(site, "/-/revision/decidir", ANALYST, json=body).json()["trabajo"]
        assert asked_file(registry).exists()
        assert rows(site, "SELECT estado FROM trabajos") == [{"estado": "pendiente"}]
        command = [sys.executable, "-c", "from pipeline.cli import main; main()", "servir", "--pedidos", "solo"]
        done = subprocess.run([*command, "--registro", str(registry)], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout == "Pedidos atendidos: 1\n"
    assert not asked_file(registry).exists()
    assert ask(site, f"/-/revision/trabajo/{number}", ANALYST).json()["estado"] == "hecho"
