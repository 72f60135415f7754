"""One source's way, on a download that answers from a table: limits, faults of our own, evidence before rows."""

import asyncio
from datetime import UTC, datetime

from memory_ledger import MemoryLedger
from press import article, rss

from crawlers.capture import Captures, Exchange, body_digest, read_responses
from crawlers.evidence import Evidence
from crawlers.fetch import Fetcher
from crawlers.fuente import Fuente
from crawlers.guards import TooLarge
from crawlers.options import HarvestOptions
from crawlers.pool import Pool
from crawlers.source import Kit, SourceRun

NOW = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
SITE = "https://diario.ejemplo"
FEED = f"{SITE}/rss.xml"


class OrderedLedger(MemoryLedger):
    """Notes, at every row, whether what the row speaks of lies in the evidence already."""

    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.seen = []

    def record_reading(self, reading):
        self.seen.append(all(body_digest(self.folder, link.captura) for link in reading.enlaces))
        return super().record_reading(reading)

    def save_noticia(self, enlace, noticia):
        self.seen.append(body_digest(self.folder, noticia.captura) == noticia.sha256 != "")
        return super().save_noticia(enlace, noticia)


def crawl(folder, answers, ledger=None, *, seccion_url="", **options):
    """Run one source over a table of address → (status, body) or an exception; return its run and the ledger."""

    async def download(url, headers, _most):
        found = answers.get(url, (404, b""))
        if isinstance(found, Exception):
            raise found
        return Exchange(url, found[0], (("Content-Type", "text/html"),), found[1], headers)

    told = HarvestOptions(folder=folder, run_id=1, now=lambda: NOW, **options)
    ledger = ledger or MemoryLedger()
    captures = Captures(folder, 1)

    async def whole():
        fetcher, pool = Fetcher(download, told), Pool(1, 20.0)
        evidence = Evidence(captures, fetcher.rules, told.now)
        fuente = Fuente("diario", "Diario", "medio_local", SITE, rss=FEED, seccion_url=seccion_url)
        run = SourceRun(fuente, Kit(fetcher, evidence, pool, ledger, told))
        try:
            await run.run()
        finally:
            pool.close()
            captures.close()
        return run

    return asyncio.run(whole()), ledger, captures


def feed(*paths):
    return (200, rss([(SITE + path, f"Nota {path}") for path in paths]))


def test_a_fault_of_ours_with_one_link_does_not_stop_the_others(tmp_path):
    answers = {FEED: feed("/a", "/b", "/c"), f"{SITE}/a": LookupError("x"), f"{SITE}/b": (403, b""), f"{SITE}/c": (500, b"")}
    run, ledger, _ = crawl(tmp_path, answers)
    assert f"error {SITE}/a error interno (LookupError)" in ledger.calls
    assert ledger.fate(f"{SITE}/b") == ("nueva", "")
    assert f"error {SITE}/c HTTP 500" in ledger.calls
    assert run.summary().motivo == ""


def test_a_source_stops_at_its_pages_and_says_so(tmp_path):
    answers = {FEED: feed(*(f"/{n}" for n in range(6)))}
    run, ledger, _ = crawl(tmp_path, answers, source_pages=2)
    assert sum(call.startswith("error") for call in ledger.calls) == 2
    assert run.summary().motivo == "se llegó al límite de 2 páginas por corrida"


def test_links_of_a_site_that_may_not_be_asked_are_told_one_by_one_and_use_up_no_pages(tmp_path):
    reason = "robots.txt no disponible por ahora (HTTP 500)"
    other = "https://notas.ejemplo"
    links = (200, rss([(f"{other}/{n}", f"Nota {n}") for n in range(3)]))
    run, ledger, _ = crawl(tmp_path, {FEED: links, f"{other}/robots.txt": (500, b"")}, source_pages=2)
    assert [call for call in ledger.calls if "/" in call] == [f"pendiente {other}/{n} {reason}" for n in range(3)]
    assert (run.summary().motivo, run.summary().failed) == (reason, False)


def test_a_reading_none_of_whose_pages_gives_a_text_is_told(tmp_path):
    walls = {f"{SITE}/{n}": (403, b"") for n in range(5)}
    run, _, _ = crawl(tmp_path / "muro", {FEED: feed(*(f"/{n}" for n in range(5))), **walls})
    assert run.summary().motivo == "canal: ninguna de 5 páginas da el texto de una nota"
    walls[f"{SITE}/3"] = (200, article("Nota 3"))
    run, _, _ = crawl(tmp_path / "resquicio", {FEED: feed(*(f"/{n}" for n in range(5))), **walls})
    assert run.summary().motivo == ""


def test_nothing_is_said_before_it_is_kept(tmp_path):
    ledger = OrderedLedger(tmp_path)
    answers = {FEED: feed("/a", "/b"), f"{SITE}/a": (402, b"pague"), f"{SITE}/b": (401, b""), f"{SITE}/robots.txt": (200, b"")}
    _, _, captures = crawl(tmp_path, answers, ledger)
    assert ledger.seen == [True, True, True]
    kept = [record.url for record in read_responses(captures.path)]
    assert kept == [f"{SITE}/robots.txt", FEED, f"{SITE}/a", f"{SITE}/b"]


def test_a_reading_without_links_leaves_no_evidence(tmp_path):
    run, ledger, captures = crawl(tmp_path, {FEED: (200, rss([]))})
    assert (ledger.readings[0].motivo, ledger.readings[0].captura) == ("", None)
    assert captures.path is None
    assert run.summary().good == 1


LIST = (
    b'<html><body class="archive category"><h1>Notas</h1><article><p>'
    + b"Una nota y otra nota. " * 30
    + b"</p></article></html>"
)


def test_a_list_of_notes_stands_for_a_note_only_where_a_feed_calls_it_one(tmp_path):
    page = (200, b'<html><body><a href="/notas-de-la-ciudad-de-hoy">Todas las notas de la ciudad</a></body></html>')
    answers = {FEED: feed("/a"), f"{SITE}/a": (200, LIST), f"{SITE}/seccion": page}
    answers[f"{SITE}/notas-de-la-ciudad-de-hoy"] = (200, LIST)
    _, ledger, _ = crawl(tmp_path, answers, seccion_url=f"{SITE}/seccion")
    assert ledger.fate(f"{SITE}/a") == ("nueva", "")
    assert ledger.fate(f"{SITE}/notas-de-la-ciudad-de-hoy") == ("sin_texto", "es una lista de notas, no una nota")


def test_the_feed_stands_in_for_a_page_that_is_too_large(tmp_path):
    _, ledger, _ = crawl(tmp_path, {FEED: feed("/a"), f"{SITE}/a": TooLarge("documento más grande de lo admitido")})
    assert [noticia.texto_origen for noticia in ledger.noticias.values()] == ["titulo"]
