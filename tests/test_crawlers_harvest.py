"""A whole crawl against a press on loopback: the order of a source, manners, addresses."""

import gzip
import itertools

from harvest_process import finish, run, start
from memory_ledger import MemoryLedger
from press import Page, article, press, sitemap

from crawlers.fuente import Fuente
from crawlers.noticia import Enlace, Lector
from crawlers.urls import normalise


def source(name, **given):
    return Fuente(id=name, nombre=name, tipo="medio_local", sitio="http://ejemplo.invalid", **given)


def link(outlet, path, **given):
    url = outlet.url(path)
    return Enlace(url, normalise(url), outlet.name, Lector.FEED, **given)


def full_outlet(outlet):
    """Give an outlet feed, section and map that partly name the same articles."""
    outlet.publish("/a", "/b", etag='"v1"')
    outlet.pages["/vieja"] = Page(article("Pendiente de ayer"))
    path = "/2026/05/04/vecinas-piden-justicia-por-la-reportera"
    anchors = [
        (path, "Vecinas piden justicia por la reportera"),
        ("/a?utm_source=portada", "Nota que ya venía en el canal de hoy"),
    ]
    outlet.pages["/cdmx"] = Page("".join(f'<a href="{href}">{words}</a>' for href, words in anchors).encode())
    outlet.pages[path] = Page(article("Vecinas piden justicia"))
    maps = [outlet.url(f"/mapa{n}.xml.gz") for n in range(9)]
    outlet.pages["/mapa.xml"] = Page(sitemap(maps, index=True), "application/xml")
    for n in range(9):
        outlet.pages[f"/mapa{n}.xml.gz"] = Page(
            gzip.compress(sitemap([outlet.url(f"/m{n}"), outlet.url("/b")])), "application/gzip"
        )
        outlet.pages[f"/m{n}"] = Page(article(f"Del mapa {n}"))
    return source(outlet.name, rss=outlet.url("/rss.xml"), seccion_url=outlet.url("/cdmx"), sitemap=outlet.url("/mapa.xml"))


def test_pending_first_then_feed_section_and_map_and_nothing_twice(tmp_path):
    with press("uno", "canales", "sin-canal", "hueco") as (one, feeds, no_feed, gap):
        old = link(one, "/vieja", intentos=2)
        ledger = MemoryLedger(links={old.url_normalizada: old})
        first = start([full_outlet(one)], tmp_path / "1", ledger)
        only_feeds = [
            full_outlet(feeds),
            source("sin-canal", seccion_url=no_feed.url("/cdmx")),
            source("caido", rss=no_feed.url("/falta.xml"), seccion_url=no_feed.url("/cdmx")),
        ]
        second = start(only_feeds, tmp_path / "2", feeds_only=True)
        third = start([full_outlet(gap)], tmp_path / "3", MemoryLedger(gap=True), feeds_only=True)
        full, part, caught_up = (finish(process, tmp_path / n) for process, n in ((first, "1"), (second, "2"), (third, "3")))
    paths = [path for _, path in one.seen]
    assert paths[:5] == ["/robots.txt", "/vieja", "/rss.xml", "/a", "/b"]
    assert paths.index("/cdmx") < paths.index("/mapa.xml")
    assert len(paths) == len(set(paths))
    assert full.ledger.count("uno") == {"nueva": 8}  # four of the nine maps
    assert [path for _, path in feeds.seen] == ["/robots.txt", "/rss.xml", "/a", "/b"]
    assert dict(part.ledger.closed)["sin-canal"] == ""
    assert [one.failed for one in part.summary.sources] == [False, False, True]
    assert dict(part.ledger.closed)["caido"] == "canal: HTTP 404; sección: HTTP 404"
    assert caught_up.ledger.count("hueco") == {"nueva": 7}


def test_one_stream_per_site_with_its_delay_and_sites_side_by_side(tmp_path):
    with press("uno", "dos") as (one, two):
        one.publish("/a", "/b", feed="/1.xml")
        one.publish("/c", "/d", feed="/2.xml")
        two.publish("/x", "/y", "/z")
        sources = [
            source("uno", rss=one.url("/1.xml")),
            source("uno-2", rss=one.url("/2.xml")),
            source("dos", rss=two.url("/rss.xml")),
        ]
        found = run(sources, tmp_path, delay=0.3)
    assert len(found.ledger.noticias) == 7
    for outlet in (one, two):
        times = [when for when, _ in outlet.seen]
        assert all(later - earlier >= 0.28 for earlier, later in itertools.pairwise(times))
    assert two.seen[-1][0] < one.seen[-1][0]
    assert two.seen[0][0] - one.seen[0][0] < 0.28


def test_local_addresses_are_refused_unless_allowed(tmp_path):
    with press("uno") as (one,):
        one.publish("/a")
        sources = [source("uno", rss=one.url("/rss.xml")), source("dos", rss="http://localhost/rss.xml")]
        found = run(sources, tmp_path, allow_local=False)
    assert one.seen == []
    assert dict(found.ledger.closed)["dos"] == "canal: dirección local o privada"
    assert [one.failed for one in found.summary.sources] == [True, True]


def test_an_unchanged_feed_is_asked_conditionally(tmp_path):
    with press("uno") as (one,):
        one.publish("/a", etag='"v1"')
        ledger = MemoryLedger(etags={"uno": ('"v1"', None)})
        found = run([source("uno", rss=one.url("/rss.xml"))], tmp_path, ledger)
    assert [path for _, path in one.seen] == ["/robots.txt", "/rss.xml"]
    assert (found.ledger.readings[-1].estado, found.ledger.readings[-1].motivo) == (304, "")
    assert found.summary.captures is None
    assert found.summary.sources[0].good == 1
