"""Draws pages of the outlets from the designs of `data/disenos/`: the article with the furniture that surrounds it."""

import json
from collections.abc import Sequence
from html import escape
from string import Template

from demo.outlets import DATA, Article, Outlet

DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
RELATED = 4  # how many other headlines of the outlet a page offers


def article_page(outlet: Outlet, article: Article, others: Sequence[Article]) -> bytes:
    """Return the article's page in the outlet's design and encoding; `others` feed its related links."""
    values = _common(outlet) | _words(article) | _dates(article)
    values |= {
        "cuerpo": _body(outlet, article, others),
        "relacionadas": _links(outlet, others[:RELATED]),
        "foto": _photo(outlet, article),
        "resumen": escape(article.resumen),
        "jsonld": _json_ld(outlet, article),
    }
    return _draw(outlet.diseno, values, outlet)


def listing_page(outlet: Outlet, articles: Sequence[Article]) -> bytes:
    """Return the page of the latest articles: their links without dates, among menus and authors' pages."""
    items = "\n".join(f'<li><h3><a href="{_path(outlet, item)}">{escape(item.titulo)}</a></h3></li>' for item in articles)
    return _draw("listado", _common(outlet) | {"entradas": items}, outlet)


def missing_page(outlet: Outlet) -> bytes:
    """Return what the outlet says of an address that it no longer has."""
    return _draw("aviso", _common(outlet) | {"aviso": "La página que busca ya no existe."}, outlet)


def unavailable_page(outlet: Outlet) -> bytes:
    """Return what a fallen server says."""
    return _draw("aviso", _common(outlet) | {"aviso": "503 Servicio no disponible. Intente más tarde."}, outlet)


def _draw(design: str, values: dict[str, str], outlet: Outlet) -> bytes:
    template = Template((DATA / "disenos" / f"{design}.html").read_text("utf-8"))
    return template.substitute(values).encode(outlet.codificacion)


def _common(outlet: Outlet) -> dict[str, str]:
    return {"medio": outlet.nombre, "sitio": outlet.sitio, "lema": outlet.lema, "charset": outlet.codificacion}


def _words(article: Article) -> dict[str, str]:
    words = {"titulo": article.titulo, "autor": article.autor, "seccion": article.seccion, "url": article.url}
    return {name: escape(text) for name, text in words.items()}


def _dates(article: Article) -> dict[str, str]:
    moment = article.moment
    visible = f"{DAYS[moment.weekday()]} {moment.day} de {MONTHS[moment.month - 1]} de {moment.year}"
    return {"iso": moment.isoformat(), "dia": moment.date().isoformat(), "fecha": visible, "hora": f"{moment:%H:%M}"}


def _body(outlet: Outlet, article: Article, others: Sequence[Article]) -> str:
    """Return the paragraphs as the design marks them, with what it puts between them."""
    paragraphs = [escape(paragraph, quote=False) for paragraph in article.parrafos]
    if outlet.diseno == "br":
        return "<br><br>\n".join(paragraphs)
    if outlet.diseno == "cajas":
        return "\n".join(f'<div class="bloque"><div class="txt">{paragraph}</div></div>' for paragraph in paragraphs)
    if outlet.diseno == "spans":
        return "\n".join(f'<p class="p"><span class="t">{paragraph}</span></p>' for paragraph in paragraphs)
    blocks = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
    if "lee_tambien" in article.adornos and others:
        link = f'<a href="{_path(outlet, others[0])}">{escape(others[0].titulo)}</a>'
        blocks.insert(2, f'<p class="lee-tambien"><strong>Lee también:</strong> {link}</p>')
    if "suscripcion" in article.adornos:
        blocks.insert(-1, '<div class="suscribete"><p>Recibe nuestro boletín cada mañana. Déjanos tu correo.</p></div>')
    return "\n".join(blocks)


def _photo(outlet: Outlet, article: Article) -> str:
    if "pie_de_foto" not in article.adornos:
        return ""
    return (
        f'<figure><img src="/img/{article.id}.jpg" alt=""><figcaption>Imagen ilustrativa. '
        f"Foto: Archivo de {outlet.nombre}</figcaption></figure>"
    )


def _links(outlet: Outlet, articles: Sequence[Article]) -> str:
    return "\n".join(f'<li><a href="{_path(outlet, item)}">{escape(item.titulo)}</a></li>' for item in articles)


def _path(outlet: Outlet, article: Article) -> str:
    return article.url.removeprefix(outlet.sitio)


def _json_ld(outlet: Outlet, article: Article) -> str:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.titulo,
        "datePublished": article.moment.isoformat(),
        "author": {"@type": "Person", "name": article.autor},
        "publisher": {"@type": "Organization", "name": outlet.nombre},
        "mainEntityOfPage": article.url,
    }
    return json.dumps(record, ensure_ascii=False).replace("<", "\\u003c")
