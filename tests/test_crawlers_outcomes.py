"""What becomes of a link: pure rules over an article, a link and an answer."""

from datetime import UTC, datetime

import pytest

from crawlers.article import Articulo
from crawlers.noticia import Enlace, Lector, Precision, TextoOrigen
from crawlers.outcomes import canonical, from_page, no_article, publication, stand_in

NOW = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
URL = "https://diario.ejemplo/nota"
HOUR, DAY, NONE = Precision.HORA, Precision.DIA, Precision.NINGUNA


def link(**given):
    given = {"titulo": "Amenazan a reportera", "captura": "captura/2026/x.warc.gz#9"} | given
    return Enlace(URL + "?utm_source=rss", URL, "diario", Lector.FEED, **given)


def test_content_stands_in_before_summary_before_title():
    whole = stand_in(link(contenido="Texto entero.", resumen="Resumen."), NOW, sha256="ab")
    assert (whole.texto, whole.texto_origen, whole.sha256) == ("Texto entero.", TextoOrigen.FEED, "ab")
    assert (whole.captura, whole.url_canonica, whole.capturada_en) == ("captura/2026/x.warc.gz#9", URL, "2026-05-04T18:00:00Z")
    brief = stand_in(link(resumen="Resumen."), NOW)
    assert (brief.texto, brief.texto_origen, brief.titulo) == ("Resumen.", TextoOrigen.TITULO, "Amenazan a reportera")
    assert stand_in(link(), NOW).texto == "Amenazan a reportera"


@pytest.mark.parametrize("given", [{"titulo": " "}, {"captura": None}, {"titulo": "", "resumen": "Sólo un resumen"}])
def test_nothing_stands_in_for_nothing(given):
    assert stand_in(link(**given), NOW) is None


def test_the_link_fills_in_what_the_page_lacks():
    page = Articulo(texto="Texto.", titulo="", autor="")
    noticia = from_page(link(autor="Redacción", fecha="2026-05-04", fecha_precision=DAY), page, URL, ("ref#1", "ab"), NOW)
    assert (noticia.titulo, noticia.autor, noticia.publicada_en) == ("Amenazan a reportera", "Redacción", "2026-05-04")
    assert (noticia.texto_origen, noticia.captura, noticia.sha256) == (TextoOrigen.PAGINA, "ref#1", "ab")


@pytest.mark.parametrize(
    ("page", "feed", "expected"),
    [
        (("2026-05-03T10:00:00Z", HOUR), ("2026-05-04T10:00:00Z", HOUR), ("2026-05-03T10:00:00Z", HOUR)),
        (("2026-05-03", DAY), ("2026-05-04T05:00:00Z", HOUR), ("2026-05-04T05:00:00Z", HOUR)),  # 23:00 of the 3rd in Mexico
        (("2026-05-03", DAY), ("2026-05-04T10:00:00Z", HOUR), ("2026-05-03", DAY)),
        (("2026-05-03", DAY), ("2026-05-04", DAY), ("2026-05-03", DAY)),
        ((None, NONE), ("2026-05-04", DAY), ("2026-05-04", DAY)),
        ((None, NONE), (None, NONE), (None, NONE)),
    ],
)
def test_the_better_date_holds_and_none_is_invented(page, feed, expected):
    article = Articulo(publicada_en=page[0], fecha_precision=page[1])
    assert publication(article, link(fecha=feed[0], fecha_precision=feed[1])) == expected


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("https://www.diario.ejemplo/Canonica/?utm_medium=x", "https://www.diario.ejemplo/Canonica"),
        ("https://otro.ejemplo/copia", URL),
        ("https://diario.ejemplo/", URL),
        (None, URL),
        ("", URL),
        ("javascript:void(0)", URL),
    ],
)
def test_a_canonical_address_holds_within_its_site(declared, expected):
    assert canonical(declared, URL + "#comentarios") == expected


@pytest.mark.parametrize(
    ("final_url", "kind", "body", "reason"),
    [
        (URL, "text/html; charset=utf-8", b"<html>", ""),
        (URL, "", b"<html>", ""),
        (URL, "TEXT/HTML", b"", ""),
        (URL, "application/rss+xml", b"<!doctype html><p>x", ""),
        (URL, "text/html", b"%PDF-1.4", "no es una página: PDF"),
        (URL, "video/mp4", b"\0\1", "no es una página: video/mp4"),
        ("https://otro.ejemplo/#a", "text/html", b"<html>", "redirige a la portada de otro.ejemplo"),
        ("https://diario.ejemplo/", "text/html", b"<html>", "redirige a la portada de diario.ejemplo"),
    ],
)
def test_what_is_no_page_of_an_article(final_url, kind, body, reason):
    assert no_article(URL, final_url, kind, body) == reason


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("https://diario.ejemplo/ciudad/", "https://diario.ejemplo/2026/05/04/nota-de-la-tarde"),
        ("https://diario.ejemplo/ciudad/nota-de-la-tarde", "https://diario.ejemplo/ciudad/nota-de-la-tarde"),
        ("https://diario.ejemplo/?p=4521", "https://diario.ejemplo/?p=4521"),
    ],
)
def test_a_section_is_no_articles_identity(declared, expected):
    assert canonical(declared, "https://diario.ejemplo/2026/05/04/nota-de-la-tarde") == expected
