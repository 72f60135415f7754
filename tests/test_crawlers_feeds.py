"""The feed reader: what outlets, organisations and networks publish, well and badly."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.feeds import read_feed
from crawlers.noticia import Lector, Precision
from crawlers.readings import MAX_LINKS, FeedResult

DATA = Path(__file__).parent / "data" / "feeds"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://pregonero.ejemplo/rss.xml"


def read(body: bytes | str, **extra) -> FeedResult:
    raw = body.encode() if isinstance(body, str) else body
    return read_feed(raw, extra.pop("url", URL), fuente_id="pregonero", now=NOW, **extra)


def by_title(result: FeedResult) -> dict:
    return {enlace.titulo: enlace for enlace in result.enlaces}


def item(inner: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>C</title><item>{inner}</item></channel></rss>'


@pytest.fixture(scope="module")
def outlet() -> dict:
    return by_title(read((DATA / "medio.rss").read_bytes(), content_type="text/xml"))


def test_latin_1_entities_and_markup_become_plain_text(outlet):
    enlace = outlet["Vecinas de la colonia Del Mar & Sol piden alumbrado"]
    assert enlace.resumen == "Piden lámparas nuevas… desde marzo."
    assert enlace.contenido == "Primer párrafo.\nSegundo párrafo."
    assert enlace.autor == "Lucía Arce"
    assert enlace.lector == Lector.FEED
    assert enlace.url_normalizada == "https://pregonero.ejemplo/ciudad/vecinas-piden-alumbrado"


def test_one_article_told_twice_is_one_link_and_what_leads_nowhere_is_none(outlet):
    assert len(outlet) == 6
    assert "Misma nota con otro rastreo" not in outlet
    assert "Sin enlace ni guid" not in outlet


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Sin enlace, con guid permanente", "https://pregonero.ejemplo/nota/771"),
        ("Enlace relativo y sólo el día", "https://pregonero.ejemplo/ciudad/enlace-relativo"),
        ("Con dirección de origen", "https://pregonero.ejemplo/ciudad/con-direccion-de-origen"),
        ("Redirección de un agregador", "https://agregador.ejemplo/rss/articles/CBMiabc?oc=5"),
    ],
)
def test_the_address_of_an_item(outlet, title, url):
    assert outlet[title].url == url


@pytest.mark.parametrize(
    ("title", "date", "precision"),
    [
        ("Vecinas de la colonia Del Mar & Sol piden alumbrado", "2026-11-23T16:00:00Z", Precision.HORA),
        ("Sin enlace, con guid permanente", "2026-11-23T15:30:00Z", Precision.HORA),
        ("Enlace relativo y sólo el día", "2026-11-23", Precision.DIA),
        ("Redirección de un agregador", "2026-11-23T16:00:00Z", Precision.HORA),
        ("Con dirección de origen", None, Precision.NINGUNA),
        ("Fecha del futuro", None, Precision.NINGUNA),
    ],
)
def test_the_date_of_an_item(outlet, title, date, precision):
    assert (outlet[title].fecha, outlet[title].fecha_precision) == (date, precision)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Mon, 23 Nov 2026 10:00:00 CST", "2026-11-23T16:00:00Z"),
        ("Mon, 23 Nov 26 10:00 GMT", "2026-11-23T10:00:00Z"),
        ("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"),
        ("2026-11-23T10:00:00.123456-06:00", "2026-11-23T16:00:00Z"),
        ("2026-11-23 10:00:00", "2026-11-23T16:00:00Z"),
        ("20261123T100000Z", "2026-11-23T10:00:00Z"),
        ("2026-11-23", "2026-11-23"),
        ("20261123", "2026-11-23"),
        ("lunes 23 de noviembre de 2026, 10:00 p.m.", "2026-11-24T04:00:00Z"),
        ("23 de noviembre de 2026", "2026-11-23"),
        ("Nov 23, 2026 12:30 am", "2026-11-23T06:30:00Z"),
        ("23/11/2026 18:45 hrs", "2026-11-24T00:45:00Z"),
        ("Mon, 31 Nov 2026 10:00:00 GMT", None),
        ("ayer", None),
        ("", None),
    ],
)
def test_dates_as_they_are_written(text, date):
    body = item(f"<title>Nota</title><link>https://pregonero.ejemplo/a</link><pubDate>{text}</pubDate>")
    assert read(body).enlaces[0].fecha == date


def test_a_toot_gets_a_title_from_its_first_words():
    (enlace,) = read((DATA / "mastodon.rss").read_bytes(), url="https://social.ejemplo/@faro.rss").enlaces
    assert enlace.titulo == "Alerta: agentes retienen a una fotógrafa de nuestra colectiva frente al mercado de la…"
    assert enlace.resumen.endswith("su abogada.")
    assert enlace.url == "https://social.ejemplo/@faro/1101"


def test_a_video_keeps_its_description_and_both_dates():
    (enlace,) = read((DATA / "videos.atom").read_bytes()).enlaces
    assert enlace.url == "https://videos.ejemplo/watch?v=abc123"
    assert enlace.resumen.startswith("Entrevista con la reportera")
    assert (enlace.fecha, enlace.modificada) == ("2026-11-22T15:00:05Z", "2026-11-23T01:02:03Z")


def test_a_json_feed():
    (enlace,) = read((DATA / "organizacion.json").read_bytes(), content_type="application/feed+json").enlaces
    assert (enlace.titulo, enlace.contenido) == ("Alerta por amenazas", "Exigimos protección inmediata.")
    assert enlace.autor == "Rita Solís, Equipo Cauce"
    assert (enlace.fecha, enlace.modificada) == ("2026-11-20T14:00:00Z", "2026-11-21T15:00:00Z")


def test_rdf_and_its_dublin_core_date():
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://cauce.ejemplo/"><title>C</title></channel>
      <item rdf:about="https://cauce.ejemplo/1"><title>Uno</title><link>https://cauce.ejemplo/1</link>
      <dc:date>2026-11-23T10:00:00-06:00</dc:date></item></rdf:RDF>"""
    (enlace,) = read(body).enlaces
    assert (enlace.titulo, enlace.fecha) == ("Uno", "2026-11-23T16:00:00Z")


def test_xml_base_and_self_links():
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://otro.ejemplo/blog/"><title>B</title>
      <entry><title>Relativa</title><link href="nota-1"/></entry>
      <entry><title>Propia</title><link rel="self" href="https://otro.ejemplo/2"/></entry></feed>"""
    assert [enlace.url for enlace in read(body).enlaces] == ["https://otro.ejemplo/blog/nota-1", "https://otro.ejemplo/2"]


def test_an_item_with_only_an_enclosure_gives_no_link_and_says_so():
    result = read(item('<title>Audio</title><enclosure url="https://r.ejemplo/a.mp3" type="audio/mpeg" length="1"/>'))
    assert result == FeedResult(motivo="el canal trae elementos, pero ninguno con enlace a una nota")


def test_broken_xml_still_gives_its_items():
    body = item("<title>Rota & entera<b></title><link>https://pregonero.ejemplo/rota</link>")[:-20]
    (enlace,) = read(body).enlaces
    assert enlace.url == "https://pregonero.ejemplo/rota"
    assert "Rota" in enlace.titulo


@pytest.mark.parametrize(
    ("text", "charset"), [("Señalan a jueza", "utf-8"), ("Señalan a jueza", "cp1252"), ("Señalan a jueza", "utf-16")]
)
def test_charsets_are_told_apart_whatever_is_declared(text, charset):
    body = item(f"<title>{text}</title><link>https://pregonero.ejemplo/a</link>").replace('<?xml version="1.0"?>', "")
    assert read(body.encode(charset), content_type="application/rss+xml").enlaces[0].titulo == text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "el canal está vacío: la respuesta no trae nada"),
        ("  \n ", "el canal está vacío: la respuesta no trae nada"),
        ("<!doctype html><html><body><p>Página no encontrada</p></body></html>", "no es un canal: HTML"),
        ('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "no es un canal: mapa de sitio"),
        ('{"error": "nada"}', "no es un canal: JSON sin «items»"),
        ('{"items": [', "no se puede leer el canal: su JSON está roto"),
        ("texto suelto", "no es un canal"),
    ],
)
def test_what_is_no_feed_says_why(body, reason):
    assert read(body) == FeedResult(motivo=reason)


@pytest.mark.parametrize(
    "body",
    [
        '<rss version="2.0"><channel><title>Nuevo</title></channel></rss>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Nuevo</title></feed>',
        '{"version": "https://jsonfeed.org/version/1", "items": []}',
    ],
)
def test_an_empty_feed_is_a_good_reading(body):
    assert read(body) == FeedResult()


def test_the_number_of_links_is_bounded():
    items = "".join(f"<item><link>https://pregonero.ejemplo/{n}</link></item>" for n in range(MAX_LINKS + 50))
    assert len(read(f'<rss version="2.0"><channel>{items}</channel></rss>').enlaces) == MAX_LINKS


def test_entities_are_not_expanded_nor_files_read():
    secret = DATA / "organizacion.json"
    body = f"""<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
      <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
      <!ENTITY f SYSTEM "file://{secret}">]>
      <rss version="2.0"><channel><item><title>Nota &c;&f;</title><link>https://pregonero.ejemplo/a</link></item></channel></rss>"""
    (enlace,) = read(body).enlaces
    assert len(enlace.titulo) < 60
    assert "Cauce" not in enlace.titulo


def test_a_body_that_names_a_file_is_not_opened():
    assert read(str(DATA / "medio.rss")).enlaces == ()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_answer(body):
    result = read(body)
    assert result.enlaces or isinstance(result.motivo, str)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["medio.rss", "mastodon.rss", "videos.atom", "organizacion.json"]),
    st.floats(0, 1),
    st.integers(0, 300),
    st.binary(max_size=24),
)
def test_a_feed_cut_or_spoilt_anywhere_gives_an_answer(name, where, cut, noise):
    whole = (DATA / name).read_bytes()
    place = int(where * len(whole))
    result = read(whole[:place] + noise + whole[place + cut :])
    assert all(enlace.url.startswith(("http://", "https://")) for enlace in result.enlaces)


def test_a_feed_that_lies_in_gzip_is_read():
    assert [enlace.titulo for enlace in read(gzip.compress(item("<title>N</title><link>/a</link>").encode())).enlaces] == ["N"]


@pytest.mark.parametrize("text", ["Thu, 01 Jan 1970 00:00:00 GMT", "1777900000", "0001-01-01T00:00:00Z"])
def test_a_date_of_before_the_web_is_no_date(text):
    (enlace,) = read(item(f"<title>N</title><link>/a</link><pubDate>{text}</pubDate>")).enlaces
    assert (enlace.fecha, enlace.fecha_precision) == (None, Precision.NINGUNA)


def test_the_address_comes_without_tracking():
    (enlace,) = read(item("<title>N</title><link>https://pregonero.ejemplo/a?partner=rss&amp;id=3</link>")).enlaces
    assert enlace.url == "https://pregonero.ejemplo/a?id=3"
