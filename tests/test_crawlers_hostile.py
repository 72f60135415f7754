"""One crawl of a press in which nearly everything goes wrong: each source ends with its reason, the good one loses nothing."""

import gzip

import pytest
from harvest_process import run
from memory_ledger import MemoryLedger
from press import PARAGRAPH, Page, article, press, rss, sitemap

from crawlers.article import extract
from crawlers.capture import read_record
from crawlers.fuente import Fuente
from crawlers.noticia import Enlace, Lector
from crawlers.urls import normalise

NAMES = (
    "bueno", "caido", "html", "noticia503", "lento", "bucle", "enorme", "robots500", "robots403", "cortado", "muro", "ocupado",
    "pausa", "patron", "mudo", "raro",
)  # fmt: skip
SILENT = Page(b"<html><body><script>app()</script></body></html>")


def source(outlet, **given):
    given = {"rss": outlet.url("/rss.xml")} | given
    return Fuente(id=outlet.name, nombre=outlet.name, tipo="medio_local", sitio=outlet.url("/"), **given)


def set_up(by_name):
    good = by_name["bueno"]
    good.publish("/a", "/b", "/c", "/d")
    good.pages["/"] = Page(article("Portada"))
    good.pages["/seccion"] = Page(
        "".join(
            f'<a href="/2026/05/04/nota-larga-numero-{n}-de-la-seccion/">Vecinas de la colonia piden justicia {n}</a>'
            for n in range(3)
        ).encode()
        + f'<a href="{good.url("/a")}">Nota /a de bueno que ya venía en el canal</a>'.encode()
    )
    for n in range(3):
        path = f"/2026/05/04/nota-larga-numero-{n}-de-la-seccion/"
        good.pages[path] = Page(article(f"Vecinas piden justicia {n}", good.url(path)))
    good.pages["/mapa.xml"] = Page(sitemap([good.url("/mapa1.xml.gz"), good.url("/mapa2.xml")], index=True), "application/xml")
    good.pages["/mapa1.xml.gz"] = Page(gzip.compress(sitemap([good.url("/m1"), good.url("/b")])), "application/x-gzip")
    good.pages["/mapa2.xml"] = Page(sitemap([good.url("/m2")]), "application/xml")
    good.pages["/m1"] = Page(article("Del mapa uno"))
    good.pages["/m2"] = Page(article("Del mapa dos"))
    for name in ("noticia503", "lento", "cortado", "patron", "robots500", "robots403", "ocupado", "pausa"):
        by_name[name].publish("/a", "/b")
    by_name["html"].pages["/rss.xml"] = Page(article("Portada en lugar del canal"))
    by_name["noticia503"].pages["/a"] = Page(b"", status=503)
    by_name["lento"].pages["/a"] = Page(article("Tarde"), delay=5)
    by_name["cortado"].pages["/a"] = Page(article("A medias"), cut=200)
    by_name["robots500"].pages["/robots.txt"] = Page(b"", status=500)
    by_name["robots403"].pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /a\n", "text/plain")
    set_up_redirects(by_name["bucle"], good)
    set_up_bodies(by_name["enorme"])
    set_up_walls(by_name["muro"])
    set_up_addresses(by_name["raro"])
    calls = []
    by_name["ocupado"].pages["/a"] = lambda _: (
        calls.append(1)
        or (Page(b"", status=429, headers=(("Retry-After", "1"),)) if len(calls) == 1 else Page(article("A la segunda")))
    )
    by_name["pausa"].pages["/a"] = Page(b"", status=503, headers=(("Retry-After", "3600"),))
    by_name["mudo"].pages["/rss.xml"] = Page(rss([(by_name["mudo"].url("/a"), "")]), "application/rss+xml")
    by_name["mudo"].pages["/a"] = SILENT


def set_up_redirects(outlet, good):
    outlet.publish("/vueltas", "/cadena", "/portada", "/mudada", "/local")
    outlet.pages["/vueltas"] = Page(status=302, headers=(("Location", "/vueltas"),))
    outlet.pages["/cadena"] = Page(status=302, headers=(("Location", "/cadena1"),))
    for n in range(1, 9):
        outlet.pages[f"/cadena{n}"] = Page(status=302, headers=(("Location", f"/cadena{n + 1}"),))
    outlet.pages["/portada"] = Page(status=301, headers=(("Location", good.url("/")),))
    outlet.pages["/mudada"] = Page(status=301, headers=(("Location", "/mudada-aqui"),))
    outlet.pages["/mudada-aqui"] = Page(article("Mudada"))
    outlet.pages["/local"] = Page(status=302, headers=(("Location", "ftp://127.0.0.1/x"),))


def set_up_bodies(outlet):
    outlet.publish("/sin-fin", "/bomba", "/pdf")
    outlet.pages["/sin-fin"] = Page(b"<html>", endless=True)
    outlet.pages["/bomba"] = Page(gzip.compress(b"0" * 5_000_000), headers=(("Content-Encoding", "gzip"),))
    outlet.pages["/pdf"] = Page(b"%PDF-1.7 comunicado", "application/pdf")
    outlet.pages["/rss.xml"] = Page(
        rss([(outlet.url("/sin-fin"), "Sin fin"), (outlet.url("/bomba"), ""), (outlet.url("/pdf"), "")]),
        "application/rss+xml",
    )


def set_up_addresses(outlet):
    odd = [
        "http://a..b/x",
        "http://xn--a.ejemplo/x",
        "http://-a-.ejemplo/%zz",
        "http://[fe80::1%25eth0]/x",
        "http://a.ejemplo:99999/",
    ]
    odd += ["http://" + "a" * 300 + ".ejemplo/", "https://" + outlet.url("/cifrada")[7:], "http://127.0.0.1:1/cerrada"]
    outlet.pages["/rss.xml"] = Page(rss([(url, "") for url in [*odd, outlet.url("/bien")]]), "application/rss+xml")
    outlet.pages["/bien"] = Page(article("Después de todas las raras"))


def set_up_walls(outlet):
    outlet.pages["/pago?vista=2"] = Page(b"suscribete", status=403)
    outlet.pages["/pago"] = Page(b"suscribete", status=403)
    outlet.pages["/rss.xml"] = Page(
        rss([(outlet.url("/pago"), "Amenazan a reportera")], content=PARAGRAPH), "application/rss+xml"
    )


@pytest.fixture(scope="module")
def crawl(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostil")
    with press(*NAMES) as outlets:
        by_name = {outlet.name: outlet for outlet in outlets}
        set_up(by_name)
        sources = [source(outlet) for outlet in outlets if outlet.name not in ("bueno", "patron")]
        good = by_name["bueno"]
        sources.insert(0, source(good, seccion_url=good.url("/seccion"), sitemap=good.url("/mapa.xml")))
        sources.append(source(by_name["patron"], incluir="/b$"))
        sources.append(
            Fuente(
                id="fantasma", nombre="f", tipo="medio_local", sitio="http://x.invalid", rss="http://no-existe.invalid/rss.xml"
            )
        )
        wall = by_name["muro"].url("/pago?vista=2")
        known = Enlace(wall, normalise(wall), "muro", Lector.FEED, titulo="Ya guardada", captura="captura/x#1", revision=True)
        ledger = MemoryLedger(links={known.url_normalizada: known})
        told = {"download_timeout": 2.0, "max_body": 1_000_000, "contact": "mesa@ejemplo.invalid", "source_pages": 9}
        found = run(sources, folder, ledger, **told)
        yield by_name, found, folder


def test_the_good_outlet_loses_nothing_and_nothing_is_asked_twice(crawl):
    by_name, found, _ = crawl
    good = by_name["bueno"]
    assert found.ledger.count("bueno") == {"nueva": 9}
    assert found.reason("bueno") == ""
    asked = [path for _, path in good.seen if path.startswith(("/a", "/b", "/2026"))]
    assert len(asked) == len(set(asked))
    assert good.seen[0][1] == "/robots.txt"
    assert good.asked("/robots.txt") == 1


def test_a_slow_site_holds_nobody(crawl):
    by_name, _, _ = crawl
    begin = by_name["bueno"].seen[0][0]
    slow = next(when for when, path in by_name["lento"].seen if path == "/b")
    good = max(when for when, path in by_name["bueno"].seen if path in ("/a", "/b", "/c", "/d"))
    assert slow - begin > 2.0 > good - begin


@pytest.mark.parametrize(
    ("name", "failed", "reason"),
    [
        ("caido", True, "canal: HTTP 404"),
        ("html", True, "canal: no es un canal: HTML"),
        ("noticia503", False, ""),
        ("lento", False, ""),
        ("robots500", True, "canal: robots.txt no disponible por ahora (HTTP 500)"),
        ("robots403", False, ""),
        ("pausa", False, "el sitio pide esperar 3600 s"),
        ("fantasma", True, "canal: no se encuentra el sitio (DNS)"),
    ],
)
def test_each_source_is_closed_once_with_its_reason(crawl, name, failed, reason):
    _, found, _ = crawl
    assert [motivo for one, motivo in found.ledger.closed if one == name] == [reason]
    ended = next(one for one in found.summary.sources if one.fuente_id == name)
    assert (ended.failed, ended.motivo) == (failed, reason)


def test_odd_addresses_are_told_one_by_one(crawl):
    by_name, found, _ = crawl
    assert found.ledger.fate(by_name["raro"].url("/bien")) == ("nueva", "")
    assert found.reason("raro") == ""
    assert "error interno" not in found.log
    told = [call for call in found.ledger.calls if call.startswith("error ") and "/cerrada" in call]
    assert told == ["error http://127.0.0.1:1/cerrada conexión rechazada"]


def test_robots_that_fails_means_not_now(crawl):
    by_name, _, _ = crawl
    assert [path for _, path in by_name["robots500"].seen] == ["/robots.txt"]


@pytest.mark.parametrize(
    ("name", "path", "fate", "reason"),
    [
        ("robots403", "/a", "rechazada", "robots.txt no lo permite"),
        ("robots403", "/b", "nueva", ""),
        ("bucle", "/local", "rechazada", "esquema no admitido: ftp"),
        ("bucle", "/mudada", "nueva", ""),
        ("bucle", "/vueltas", "pendiente", ""),
        ("enorme", "/sin-fin", "nueva", ""),
        ("enorme", "/bomba", "rechazada", "documento más grande de lo admitido (1 MB)"),
        ("enorme", "/pdf", "rechazada", "no es una página: PDF"),
        ("patron", "/a", "rechazada", "fuera del patrón «incluir» del catálogo"),
        ("patron", "/b", "nueva", ""),
        ("noticia503", "/a", "pendiente", ""),
        ("noticia503", "/b", "nueva", ""),
        ("lento", "/b", "nueva", ""),
        ("cortado", "/b", "nueva", ""),
        ("ocupado", "/a", "nueva", ""),
        ("pausa", "/b", "pendiente", ""),
        ("muro", "/pago", "nueva", ""),
        ("muro", "/pago?vista=2", "conocida", "HTTP 403"),
        ("mudo", "/a", "sin_texto", extract(SILENT.body, "http://127.0.0.1/a").motivo),
        ("bucle", "/portada", "nueva", ""),
    ],
)
def test_each_link_ends_in_its_fate(crawl, name, path, fate, reason):
    by_name, found, _ = crawl
    assert found.ledger.fate(by_name[name].url(path)) == (fate, reason)


@pytest.mark.parametrize(
    ("name", "path", "reason"),
    [
        ("noticia503", "/a", "HTTP 503"),
        ("lento", "/a", "se agotó el tiempo de espera"),
        ("cortado", "/a", "respuesta cortada"),
        ("bucle", "/vueltas", "redirección circular"),
        ("bucle", "/cadena", "demasiadas redirecciones"),
    ],
)
def test_failures_are_told_to_the_ledger_once(crawl, name, path, reason):
    by_name, found, _ = crawl
    assert found.ledger.calls.count(f"error {by_name[name].url(path)} {reason}") == 1


def test_a_page_without_text_gives_way_to_the_feed(crawl):
    by_name, found, folder = crawl
    told = found.ledger.noticias[normalise(by_name["muro"].url("/pago"))]
    assert (told.texto_origen, told.titulo, told.texto) == ("feed", "Amenazan a reportera", PARAGRAPH)
    kept = read_record(folder, told.captura)
    assert kept.url == by_name["muro"].url("/rss.xml")
    assert kept.sha256 == told.sha256


def test_every_article_lies_in_the_evidence_before_its_row(crawl):
    by_name, found, folder = crawl
    told = found.ledger.noticias[normalise(by_name["bueno"].url("/a"))]
    kept = read_record(folder, told.captura)
    assert (kept.url, kept.status, kept.sha256) == (by_name["bueno"].url("/a"), 200, told.sha256)
    assert kept.body == by_name["bueno"].pages["/a"].body
    assert told.captura.startswith("captura/2026/")


def test_sites_learn_who_asks(crawl):
    by_name, _, _ = crawl
    (agent,) = by_name["bueno"].agents
    assert agent.startswith("hallazgos")
    assert agent.endswith("(+mesa@ejemplo.invalid)")
