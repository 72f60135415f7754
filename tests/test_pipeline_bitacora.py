"""The log: one line per event that nobody can forge, nothing at all in a healthy run that was not asked to talk."""

import logging
import re
from contextlib import closing

import pytest
from corrida import start
from factories import NOW, enlace, lectura, registry, run_id
from prensa_minima import HOSTS, build

from crawlers.noticia import Destino
from crawlers.urls import normalise
from pipeline.bitacora import logged
from pipeline.run_watch import WatchedLedger

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (\S+) (\S+) (.+)")


@pytest.fixture(scope="module")
def press(tmp_path_factory):
    return build(tmp_path_factory.mktemp("minima"))


def said(press, registro):
    process = start(press, registro, "--cortesia", "0")
    _, err = process.communicate(timeout=90)
    assert process.returncode == 0, err
    return err


def test_a_healthy_run_is_silent_unless_asked(press, tmp_path):
    assert said(press, tmp_path / "registro.db") == ""


def test_asked_for_detail_a_run_tells_every_event_on_a_line(press, tmp_path, monkeypatch):
    config = tmp_path / "hallazgos.toml"
    config.write_text("detalle = true\n", "utf-8")
    monkeypatch.setenv("HALLAZGOS_CONFIG", str(config))
    lines = said(press, tmp_path / "registro.db").splitlines()
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), lines
    told = [line.groups() for line in found]
    assert sorted(event for event in told if event[1] == "fuente") == [
        ("faro", "fuente", "leída"),
        ("voz", "fuente", "leída"),
    ]
    assert ("voz", "canal", "https://voz.ejemplo/rss.xml 4 enlaces, 4 por pedir") in told
    assert sorted(event for event in told if event[1] == "enlace") == [
        (host.partition(".")[0], "enlace", f"https://{host}/nota-{number} nueva") for host in HOSTS for number in range(4)
    ]
    assert [what for source, what, _ in told if source == "corrida"] == [
        "1",
        "etiquetas:",
        "hallazgos:",
        "movilizaciones:",
        "enlaces:",
        "muestra:",
        "evidencia:",
        "1",
    ]


@pytest.fixture
def ledger(tmp_path):
    with closing(registry(tmp_path)) as db:
        yield WatchedLedger(db, run_id(db), lambda: NOW)


def test_a_link_is_told_with_the_fate_it_got_and_why(ledger, capsys):
    tried, refused = enlace("uno"), enlace("dos")
    with logged(detail=True):
        ledger.record_reading(lectura(tried, refused))
        ledger.record_fate(tried, Destino.ERROR, "HTTP 503")
        ledger.record_fate(refused, Destino.RECHAZADA, "robots.txt no lo permite")
        ledger.record_reading(lectura(estado=304))
        ledger.record_reading(lectura(estado=0, motivo="no responde"))
        ledger.close_source("faro", "canal: no responde")
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.partition(" ")[2] for line in err.splitlines()] == [
        "faro canal https://faro.ejemplo/rss.xml 2 enlaces, 2 por pedir",
        "faro enlace https://faro.ejemplo/uno?utm_source=canal pendiente: HTTP 503",
        "faro enlace https://faro.ejemplo/dos?utm_source=canal rechazada: robots.txt no lo permite",
        "faro canal https://faro.ejemplo/rss.xml sin cambios",
        "faro canal https://faro.ejemplo/rss.xml no responde",
        "faro fuente canal: no responde",
    ]


def test_what_the_press_writes_never_forges_a_line(ledger, capsys):
    hostile = "https://faro.ejemplo/a\n2026-01-01T00:00:00Z faro fuente leída\x1b[2J\u202e\x9b\u2028\x00"
    link = enlace(url=hostile, url_normalizada="https://faro.ejemplo/a")
    with logged(detail=True):
        ledger.record_reading(lectura(link))
        ledger.record_fate(link, Destino.RECHAZADA, "tipo\r\nfalso")
    _, err = capsys.readouterr()
    assert err.count("\n") == 2 and len(err.splitlines()) == 2
    assert all(char.isprintable() or char == "\n" for char in err)
    assert "\\u000a2026-01-01" in err and "tipo\\u000d\\u000afalso" in err


def test_a_line_has_an_end(capsys):
    with logged(detail=True):
        logging.getLogger("crawlers.source").info("faro enlace %s nueva", "https://faro.ejemplo/" + "a" * 5_000)
    assert len(capsys.readouterr().err) == 1_001


def test_an_error_of_ours_is_one_line_that_says_where(capsys):
    with logged(detail=False):
        try:
            normalise(None)
        except TypeError as error:
            logging.getLogger("crawlers.source").error("faro enlace error interno", exc_info=error)
        logging.getLogger("pipeline.run").info("faro fuente leída")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert re.search(r"error interno \(TypeError en crawlers/urls\.py:\d+\)$", lines[0]), lines


def test_the_loggers_are_left_as_they_were():
    log = logging.getLogger("crawlers")
    before = (log.level, log.propagate, list(log.handlers))
    with logged(detail=True):
        assert log.isEnabledFor(logging.INFO)
    assert (log.level, log.propagate, log.handlers) == before
