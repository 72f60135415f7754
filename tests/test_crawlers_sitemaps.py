"""The sitemap reader: news maps, indexes, gzip, text, hostile and enormous ones."""

import gzip
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.noticia import Lector, Precision
from crawlers.readings import SitemapResult
from crawlers.sitemaps import MAX_MAPS, NEWEST, read_sitemap

DATA = Path(__file__).parent / "data" / "sitemaps" / "noticias.xml"
URL = "https://pregonero.ejemplo/news-sitemap.xml"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def read(body: bytes | str) -> SitemapResult:
    return read_sitemap(body.encode() if isinstance(body, str) else body, URL, fuente_id="pregonero", now=NOW)


def urlset(inner: str) -> str:
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'


def test_a_news_sitemap_newest_first():
    march, old, relative = read(DATA.read_bytes()).enlaces
    assert march.titulo == "Marcha de fotógrafas & reporteras"
    assert march.url_normalizada == "https://pregonero.ejemplo/ciudad/marcha-de-fotografas?id=9"
    assert (march.fecha, march.fecha_precision) == ("2026-11-23T15:15:00Z", Precision.HORA)
    assert march.modificada == "2026-11-23T18:00:00Z"
    assert march.lector == Lector.MAPA
    assert (old.fecha, old.fecha_precision, old.modificada) == (None, Precision.NINGUNA, "2026-11-21")
    assert (relative.url, relative.modificada) == ("https://pregonero.ejemplo/ciudad/relativa", None)


def test_gzip_is_unpacked():
    assert read(gzip.compress(DATA.read_bytes())) == read(DATA.read_bytes())


def test_an_index_gives_its_children_newest_first():
    body = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <sitemap><loc>https://pregonero.ejemplo/mapa-2024.xml</loc><lastmod>2024-12-31</lastmod></sitemap>
      <sitemap><loc>/mapa-2026.xml.gz</loc><lastmod>2026-11-23T01:00:00Z</lastmod></sitemap>
      <sitemap><loc>https://pregonero.ejemplo/sin-fecha.xml</loc></sitemap></sitemapindex>"""
    assert read(body) == SitemapResult(
        mapas=(
            "https://pregonero.ejemplo/mapa-2026.xml.gz",
            "https://pregonero.ejemplo/mapa-2024.xml",
            "https://pregonero.ejemplo/sin-fecha.xml",
        )
    )


def test_a_text_sitemap():
    result = read("https://pregonero.ejemplo/a\nno es dirección\nhttps://pregonero.ejemplo/b\n")
    assert [enlace.url for enlace in result.enlaces] == ["https://pregonero.ejemplo/a", "https://pregonero.ejemplo/b"]


def test_a_huge_sitemap_keeps_the_newest_in_little_memory():
    dates = [f"2026-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 29)]
    entries = "".join(
        f"<url><loc>https://pregonero.ejemplo/nota-{n}</loc><lastmod>{dates[n * 9 % len(dates)]}</lastmod></url>"
        for n in range(8_000)
    )
    body = gzip.compress(urlset(entries).encode(), 1)
    tracemalloc.start()
    result = read(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(result.enlaces) == NEWEST
    kept = [enlace.modificada for enlace in result.enlaces]
    assert kept == sorted(kept, reverse=True)
    assert min(kept) >= sorted(dates)[-36]
    assert peak < 6_000_000


def test_the_children_of_an_index_are_bounded():
    maps = "".join(f"<sitemap><loc>https://pregonero.ejemplo/{n}.xml</loc></sitemap>" for n in range(MAX_MAPS + 10))
    assert len(read(f"<sitemapindex>{maps}</sitemapindex>").mapas) == MAX_MAPS


def test_a_torn_sitemap_gives_what_came():
    whole = DATA.read_bytes()
    assert len(read(whole[: whole.index(b"<url><loc>/ciudad")]).enlaces) == 2


def test_entities_are_not_expanded_nor_files_read():
    body = f"""<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file://{DATA}">]>
      <urlset><url><loc>https://pregonero.ejemplo/a</loc></url><url><loc>https://pregonero.ejemplo/&c;&f;</loc></url></urlset>"""
    assert {enlace.url for enlace in read(body).enlaces} <= {"https://pregonero.ejemplo/a", "https://pregonero.ejemplo/"}


def test_a_bomb_is_bounded():
    bomb = gzip.compress(b"<urlset>" + b" " * 55_000_000)
    assert read(bomb).enlaces == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "el mapa está vacío: la respuesta no trae nada"),
        ("<!doctype html><html><body>404</body></html>", "no es un mapa de sitio: HTML"),
        ("<rss></rss>", "no es un mapa de sitio"),
        ("nada de nada", "no es un mapa de sitio"),
    ],
)
def test_what_is_no_sitemap_says_why(body, reason):
    assert read(body) == SitemapResult(motivo=reason)


def test_an_empty_sitemap_is_a_good_reading():
    assert read(urlset("")) == SitemapResult()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_answer(body):
    assert isinstance(read(body), SitemapResult)


@settings(max_examples=150, deadline=None)
@given(st.floats(0, 1), st.integers(0, 300), st.binary(max_size=24))
def test_a_sitemap_spoilt_anywhere_gives_an_answer(where, cut, noise):
    whole = DATA.read_bytes()
    place = int(where * len(whole))
    for enlace in read(whole[:place] + noise + whole[place + cut :]).enlaces:
        assert enlace.url.startswith(("http://", "https://"))


def test_addresses_with_bare_ampersands_come_whole():
    (enlace,) = read(urlset("<url><loc>https://pregonero.ejemplo/n?id=1&sec=2&amp;x=&#233;</loc></url>")).enlaces
    assert enlace.url == "https://pregonero.ejemplo/n?id=1&sec=2&x=é"


def test_a_map_in_latin_1_that_does_not_say_so_keeps_its_titles():
    news = '<n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><n:title>Sequía en Ñongo</n:title></n:news>'
    (enlace,) = read(urlset(f"<url><loc>/n</loc>{news}</url>").encode("latin-1")).enlaces
    assert enlace.titulo == "Sequía en Ñongo"
