"""What becomes of a link: its page's article, what stands in for it, or the reason why there is neither. Pure functions."""

from datetime import datetime

from crawlers.article import VERSION_EXTRACTOR, Articulo
from crawlers.fechas import local_day, utc_text
from crawlers.noticia import Enlace, Noticia, Precision, TextoOrigen
from crawlers.page_gate import not_a_page
from crawlers.sections import looks_like_article
from crawlers.urls import is_front_page, normalise, same_site

# The page exists and is not for us: login, payment, prohibition, legal order. What the feed gave stands in at once.
CLOSED_DOORS = frozenset({401, 402, 403, 451})
ANY_HEADLINE = "un título de cuatro palabras"  # what stands for the anchor's text where only the address is known


def stand_in(enlace: Enlace, now: datetime, *, sha256: str = "") -> Noticia | None:
    """Return what the source's own answer says in place of the page (principle 9), or None when it says nothing.

    The content of the feed, else title and summary; `captura` is the answer's, `sha256` the digest of its body.
    """
    content, title = enlace.contenido.strip(), enlace.titulo.strip()
    if not enlace.captura or not (content or title):
        return None
    return Noticia(
        url=enlace.url,
        url_canonica=enlace.url_normalizada,
        fuente_id=enlace.fuente_id,
        titulo=title,
        texto=content or enlace.resumen.strip() or title,
        texto_origen=TextoOrigen.FEED if content else TextoOrigen.TITULO,
        autor=enlace.autor,
        publicada_en=enlace.fecha,
        fecha_precision=enlace.fecha_precision,
        capturada_en=utc_text(now),
        sha256=sha256,
        captura=enlace.captura,
        version_extractor=VERSION_EXTRACTOR,
    )


def from_page(enlace: Enlace, article: Articulo, final_url: str, kept: tuple[str, str], now: datetime) -> Noticia:
    """Return the noticia of a page that gave text; the feed fills in title, author and date that the page lacks.

    `kept` is (reference, hex digest) of its capture.
    """
    published, precision = publication(article, enlace)
    return Noticia(
        url=enlace.url,
        url_canonica=canonical(article.url_canonica, final_url),
        fuente_id=enlace.fuente_id,
        titulo=article.titulo or enlace.titulo,
        texto=article.texto,
        texto_origen=TextoOrigen.PAGINA,
        autor=article.autor or enlace.autor,
        publicada_en=published,
        fecha_precision=precision,
        capturada_en=utc_text(now),
        sha256=kept[1],
        captura=kept[0],
        version_extractor=VERSION_EXTRACTOR,
    )


def publication(article: Articulo, enlace: Enlace) -> tuple[str | None, Precision]:
    """Return the page's date; the feed's where the page has none, or when it gives the hour of the same day."""
    if article.fecha_precision == Precision.HORA:
        return article.publicada_en, article.fecha_precision
    same_day = enlace.fecha_precision == Precision.HORA and local_day(enlace.fecha) == local_day(article.publicada_en)
    if article.fecha_precision == Precision.NINGUNA or same_day:
        return enlace.fecha, enlace.fecha_precision
    return article.publicada_en, article.fecha_precision


def canonical(declared: str | None, final_url: str) -> str:
    """Return the article's identity: `rel=canonical` within the same site, else where it lies.

    A front page or a section is no article's identity: a template that names it for all would make one noticia of them all.
    """
    if not declared or not same_site(declared, final_url) or is_front_page(declared):
        return normalise(final_url)
    of_an_article = _may_be_article(declared) or not _may_be_article(final_url)
    return normalise(declared if of_an_article else final_url)


def _may_be_article(url: str) -> bool:
    return looks_like_article(url, ANY_HEADLINE)


def no_article(url: str, final_url: str, content_type: str, body: bytes) -> str:
    """Return why an answer is no article's page (sent to a front page; another kind of file), or ''."""
    if is_front_page(final_url) and not is_front_page(url):
        return f"redirige a la portada de {final_url.split('/')[2]}" if "//" in final_url else "redirige a una portada"
    return not_a_page(body, content_type) if body.strip() else ""
