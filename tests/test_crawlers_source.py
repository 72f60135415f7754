"""One source's way, on a download that answers from a table: limits, faults of our own, evidence before rows."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

from memory_ledger import MemoryLedger
from press import article, rss, sitemap

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
SECTION = f"{SITE}/seccion"
DIARIO = Fuente("diario", "Diario", "medio_local", SITE, rss=FEED)


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


def crawl(folder, answers, ledger=None, *, fuente=DIARIO, **options):
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
    answers = {FEED: feed("/a"), f"{SITE}/a": (200, LIST), SECTION: page}
    answers[f"{SITE}/notas-de-la-ciudad-de-hoy"] = (200, LIST)
    _, ledger, _ = crawl(tmp_path, answers, fuente=replace(DIARIO, seccion_url=SECTION))
    assert ledger.fate(f"{SITE}/a") == ("nueva", "")
    assert ledger.fate(f"{SITE}/notas-de-la-ciudad-de-hoy") == ("sin_texto", "es una lista de notas, no una nota")


def test_the_feed_stands_in_for_a_page_that_is_too_large(tmp_path):
    _, ledger, _ = crawl(tmp_path, {FEED: feed("/a"), f"{SITE}/a": TooLarge("documento más grande de lo admitido")})
    assert [noticia.texto_origen for noticia in ledger.noticias.values()] == ["titulo"]


LISTED = (200, f'<a href="{SITE}/2026/05/04/vecinas-piden-justicia">Vecinas piden justicia por la reportera</a>'.encode())


def statuses(ledger, before=0):
    return [(reading.lector.value, reading.estado) for reading in ledger.readings[before:]]


def test_an_answer_of_the_same_bytes_is_not_read_again_and_what_was_pending_is_taken_up(tmp_path):
    answers = {FEED: feed("/a", "/b"), f"{SITE}/a": (500, b""), f"{SITE}/b": (403, b""), f"{SITE}/robots.txt": (200, b"")}
    fuente = replace(DIARIO, seccion_url=SECTION)
    _, ledger, _ = crawl(tmp_path / "1", answers | {SECTION: LISTED}, fuente=fuente)
    answers[f"{SITE}/a"] = (200, article("Nota a"))
    run, _, captures = crawl(tmp_path / "2", answers | {SECTION: LISTED}, ledger, fuente=fuente)
    assert statuses(ledger) == [("feed", 200), ("seccion", 200), ("feed", 304), ("seccion", 304)]
    assert [len(reading.enlaces) for reading in ledger.readings] == [2, 1, 0, 0]
    assert ledger.fate(f"{SITE}/a") == ("nueva", "")
    assert [record.url for record in read_responses(captures.path)] == [f"{SITE}/robots.txt", f"{SITE}/a"]
    assert (run.summary().good, run.summary().failed, run.summary().motivo) == (2, False, "")


def test_an_answer_of_other_bytes_is_read(tmp_path):
    _, ledger, _ = crawl(tmp_path / "1", {FEED: feed("/a")})
    crawl(tmp_path / "2", {FEED: feed("/a", "/b")}, ledger)
    crawl(tmp_path / "3", {FEED: feed("/a", "/b")}, ledger)
    assert [(reading.estado, len(reading.enlaces)) for reading in ledger.readings] == [(200, 1), (200, 2), (304, 0)]


def test_a_source_whose_patterns_were_edited_is_read_again(tmp_path):
    answers, section = {SECTION: LISTED}, replace(DIARIO, rss="", seccion_url=SECTION)
    _, ledger, _ = crawl(tmp_path / "1", answers, fuente=replace(section, excluir="/2026/"))
    assert ledger.readings[-1].motivo == "la página no trae enlaces que parezcan notas"
    for number, (told, status) in enumerate([({}, 200), ({"incluir": "/2026/"}, 200), ({"incluir": "/2026/"}, 304)]):
        crawl(tmp_path / f"{number + 2}", answers, ledger, fuente=replace(section, **told))
        assert ledger.readings[-1].estado == status


def test_an_index_of_maps_is_read_each_time_and_only_the_maps_that_changed(tmp_path):
    index, maps = f"{SITE}/mapa.xml", [f"{SITE}/mapa-{n}.xml" for n in range(2)]
    answers = {index: (200, sitemap(maps, index=True)), **{one: (200, sitemap([f"{one}/nota"])) for one in maps}}
    fuente = replace(DIARIO, rss="", sitemap=index)
    _, ledger, _ = crawl(tmp_path / "1", answers, fuente=fuente)
    answers[maps[1]] = (200, sitemap([f"{maps[1]}/nota", f"{maps[1]}/otra"]))
    before = len(ledger.readings)
    crawl(tmp_path / "2", answers, ledger, fuente=fuente)
    assert {reading.url: reading.estado for reading in ledger.readings[before:]} == {index: 200, maps[0]: 304, maps[1]: 200}
    assert f"{maps[1]}/otra" in {link.url for link in ledger.links.values()}


def test_a_refused_document_is_refused_again_when_it_comes_back(tmp_path):
    _, ledger, _ = crawl(tmp_path / "1", {FEED: (200, b"<html>aviso</html>")})
    run, _, _ = crawl(tmp_path / "2", {FEED: (200, b"<html>aviso</html>")}, ledger)
    assert [reading.motivo for reading in ledger.readings] == ["no es un canal: HTML"] * 2
    assert run.summary().failed
