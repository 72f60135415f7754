"""Documents broken in every way a broken press breaks them: no reader raises, dawdles, bloats or gives what is no row.

The same properties run over other documents, in any number of cases, each property its share of them:
`HALLAZGOS_SEMILLAS=CARPETA HALLAZGOS_CASOS=100000 pytest tests/test_crawlers_mutados.py` (`CARPETA/feeds`, `CARPETA/paginas`).
"""

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bien_formado import bounded, check_article, check_line, check_links, check_source
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutaciones import CONTENT_TYPES, bomb, documents, read_seeds

from crawlers.article import extract
from crawlers.capture import Exchange
from crawlers.catalogue import CatalogueError
from crawlers.discovery import discover
from crawlers.feeds import read_feed
from crawlers.fetch_many import Fetched
from crawlers.guards import Refused
from crawlers.opml import read_opml
from crawlers.robots import LONGEST_PAUSE, rules_of
from crawlers.sections import read_section
from crawlers.sitemaps import MAX_MAPS, NEWEST, read_sitemap

DATA = Path(__file__).parent / "data"
OTHERS = os.environ.get("HALLAZGOS_SEMILLAS", "")
CASES = int(os.environ.get("HALLAZGOS_CASOS", "500"))
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROOT = "https://pregonero.ejemplo"
URL = f"{ROOT}/ciudad/nota-de-hoy"
PAGES = read_seeds(DATA / "pages", "*.html") + read_seeds(DATA / "sections", "*.html")
FEEDS = read_seeds(DATA / "feeds", "*")
MAPS = read_seeds(DATA / "sitemaps", "*")
LISTS = read_seeds(DATA / "opml", "*")
ROBOTS = read_seeds(DATA / "robots", "*")
if OTHERS:
    PAGES = read_seeds(Path(OTHERS) / "paginas", "*.html", "*.html.gz")
    FEEDS = read_seeds(Path(OTHERS) / "feeds", "*")
    MAPS = [body for body in FEEDS if b"<urlset" in body or b"<sitemapindex" in body] + MAPS


def mutants(share: float, seeds: list[bytes], **more: st.SearchStrategy[Any]) -> Callable[[Any], Any]:
    """Return the decorator of one property: its share of the cases, over those seeds."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    chosen = settings(max_examples=max(1, int(CASES * share)), deadline=None, suppress_health_check=quiet)
    return lambda test: chosen(given(body=documents(seeds), **more)(test))


KINDS = st.sampled_from(CONTENT_TYPES)


@mutants(0.34, FEEDS, content_type=KINDS)
def test_feeds(body: bytes, content_type: str) -> None:
    with bounded():
        result = read_feed(body, URL, fuente_id="x", content_type=content_type, now=NOW)
    check_links(result.enlaces)
    check_line(result.motivo)
    assert not (result.enlaces and result.motivo)


@mutants(0.34, MAPS, content_type=KINDS)
def test_sitemaps(body: bytes, content_type: str) -> None:
    with bounded():
        result = read_sitemap(body, URL, fuente_id="x", content_type=content_type, now=NOW)
    check_links(result.enlaces)
    check_line(result.motivo)
    assert len(result.enlaces) <= NEWEST and len(result.mapas) <= MAX_MAPS


@mutants(0.08, PAGES, content_type=KINDS)
def test_pages(body: bytes, content_type: str) -> None:
    with bounded():
        article = extract(body, URL, content_type=content_type, now=NOW)
    check_article(article)


@mutants(0.04, PAGES, content_type=KINDS)
def test_sections(body: bytes, content_type: str) -> None:
    with bounded():
        result = read_section(body, URL, fuente_id="x", content_type=content_type, now=NOW)
    check_links(result.enlaces)
    assert bool(result.enlaces) != bool(result.motivo)


@mutants(0.04, PAGES, robots=documents(ROBOTS))
def test_discovery(body: bytes, robots: bytes) -> None:
    async def get(url: str) -> Fetched:
        found = {URL: body, "https://pregonero.ejemplo/robots.txt": robots}.get(url)
        return Fetched(url, url, 404, motivo="HTTP 404") if found is None else Fetched(url, url, 200, (), found)

    with bounded():
        finding = asyncio.run(discover(URL, get, taken=(), now=NOW))
    if finding.fuente is not None:
        check_source(finding.fuente)
    for address, outcome in finding.tried:
        check_line(address)
        check_line(outcome)


@mutants(0.08, LISTS)
def test_lists_of_feeds(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "mutada.opml"
    path.write_bytes(body)
    with bounded():
        try:
            sources = read_opml(path)
        except CatalogueError as error:
            check_line(str(error))
            return
    for source in sources:
        check_source(source)


@mutants(0.08, ROBOTS)
def test_robots(body: bytes) -> None:
    with bounded():
        rules = rules_of((Exchange("https://pregonero.ejemplo/robots.txt", 200, body=body),))
        for url in (URL, "https://pregonero.ejemplo/suscriptores/1", "https://pregonero.ejemplo/%ff?imprimir=1&a=%"):
            try:
                rules.check(url)
            except Refused as error:
                check_line(str(error))
    assert 0 <= rules.pause <= LONGEST_PAUSE


def quick_feed(body: bytes) -> None:
    with bounded():
        read_feed(body, URL, fuente_id="x", now=NOW)


def test_a_feed_with_entities_made_of_entities_is_quick() -> None:
    quick_feed(bomb(b"<rss><channel><item><title></title></item></channel></rss>", b"", 12, 0))


@pytest.mark.parametrize("flood", [b"\n" * 65_000, b"<p>" * 300_000, b"<br>" * 200_000], ids=["blancos", "párrafos", "saltos"])
def test_a_flooded_feed_is_quick(flood: bytes) -> None:
    quick_feed(b'<?xml version="1.0"?>\n<!-- nota -->' + flood + b"<rss><channel><title>x</title></channel></rss>")
    quick_feed(b"<rss><channel>" + flood + b"<item><title>x</title></item></channel></rss>")


def test_markup_inside_cdata_is_no_flood() -> None:
    text = b"<![CDATA[" + b"<p>Uno.</p>" * 1_000 + b"]]>"
    item = b"<item><title>Nota</title><link>https://pregonero.ejemplo/nota-%d</link><description>%b</description></item>"
    body = b"<rss><channel>" + b"".join(item % (n, text) for n in range(40)) + b"</channel></rss>"
    assert len(read_feed(body, URL, fuente_id="x", now=NOW).enlaces) == 40


def test_a_flood_behind_the_items_loses_none_of_them() -> None:
    item = b"<item><title>Nota %d</title><link>https://pregonero.ejemplo/nota-%d</link></item>"
    items = b"".join(item % (n, n) for n in range(100))
    result = read_feed(b"<rss><channel>" + items + b"<br>" * 100_000, URL, fuente_id="x", now=NOW)
    assert [link.titulo for link in result.enlaces] == [f"Nota {n}" for n in range(100)]


@pytest.mark.parametrize(
    "name",
    ["feedburner:origLink", "title", "description", "guid", "pubDate", "author", "media:description", "content"],
)
def test_an_element_with_attributes_of_its_own_costs_no_item(name: str) -> None:
    spaces = b'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:media="http://search.yahoo.com/mrss/"'
    odd = f'<{name} raro="1">x</{name}>'.encode()
    item = b"<item>" + odd + b"<link>https://pregonero.ejemplo/nota-uno</link></item>"
    result = read_feed(b"<rss " + spaces + b"><channel>" + item + b"</channel></rss>", URL, fuente_id="x", now=NOW)
    check_links(result.enlaces)
    assert [link.url for link in result.enlaces] == ["https://pregonero.ejemplo/nota-uno"]


def test_an_element_called_as_the_parsers_own_list_costs_no_other_item() -> None:
    odd = b'<item><links raro="1"/><link>https://pregonero.ejemplo/nota-uno</link></item>'
    good = b"<item><link>https://pregonero.ejemplo/nota-dos</link></item>"
    result = read_feed(b"<rss><channel>" + odd + good + b"</channel></rss>", URL, fuente_id="x", now=NOW)
    assert "https://pregonero.ejemplo/nota-dos" in [link.url for link in result.enlaces]


def test_blank_lines_by_the_thousand_in_robots_txt_do_not_slow_the_discovery() -> None:
    robots = b"\n" * 60_000 + b"Sitemap: https://pregonero.ejemplo/mapa.xml\n"
    map_of_one = b"<urlset><url><loc>https://pregonero.ejemplo/nota-uno</loc></url></urlset>"

    async def get(url: str) -> Fetched:
        found = {URL: b"<html></html>", f"{ROOT}/robots.txt": robots, f"{ROOT}/mapa.xml": map_of_one}.get(url)
        return Fetched(url, url, 404, motivo="HTTP 404") if found is None else Fetched(url, url, 200, (), found)

    with bounded():
        finding = asyncio.run(discover(URL, get, taken=(), now=NOW))
    assert finding.fuente is not None and finding.fuente.sitemap == "https://pregonero.ejemplo/mapa.xml"
