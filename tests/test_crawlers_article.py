"""What is made of a page: title, lead and text without furniture, author, address, and why there is no text."""

import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.article import Articulo, extract
from crawlers.noticia import Precision
from crawlers.page_gate import LISTING, repeats_links
from crawlers.text import parse_html

DATA = Path(__file__).parent / "data" / "pages"
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
URL = "https://pregonero.ejemplo/ciudad/fotografa-denuncia-amenazas?utm_source=portada"


def page(name: str) -> Articulo:
    return extract((DATA / name).read_bytes(), URL, now=NOW)


@pytest.fixture(scope="module")
def nota() -> Articulo:
    return page("nota.html")


def test_title_author_date_and_address(nota):
    assert nota.titulo == "Fotógrafa denuncia amenazas tras cubrir un desalojo"
    assert nota.autor == "Lucía Arce, Hugo Téllez"
    assert (nota.publicada_en, nota.fecha_precision) == ("2026-11-23T16:20:30Z", Precision.HORA)
    assert nota.url_canonica == "https://pregonero.ejemplo/ciudad/fotografa-denuncia-amenazas"
    assert nota.motivo == ""


def test_the_text_is_the_lead_and_every_paragraph_of_the_story(nota):
    starts = ("La colaboradora de", "La fotógrafa Irene", "“Me dijeron que", "La organización Cauce", "La fiscalía informó")
    lines = [line for line in nota.texto.splitlines() if line != nota.titulo]
    assert [line[: len(start)] for line, start in zip(lines, starts, strict=True)] == list(starts)


@pytest.mark.parametrize(
    "furniture",
    [
        "Vecinas de la Pradera",  # a labelled link
        "Policías impiden",  # a paragraph that is only a link
        "Notas relacionadas",
        "Cierran avenida",  # a list of other notes
        "Foto: Archivo",  # a caption
        "Suscríbete",  # a plea
        "Comparte",
        "/tag/",
        "Desalojo\n",
        "mural del siglo",  # the aside
        "Tu suscripción",  # a hidden box
        "derechos reservados",
        "Inicio",
    ],
)
def test_what_is_not_of_the_story_is_gone(nota, furniture):
    assert furniture not in nota.texto


def test_div_soup_in_latin_1_without_any_metadata():
    body = (DATA / "sopa.html").read_text("utf-8").encode("cp1252")
    article = extract(body, "https://valle.ejemplo/?p=771", now=NOW)
    assert article.titulo == "Regidora acusa a un reportero de extorsión sin presentar pruebas"
    assert article.autor == "Ramón Ibáñez"
    assert (article.publicada_en, article.fecha_precision) == ("2026-11-23T00:45:00Z", Precision.HORA)
    assert article.texto.startswith(("Durante la sesión", "Regidora acusa a un reportero"))
    assert "Publicado" not in article.texto
    assert "Ibáñez" not in article.texto
    assert article.texto.endswith("ponen en riesgo a quien informa.")


def test_a_two_sentence_brief_keeps_its_text_and_its_bare_day():
    article = page("breve.html")
    assert article.titulo == "Retienen a reportero en Tlalpan"
    assert "Agentes de tránsito retuvieron anoche" in article.texto
    assert "Aviso de privacidad" not in article.texto
    assert (article.publicada_en, article.fecha_precision) == ("2026-11-23", Precision.DIA)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("muro.html", "muro de pago"),
        ("acceso.html", "página de acceso"),
        ("robots.html", "página de acceso: verificación contra robots"),
        ("consentimiento.html", "página de acceso: consentimiento"),
        ("lista.html", "es una lista de notas, no una nota"),
    ],
)
def test_pages_that_give_no_article_say_why(name, reason):
    article = page(name)
    assert (article.texto, article.motivo) == ("", reason)


def test_a_wall_still_gives_title_and_date():
    article = page("muro.html")
    assert (article.titulo, article.publicada_en) == ("Los secretos del contrato", "2026-11-23T13:00:00Z")


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "la página está vacía"),
        (b"%PDF-1.7 ...", "", "no es una página: PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text/html", "no es una página: imagen"),
        (b'{"a": 1}', "text/html", "no es una página: JSON"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "", "no es una página: es un canal"),
        (b"<urlset></urlset>", "", "no es una página: es un mapa de sitio"),
        (b"puro texto", "text/plain", "no es una página: no trae HTML"),
        (bytes(range(256)) * 8 + b"<b" * 9, "", "no es una página: no trae HTML"),
        (b"\x00\x01\x02", "video/mp4", "no es una página: video/mp4"),
        (b"<html><head><title>Nada</title></head><body></body></html>", "", "sin texto"),
        (
            b"<html><head><title>P\xc3\xa1gina no encontrada</title></head><body><p>No existe.</p></body></html>",
            "",
            "página no encontrada",
        ),
        (b"<html><head><title>503 Service Unavailable</title></head><body><p>Vuelva.</p></body></html>", "", "página de error"),
    ],
)
def test_bodies_that_are_no_page_say_why(body, content_type, reason):
    article = extract(body, URL, content_type=content_type, now=NOW)
    assert (article.texto, article.motivo) == ("", reason)


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://www.pregonero.ejemplo/ciudad/otra", "https://www.pregonero.ejemplo/ciudad/otra"),
        ("https://ajeno.ejemplo/ciudad/otra", None),
        ("https://pregonero.ejemplo/", None),
        ("javascript:alert(1)", None),
        ("https://[roto", None),
    ],
)
def test_a_canonical_address_counts_within_the_site(canonical, expected):
    body = f'<html><head><link rel="canonical" href="{canonical}"></head><body><p>x</p></body></html>'
    assert extract(body.encode(), URL).url_canonica == expected


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>Jueza ordena proteger a periodista - El Pregonero</title>", "", "Jueza ordena proteger a periodista"),
        ("<title>Jueza ordena | Ciudad | El Pregonero</title>", "Jueza ordena", "Jueza ordena"),
        (
            '<title>El Pregonero</title><meta property="og:title" content="Jueza ordena proteger">',
            "El Pregonero",
            "Jueza ordena proteger",
        ),
        ("<title>SEO: jueza ordena</title>", "Jueza ordena proteger a la reportera", "Jueza ordena proteger a la reportera"),
        ("<title>Marcha - contramarcha - y plantón en el centro</title>", "", "Marcha - contramarcha - y plantón en el centro"),
        ("", "", ""),
    ],
)
def test_the_title_is_what_the_reader_sees_without_the_outlet(head, heading, title):
    outlet = '<meta property="og:site_name" content="El Pregonero">'
    body = f"<html><head>{head}{outlet}</head><body><h1>{heading}</h1><p>Texto</p></body></html>"
    assert extract(body.encode(), URL).titulo == title


@pytest.mark.parametrize(
    ("told", "author"),
    [
        ("Por Ana Ruiz", "Ana Ruiz"),
        ("Ana Ruiz @anaruiz", "Ana Ruiz"),
        ("https://pregonero.ejemplo/autor/ana", ""),
        ("admin", ""),
        ("23 de noviembre de 2026", ""),
        ("Redacción", "Redacción"),
    ],
)
def test_an_author_is_a_name(told, author):
    body = f'<html><head><meta name="author" content="{told}"></head><body><p>Texto</p></body></html>'
    assert extract(body.encode(), URL).autor == author


def test_an_article_travels_between_processes(nota):
    assert pickle.loads(pickle.dumps(nota)) == nota


def test_a_list_in_the_story_is_kept():
    items = "".join(f"<li>Agresión número {n} del informe: un reportero fue retenido en la vía pública.</li>" for n in range(5))
    body = f"""<html><body><article><h1>Informe de agresiones de octubre</h1><p>La organización Cauce presentó su informe
      mensual ante integrantes del congreso local y pidió atención.</p><ul>{items}</ul><p>El informe completo se entregará a la
      fiscalía en los próximos días, dijo la vocera.</p></article></body></html>"""
    assert extract(body.encode(), URL).texto.count("Agresión número") == 5


def test_a_page_laid_out_with_tables():
    body = """<html><head><title>Diario del Valle :: Multan a una radio comunitaria</title></head><body><table>
      <tr><td><i>El diario de la gente</i></td></tr><tr><td><a href="/a">Local</a> | <a href="/b">Clima</a></td></tr>
      <tr><td><h2>Multan a una radio comunitaria</h2><font>Ana Ruiz | viernes 20 de noviembre de 2026, 19:00 h</font>
      <table><tr><td><p>La autoridad multó a la radio comunitaria del valle por transmitir un anuncio de la cooperativa, y
      le dio diez días para pagar una suma que supera lo que gana en un año de trabajo.</p><p>La radio dijo que no pagará y que
      acudirá a los tribunales, porque otras emisoras transmiten anuncios sin que nadie las moleste.</p></td></tr></table></td>
      <td><b>Otras notas</b><ul><li><a href="/1">Cierran la avenida por obras</a></li></ul></td></tr>
      <tr><td>Diario del Valle, hecho en casa. Publicidad | Contacto</td></tr></table></body></html>"""
    article = extract(body.encode(), "https://valle.ejemplo/nota-1.html", now=NOW)
    assert article.titulo == "Multan a una radio comunitaria"
    assert article.publicada_en == "2026-11-21T01:00:00Z"
    lines = [line for line in article.texto.splitlines() if line != article.titulo]
    assert [line[:24] for line in lines] == ["La autoridad multó a la ", "La radio dijo que no pag"]


def test_what_stands_over_and_under_the_story_is_gone():
    body = """<html><head><title>Asaltan a repartidora en Tlalpan</title></head><body><center><b>RONDA</b><br>La calle</center>
      <a href="/u">Últimas</a> | <a href="/c">Contacto</a><h1>Asaltan a repartidora en Tlalpan</h1><div>Dos hombres asaltaron
      a una repartidora sobre la calzada, a la altura del mercado, y la golpearon cuando se negó a soltar la bicicleta con la
      que trabaja.<br><br>La policía revisa las cámaras. No hay detenidos.</div><hr><b>Siga leyendo</b><ul>
      <li><a href="/1">Cae una barda sobre tres coches en la Roma</a></li></ul><small>Mándenos su reporte.</small></body>"""
    lines = extract(body.encode(), "https://ronda.ejemplo/a", now=NOW).texto.splitlines()
    assert lines[-1] == "La policía revisa las cámaras. No hay detenidos."
    assert [line[:20] for line in lines if line != "Asaltan a repartidora en Tlalpan"] == [
        "Dos hombres asaltaro",
        "La policía revisa la",
    ]


def test_a_page_of_nested_blocks_ends_soon():
    body = b"<html><body>" + b"<div class='a'>" * 40_000 + b"<p>fondo</p>" + b"</div>" * 40_000
    assert isinstance(extract(body, URL), Articulo)


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(["nota.html", "sopa.html", "breve.html", "muro.html", "lista.html"]),
    st.floats(0, 1),
    st.integers(0, 600),
    st.sampled_from(
        [b"", b"<", b"\x00", b"\xff\xfe", b"<!--", b"<table><tr><td>", b"&#0;", b'"', b"</div>", b"<script>", b"]]>"]
    ),
)
def test_a_page_spoilt_anywhere_gives_an_answer(name, where, cut, noise):
    whole = (DATA / name).read_bytes()
    place = int(where * len(whole))
    article = extract(whole[:place] + noise + whole[place + cut :], URL, now=NOW)
    assert bool(article.texto) != bool(article.motivo)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["", "text/html", "text/html; charset=zzz", "image/png"]))
def test_any_bytes_give_an_answer(body, content_type):
    article = extract(body, URL, content_type=content_type)
    assert bool(article.texto) != bool(article.motivo)


@pytest.mark.parametrize(("links", "expected"), [(0, False), (1, False), (4, True)])
def test_a_text_made_of_the_headlines_of_others_is_a_list(links, expected):
    heads = [f"La nota número {number} de la ciudad" for number in range(links)]
    tree = parse_html("<html><body>" + "".join(f'<a href="/{head}"> {head} </a>' for head in heads) + "</body></html>")
    text = "\n".join(["Esta es la única frase de la página que no lleva a otra nota, y dice poco más que su nombre.", *heads])
    assert repeats_links(tree, text) is expected


@pytest.mark.parametrize(
    "cell", ['<td><a href="/{n}">{t}</a></td>', '<li><a href="/{n}">{t}</a></li>', '<a href="/{n}">{t}</a> ']
)
def test_a_calendar_of_links_is_a_list_however_it_is_laid_out(cell):
    days = "".join(cell.format(n=n, t=f"Agenda cultural del día {n}") for n in range(40))
    row = f"<table><tr>{days}</tr></table>" if "<td>" in cell else days
    assert extract(f"<html><body>{row}</body></html>".encode(), URL, now=NOW).motivo == LISTING
    told = "".join(f"<p>La reportera contó que el día {n} la siguieron dos hombres hasta su casa.</p>" for n in range(9))
    assert extract(f"<html><body><article>{told}</article>{row}</body></html>".encode(), URL, now=NOW).motivo == ""
