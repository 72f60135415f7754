"""The reader of listing pages: which links look like articles."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.noticia import Lector, Precision
from crawlers.readings import FeedResult
from crawlers.sections import MAX_ARTICLES, looks_like_article, read_section

PAGE = (Path(__file__).parent / "data" / "sections" / "ciudad.html").read_bytes()
URL = "https://pregonero.ejemplo/ciudad/"


def read(body: bytes | str, **extra) -> FeedResult:
    return read_section(body.encode() if isinstance(body, str) else body, URL, fuente_id="pregonero", **extra)


def test_the_articles_of_a_listing_in_its_order_each_once():
    assert [(enlace.url, enlace.titulo) for enlace in read(PAGE).enlaces] == [
        (
            "https://pregonero.ejemplo/ciudad/reportera-denuncia-hostigamiento-en-la-alcaldia",
            "Reportera denuncia hostigamiento en la alcaldía",
        ),
        ("https://pregonero.ejemplo/ciudad/2026/11/23/cierran-avenida.html", "Cierran avenida por obras de drenaje"),
        ("https://pregonero.ejemplo/nota.php?id=48213", "Comerciantes piden mesa de diálogo"),
        ("https://www.pregonero.ejemplo/721934/", "Suben las tarifas del estacionamiento público"),
    ]


def test_the_day_in_the_address_is_the_links_date():
    dates = [(enlace.fecha, enlace.fecha_precision) for enlace in read(PAGE).enlaces]
    assert dates[:2] == [(None, Precision.NINGUNA), ("2026-11-23", Precision.DIA)]
    assert {enlace.lector for enlace in read(PAGE).enlaces} == {Lector.SECCION}


def test_incluir_decides_alone():
    urls = [enlace.url for enlace in read(PAGE, incluir=r"otro-medio|/tag/").enlaces]
    assert urls == [
        "https://pregonero.ejemplo/tag/libertad-de-expresion-en-mexico",
        "https://otro-medio.ejemplo/ciudad/nota-de-otro-medio-con-titulo-largo",
    ]


def test_excluir_wins():
    assert len(read(PAGE, excluir=r"/2026/|nota\.php").enlaces) == 2
    assert read(PAGE, incluir="nota", excluir="pregonero|otro").motivo == "la página no trae enlaces que parezcan notas"


def test_an_empty_page_says_why():
    assert read("").motivo == "la página está vacía: la respuesta no trae nada"
    assert read("<html><body><p>Nada</p></body></html>").motivo == "la página no trae enlaces que parezcan notas"


def test_the_number_of_links_is_bounded():
    anchors = "".join(
        f'<a href="/ciudad/una-nota-cualquiera-numero-{n}">Una nota número {n}</a>' for n in range(MAX_ARTICLES + 40)
    )
    assert len(read(f"<body>{anchors}</body>").enlaces) == MAX_ARTICLES


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://d.ejemplo/politica/jueza-ordena-proteger-a-periodista", ""),
        ("https://d.ejemplo/2026/11/23/jueza-ordena", "Jueza ordena proteger a periodista"),
        ("https://d.ejemplo/index.php?p=4521", "Jueza ordena proteger a periodista"),
        ("https://d.ejemplo/noticias/20261123-jueza", "Jueza ordena proteger a periodista"),
        ("https://d.ejemplo/nota/48213", "Jueza ordena proteger a periodista"),
        ("https://d.ejemplo/comunicacion/nota/1234-detenidos", "Detienen a dos hombres armados"),
    ],
)
def test_what_looks_like_an_article(address, words):
    assert looks_like_article(address, words)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://d.ejemplo/", "El diario de la ciudad"),
        ("https://d.ejemplo/politica/", "Toda la política de hoy"),
        ("https://d.ejemplo/autor/ana-ruiz-de-la-torre", "Ana Ruiz de la Torre"),
        ("https://d.ejemplo/tag/marcha-del-dia-de-la-mujer", "Marcha del día de la mujer"),
        ("https://d.ejemplo/ciudad/page/2012", "Página siguiente de la lista"),
        ("https://d.ejemplo/fotos/una-foto-muy-larga-de-ver.jpg", "Una foto muy larga de ver"),
        ("https://d.ejemplo/ciudad?page=1234", "Página siguiente de la lista"),
    ],
)
def test_what_does_not(address, words):
    assert not looks_like_article(address, words)


@settings(max_examples=150, deadline=None)
@given(st.floats(0, 1), st.integers(0, 400), st.binary(max_size=24))
def test_a_page_spoilt_anywhere_gives_an_answer(where, cut, noise):
    place = int(where * len(PAGE))
    for enlace in read(PAGE[:place] + noise + PAGE[place + cut :]).enlaces:
        assert enlace.url.startswith(("http://", "https://"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_an_answer(body):
    assert isinstance(read(body), FeedResult)


@pytest.mark.parametrize(
    "card",
    [
        '<article><a class="tapa" href="/nota/8899"></a><div><h3>Detienen a un fotógrafo en la marcha</h3></div></article>',
        '<div><h3>Detienen a un fotógrafo en la marcha</h3><p>Sumario.</p><a href="/nota/8899">Leer más</a></div>',
        '<h2><a href="/tapa">Detienen a un fotógrafo en la marcha</a></h2>',
    ],
)
def test_cards_whose_link_says_nothing_and_headings_with_short_addresses(card):
    (enlace,) = read(f"<html><body>{card}</body></html>").enlaces
    assert enlace.titulo == "Detienen a un fotógrafo en la marcha"


def test_a_box_of_several_headings_gives_its_buttons_no_title():
    box = '<div><h3>Una nota de la ciudad</h3><h3>Otra nota de la ciudad</h3><a href="/nota/8899">Leer más</a></div>'
    assert read(f"<html><body>{box}</body></html>").enlaces == ()
