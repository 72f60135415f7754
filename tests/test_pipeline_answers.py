"""Answers that come back the same: only what has every link in its row is known again, and never where more could be taken."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factories import Ticking, enlace, fuente, lectura, noticia, registry, rows, run_id

from crawlers.noticia import Lector
from pipeline.registry.connection import open_registry
from pipeline.registry.ledger import RegistryLedger
from pipeline.registry.runs import sync_sources

FEED = "https://faro.ejemplo/rss.xml"


@pytest.fixture
def now():
    return Ticking()


@pytest.fixture
def db(tmp_path):
    with registry(tmp_path) as opened:
        yield opened


def ledger(db, now, **kwargs):
    return RegistryLedger(db, run_id(db, now()), now, **kwargs)


def known(book, clave="faro"):
    """Whether the source's feed is asked for conditionally, and whether its last answer would be known again."""
    return book.conditional(clave) != (None, None), book.unchanged(clave, f"https://{clave}.ejemplo/rss.xml", "h1")


def test_an_answer_is_known_again_by_address_and_digest(db, now):
    ledger(db, now).record_reading(lectura(enlace("uno")))
    now.forward(hours=1)
    book = ledger(db, now)
    assert known(book) == (True, True)
    assert not book.unchanged("faro", FEED, "h2")
    assert not book.unchanged("faro", "https://faro.ejemplo/mapa.xml", "h1")
    assert known(book, "voz") == (False, False)


def test_a_section_and_a_map_are_known_beside_the_feed_and_leave_its_etag(db, now):
    book = ledger(db, now)
    book.record_reading(lectura(enlace("uno")))
    for lector in (Lector.SECCION, Lector.MAPA):
        url = f"https://faro.ejemplo/{lector}"
        book.record_reading(lectura(lector=lector, url=url, etag='"otra"', huella=f"de {lector}"))
        assert book.unchanged("faro", url, f"de {lector}")
    assert known(book) == (True, True)
    assert book.conditional("faro") == ('"a1"', None)


def test_what_must_be_read_each_time_and_what_could_not_be_read_are_not_known_again(db, now):
    book = ledger(db, now)
    book.record_reading(lectura(enlace("uno"), motivo="no es un canal: HTML"))
    assert known(book) == (False, False)
    book.record_reading(lectura(enlace("uno"), huella=""))
    assert known(book) == (False, False)
    assert not book.unchanged("faro", FEED, "")


def test_an_unreadable_answer_leaves_the_good_one_known(db, now):
    book = ledger(db, now)
    book.record_reading(lectura(enlace("uno")))
    book.record_reading(lectura(motivo="no es un canal: HTML", huella="h2"))
    assert known(book) == (True, True)


@pytest.mark.parametrize("since", [date(2026, 1, 1), date(2026, 5, 10)])
def test_with_a_day_to_begin_from_nothing_is_known_again(db, now, since):
    ledger(db, now).record_reading(lectura(enlace("uno")))
    assert known(ledger(db, now, since=since)) == (False, False)
    assert known(ledger(db, now)) == (True, True)


def test_what_a_narrower_day_left_out_is_taken_by_the_next_ordinary_run(db, now):
    book = ledger(db, now, since=date(2026, 5, 11))
    assert book.record_reading(lectura(enlace("uno"))).enlaces == ()
    book = ledger(db, now)
    assert known(book) == (False, False)
    assert [link.url_normalizada for link in book.record_reading(lectura(enlace("uno"))).enlaces] == [
        "https://faro.ejemplo/uno"
    ]


def test_a_window_that_begins_earlier_has_the_answer_read_again(db, now):
    now.forward(days=30)
    assert ledger(db, now).record_reading(lectura(enlace("uno"))).enlaces == ()
    now.forward(days=-30)
    book = ledger(db, now)
    assert known(book) == (False, False)
    assert len(book.record_reading(lectura(enlace("uno"))).enlaces) == 1
    assert known(book) == (True, True)


def test_readers_of_another_version_read_again(db, now):
    ledger(db, now).record_reading(lectura(enlace("uno")))
    with db.atomic():
        db.execute("UPDATE respuestas SET version_lector = 'anterior'")
    assert known(ledger(db, now)) == (False, False)


def test_a_registry_of_before_reads_each_feed_once_more(db, now):
    with db.atomic():
        db.execute("UPDATE fuentes SET etag = '\"a1\"' WHERE id = 'faro'")
    assert known(ledger(db, now)) == (False, False)


def test_a_feed_at_another_address_is_read(db, now):
    ledger(db, now).record_reading(lectura(enlace("uno")))
    sync_sources(db, [fuente("faro", rss="https://faro.ejemplo/otro.xml"), fuente("voz")], now())
    book = ledger(db, now)
    assert book.conditional("faro") == (None, None)
    assert not book.unchanged("faro", "https://faro.ejemplo/otro.xml", "h1")


def test_a_second_look_that_was_asked_for_keeps_its_answer_unknown_until_it_is_done(db, now):
    book = ledger(db, now)
    book.save_noticia(book.record_reading(lectura(enlace("uno"))).enlaces[0], noticia("uno"))
    now.forward(hours=2)
    retitled = lectura(enlace("uno", titulo="Título corregido"))
    assert [link.revision for link in ledger(db, now).record_reading(retitled).enlaces] == [True]
    book = ledger(db, now)
    assert known(book) == (False, False), "that run was killed before it looked"
    (look,) = book.record_reading(retitled).enlaces
    book.save_noticia(look, noticia("uno", titulo="Título corregido"))
    book = ledger(db, now)
    assert book.record_reading(retitled).enlaces == ()
    assert known(book) == (True, True)


def test_a_link_that_waits_at_another_source_keeps_an_answer_unknown_so_that_it_may_pass_on(db, now):
    ledger(db, now).record_reading(lectura(enlace("uno")))
    shared = lectura(replace(enlace("uno"), fuente_id="voz"), clave="voz")
    ledger(db, now).record_reading(shared)
    assert known(ledger(db, now), "voz") == (False, False)
    sync_sources(db, [fuente("faro", activa=False), fuente("voz")], now())
    assert len(ledger(db, now).record_reading(shared).enlaces) == 1
    ledger(db, now).record_reading(shared)
    assert known(ledger(db, now), "voz") == (True, True)


def test_addresses_that_are_asked_no_more_are_dropped_after_a_month(db, now):
    daily = lectura(lector=Lector.MAPA, url="https://faro.ejemplo/mapa-2026-05-10.xml")
    ledger(db, now).record_reading(daily)
    now.forward(days=31)
    ledger(db, now).record_reading(lectura(enlace("uno")))
    assert rows(db, "SELECT url FROM respuestas") == [(FEED,)]


KILLED = """
import os, signal, sys
from pathlib import Path
from factories import NOW, enlace, lectura, run_id
from pipeline.registry.connection import open_registry
from pipeline.registry.ledger import RegistryLedger

db, calls = open_registry(Path(sys.argv[1])), []

def now():
    calls.append(1)
    if len(calls) > int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return NOW

book = RegistryLedger(db, run_id(db, NOW), now)
book.record_reading(lectura(*(enlace(f"n{n}") for n in range(5))))
"""


@pytest.mark.parametrize("calls", [3, 7])
def test_killed_before_every_link_has_its_row_the_answer_is_read_again(tmp_path, now, calls):
    with registry(tmp_path):
        pass
    (registro,) = tmp_path.glob("*.db")
    here = Path(__file__).parent
    command = [sys.executable, "-c", KILLED, str(registro), str(calls)]
    env = {**os.environ, "PYTHONPATH": f"{here}{os.pathsep}{here.parent}"}
    assert subprocess.run(command, env=env, check=False).returncode == -signal.SIGKILL
    with closing(open_registry(registro)) as db:
        book = ledger(db, now)
        assert known(book) == (False, False)
        assert rows(db, "SELECT count(*) FROM enlaces") == [(0,)]
        assert len(book.record_reading(lectura(*(enlace(f"n{n}") for n in range(5)))).enlaces) == 5
        assert known(book) == (True, True)
