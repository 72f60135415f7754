"""Finding a site's feeds and maps by asking it, over a press of canned answers."""

import asyncio
from datetime import UTC, datetime

import pytest

from crawlers.discovery import discover
from crawlers.fetch_many import Fetched

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SITE = "https://pregonero.ejemplo"
FEED = f"<rss version='2.0'><channel><item><title>N</title><link>{SITE}/a</link></item></channel></rss>"
EMPTY = "<rss version='2.0'><channel><title>C</title></channel></rss>"
MAP = f"<urlset><url><loc>{SITE}/a</loc></url></urlset>"
LINKS = "".join(f'<a href="/ciudad/una-nota-de-la-ciudad-{n}">Una nota de la ciudad {n}</a>' for n in range(4))


def home(head: str = "", body: str = "") -> str:
    return f'<html><head><meta property="og:site_name" content="El Pregonero">{head}</head><body>{body}</body></html>'


def alternate(href: str, kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}">'


def find(pages: dict[str, str], url: str = f"{SITE}/", taken: frozenset[str] = frozenset()):
    asked: list[str] = []

    async def get(address: str) -> Fetched:
        asked.append(address)
        if address not in pages:
            return Fetched(address, address, 404, motivo="HTTP 404")
        return Fetched(address, address, 200, (), pages[address].encode())

    return asyncio.run(discover(url, get, taken=taken, now=NOW)), asked


def test_declared_feeds_come_first_and_those_of_comments_last():
    head = alternate("/comentarios/feed") + alternate("/canal.xml")
    found, asked = find({f"{SITE}/": home(head), f"{SITE}/canal.xml": FEED, f"{SITE}/comentarios/feed": FEED})
    assert found.fuente.rss == f"{SITE}/canal.xml"
    assert f"{SITE}/comentarios/feed" not in asked
    assert (found.fuente.id, found.fuente.nombre, found.fuente.sitio) == ("el_pregonero", "El Pregonero", SITE)


@pytest.mark.parametrize("path", ["/feed/", "/rss.xml", "/arc/outboundfeeds/rss/?outputType=xml"])
def test_the_usual_places_are_tried(path):
    found, _ = find({f"{SITE}/": home(), SITE + path: FEED})
    assert found.fuente.rss == SITE + path


def test_a_feed_without_notes_or_a_page_in_its_place_does_not_count():
    found, _ = find(
        {f"{SITE}/": home(alternate("/vacio.xml")), f"{SITE}/vacio.xml": EMPTY, f"{SITE}/feed/": home(), f"{SITE}/rss": FEED}
    )
    assert found.fuente.rss == f"{SITE}/rss"
    assert (f"{SITE}/feed/", "no es un canal: HTML") in found.tried


def test_robots_names_the_maps_and_news_maps_come_first():
    robots = f"User-agent: *\nSitemap: {SITE}/todo.xml\nsitemap: {SITE}/news.xml\n"
    found, _ = find({f"{SITE}/": home(), f"{SITE}/robots.txt": robots, f"{SITE}/todo.xml": MAP, f"{SITE}/news.xml": MAP})
    assert found.fuente.sitemap == f"{SITE}/news.xml"


def test_the_usual_map_is_tried_without_robots():
    found, _ = find({f"{SITE}/": home(), f"{SITE}/sitemap.xml": MAP})
    assert (found.fuente.rss, found.fuente.sitemap) == ("", f"{SITE}/sitemap.xml")


def test_without_a_feed_the_page_itself_is_the_listing():
    found, _ = find({f"{SITE}/": home(body=LINKS)})
    assert found.fuente.seccion_url == f"{SITE}/"


def test_the_address_of_a_feed_is_enough():
    found, _ = find({f"{SITE}/rss.xml": FEED}, f"{SITE}/rss.xml")
    assert (found.fuente.rss, found.fuente.sitio) == (f"{SITE}/rss.xml", SITE)


def test_an_id_that_is_taken_gets_a_number():
    found, _ = find({f"{SITE}/": home(), f"{SITE}/feed/": FEED}, taken=frozenset({"el_pregonero"}))
    assert found.fuente.id == "el_pregonero_2"


def test_nothing_readable_proposes_nothing_and_says_what_was_tried():
    found, asked = find({f"{SITE}/": home(body="<p>En obras</p>")})
    assert found.fuente is None
    assert len(asked) == len(set(asked)) < 20
    assert (f"{SITE}/sitemap.xml", "HTTP 404") in found.tried


def test_a_site_that_does_not_answer():
    async def get(address: str) -> Fetched:
        return Fetched(address, address, motivo="no se encuentra el sitio (DNS)")

    found = asyncio.run(discover(f"{SITE}/", get, taken=(), now=NOW))
    assert (found.fuente, found.tried) == (None, [(f"{SITE}/", "no se encuentra el sitio (DNS)")])


def test_a_site_whose_front_page_is_closed_is_asked_for_its_feed_all_the_same():
    found, _ = find({f"{SITE}/feed/": FEED})
    assert (found.fuente.rss, found.fuente.sitio, found.fuente.seccion_url) == (f"{SITE}/feed/", SITE, "")
