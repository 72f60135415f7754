"""How a crawl ends: by its limits, by Ctrl-C, killed, or with an error of its ledger; what is stored stays."""

import signal
import subprocess
import sys
from pathlib import Path

from harvest_process import finish, interrupt_when, run, start
from press import Page, article, press

from crawlers.capture import read_record, read_responses
from crawlers.fuente import Fuente


def source(name, **given):
    return Fuente(id=name, nombre=name, tipo="medio_local", sitio="http://ejemplo.invalid", **given)


def test_time_limits_end_a_source_and_a_run_and_leave_the_rest_pending(tmp_path):
    with press("lento", "bueno") as (slow, good):
        for outlet in (slow, good):
            outlet.publish("/a", "/b")
        slow.pages["/b"] = Page(article("Tarde"), delay=15)
        sources = [source("lento", rss=slow.url("/rss.xml")), source("bueno", rss=good.url("/rss.xml"))]
        first = start(sources, tmp_path / "1", download_timeout=20.0, source_time_limit=4.0)
        second = start(sources, tmp_path / "2", download_timeout=20.0, time_limit=4.0)
        by_source, by_run = finish(first, tmp_path / "1"), finish(second, tmp_path / "2")
    for found, reason in ((by_source, "se agotó el tiempo de la fuente"), (by_run, "se agotó el tiempo de la corrida")):
        assert dict(found.ledger.closed) == {"lento": reason, "bueno": ""}
        assert found.ledger.count("lento") == {"nueva": 1, "pendiente": 1}
        assert found.seconds < 12
        assert not found.summary.interrupted


def test_ctrl_c_ends_cleanly_and_a_second_run_takes_up_what_was_left(tmp_path):
    paths = [f"/{n}" for n in range(30)]
    with press("uno") as (one,):
        one.publish(*paths)
        sources = [source("uno", rss=one.url("/rss.xml"))]
        process = start(sources, tmp_path / "1", delay=0.2)
        interrupt_when(process, lambda: one.asked("/3"))
        first = finish(process, tmp_path / "1")
        assert first.summary.interrupted
        assert first.ledger.closed == [("uno", "interrumpida")]
        fates = first.ledger.count("uno")
        assert 0 < fates["nueva"] < 30
        assert fates["nueva"] + fates["pendiente"] == 30
        for noticia in first.ledger.noticias.values():
            assert read_record(tmp_path / "1", noticia.captura).sha256 == noticia.sha256
        second = run(sources, tmp_path / "1", first.ledger)
    assert second.ledger.count("uno") == {"nueva": 30}


def test_a_killed_run_leaves_readable_evidence(tmp_path):
    with press("uno") as (one,):
        one.publish(*(f"/{n}" for n in range(30)))
        process = start([source("uno", rss=one.url("/rss.xml"))], tmp_path, delay=0.1)
        interrupt_when(process, lambda: one.asked("/5"), signal.SIGKILL)
        process.communicate(timeout=20)
    assert process.returncode == -signal.SIGKILL
    (path,) = (tmp_path / "captura").rglob("*.warc.gz")
    kept = {record.url for record in read_responses(path)}
    assert {one.url("/robots.txt"), one.url("/rss.xml"), one.url("/0")} <= kept


def in_process(code, folder):
    """Run code that calls `harvest` itself; `options` is there for it."""
    here = Path(__file__).parent
    head = f"""
import sys; sys.path[:0] = [{str(here)!r}, {str(here.parent)!r}]
from pathlib import Path
from crawlers.fuente import Fuente
from crawlers.harvest import HarvestOptions, harvest
from harvest_process import fixed_now
from memory_ledger import MemoryLedger

options = HarvestOptions(Path({str(folder)!r}), 1, fixed_now, workers=1)
"""
    return subprocess.run([sys.executable, "-c", head + code], capture_output=True, text=True, timeout=30, check=False)


def test_an_error_of_the_ledger_reaches_the_caller(tmp_path):
    code = """
class Broken(MemoryLedger):
    def close_source(self, fuente_id, motivo):
        raise OSError("disco lleno")

try:
    harvest([Fuente("a", "A", "medio_local", "http://a.invalid")], Broken(), options)
except OSError as error:
    print("llegó:", error)
"""
    told = in_process(code, tmp_path)
    assert told.stdout == "llegó: disco lleno\n", told.stderr


def test_a_name_that_leads_to_a_private_address_is_refused(tmp_path):
    """What the resolver answers is what counts: the name itself looks like any other."""
    code = """
import socket
socket.gethostbyname = lambda name: "10.0.0.7"
socket.getaddrinfo = lambda *_, **__: [(2, 1, 6, "", ("10.0.0.7", 0))]
ledger = MemoryLedger()
found = harvest([Fuente("a", "A", "medio_local", "http://a.ejemplo", rss="http://a.ejemplo/rss")], ledger, options)
print(ledger.closed, found.failed[0].fuente_id)
"""
    told = in_process(code, tmp_path)
    assert told.stdout == "[('a', 'canal: dirección local o privada')] a\n", told.stderr


def test_without_sources_there_is_nothing_to_do(tmp_path):
    told = in_process("print(harvest([], MemoryLedger(), options))", tmp_path)
    assert told.stdout == "HarvestSummary(sources=(), interrupted=False, captures=None)\n", told.stderr
