"""A listing page (a section, a front page) → the links that look like articles of the same site."""

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import html as lxml_html

from crawlers.noticia import Enlace, Lector
from crawlers.page_dates import url_day
from crawlers.readings import FeedResult, dated
from crawlers.text import block_lines, decode, parse_html, squeeze
from crawlers.urls import normalise, same_site, untracked, web_address

MAX_ANCHORS = 5_000  # looked at on one page: front pages seen hold up to 900
MAX_ARTICLES = 300  # of one listing page: front pages seen hold up to 250
_PICTURE = re.compile(r"^(?:imagen|foto|fotograf[ií]a|image)(?: de)?\s*:\s+", re.IGNORECASE)
MAX_HEADLINE = 160  # characters; longer anchors hold the summary too
IN_HEADING = 3  # the best rank of an anchor's text
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MORE = re.compile(r"^(?:leer|lee|seguir|sigue|continuar|continúa|ver|m[aá]s)\b", re.IGNORECASE)
CARD_DEPTH = 3  # boxes around an anchor that are looked through for a heading
SURE_WORDS = 6  # of an anchor in a heading: taken for a note's title whatever its address looks like
MIN_ANCHOR_WORDS = 4  # a headline; menus say one to three words
_DATE = re.compile(r"/(?:19|20)\d\d[/-]?(?:0?[1-9]|1[0-2])(?:[/-]|\d\d|$)")
_NUMBER = re.compile(r"(?:^|[-_/.a-z])\d{4,}(?:$|[-_/.])|^n?\d{4,}", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|xml|rss|css|js|zip|docx?|xlsx?|ics|apk)$", re.IGNORECASE)
_NOT_ARTICLES = {
    "tag", "tags", "tema", "temas", "etiqueta", "etiquetas", "autor", "autores", "author", "authors", "perfil", "category",
    "categoria", "categorias", "categories", "page", "pagina", "feed", "rss", "login", "ingresar", "registro", "suscripcion",
    "suscripciones", "suscribete", "contacto", "aviso-de-privacidad", "aviso-legal", "privacidad", "politica-de-privacidad",
    "terminos-y-condiciones", "quienes-somos", "nosotros", "directorio", "publicidad", "anunciate", "buscar", "busqueda",
    "search", "newsletter", "newsletters", "newsletter-suscripcion", "wp-content", "wp-admin", "wp-login.php", "cdn-cgi",
    "archivo", "archivos", "hemeroteca", "edicion-impresa", "minuto-a-minuto", "videos-en-vivo", "en-vivo", "cookies", "ayuda",
    "account", "cart", "carrito", "tienda", "shop", "horoscopos", "sitemap", "mapa-del-sitio", "staff", "legal", "faq",
}  # fmt: skip


def read_section(  # noqa: PLR0913 - all but the document are keywords that a harvest gives
    body: bytes,
    url: str,
    *,
    fuente_id: str,
    content_type: str = "",
    incluir: str = "",
    excluir: str = "",
    now: datetime | None = None,
) -> FeedResult:
    """Return the page's article links in its own order, the anchor's text as `titulo`, the day in the address as `fecha`.

    `incluir` (searched in the address) lets a link in whatever it looks like; `excluir` keeps it out. Never raises.
    """
    tree = parse_html(decode(body, content_type)) if body.strip() else None
    if tree is None:
        return FeedResult(motivo="la página está vacía: la respuesta no trae nada")
    rules = (re.compile(incluir) if incluir else None, re.compile(excluir) if excluir else None)
    found: dict[str, tuple[str, int, str]] = {}
    for address, rank, words in _anchors(tree, url):
        key = normalise(address)
        known = found.get(key)
        if known is None and (len(found) >= MAX_ARTICLES or not _wanted(address, (words, rank), url, rules)):
            continue
        if known is None or rank > known[1]:
            found[key] = (known[0] if known else address, rank, words)
    links = [_link(address, key, words, fuente_id, now) for key, (address, _, words) in found.items()]
    return FeedResult(tuple(links), "" if links else "la página no trae enlaces que parezcan notas")


def _link(address: str, key: str, words: str, fuente_id: str, now: datetime | None) -> Enlace:
    """Return one link; its day is the one in its address, if any."""
    day, precision = dated(next(url_day(address), None), now)
    return Enlace(untracked(address), key, fuente_id, Lector.SECCION, titulo=words, fecha=day, fecha_precision=precision)


def _anchors(tree: lxml_html.HtmlElement, url: str) -> Iterator[tuple[str, int, str]]:
    """Yield (absolute address, how good a title its text is, text) of every anchor of the page."""
    base = next((str(value) for value in tree.xpath("//base/@href")[:1]), "")
    root = web_address(base, url) or url
    for anchor in islice(tree.iter("a"), MAX_ANCHORS):
        href = (anchor.get("href") or "").strip()
        if not href or href.startswith("#"):
            continue
        if address := web_address(href, root).partition("#")[0]:
            words = _words(anchor)
            yield address, _rank(anchor, words), words


def _rank(anchor: lxml_html.HtmlElement, words: str) -> int:
    """Return how good a title an anchor's text is: of a heading, of a headline's length, of neither, of a button."""
    if len(words.split()) < MIN_ANCHOR_WORDS:
        return 0
    heading = anchor.getparent() is not None and anchor.getparent().tag in _HEADINGS
    if heading or any(anchor.find(f".//{tag}") is not None for tag in _HEADINGS):
        return IN_HEADING
    return 2 if len(words) <= MAX_HEADLINE else 1


def _words(anchor: lxml_html.HtmlElement) -> str:
    """Return what an anchor says: its heading, else its text, `title` or picture's `alt`, else the one heading of its card."""
    heading = next((found for tag in _HEADINGS if (found := anchor.find(f".//{tag}")) is not None), anchor)
    text = squeeze(" ".join(block_lines(heading)))
    shown = text or squeeze(anchor.get("title") or next(iter(anchor.xpath(".//img/@alt")), ""))
    if not shown or _MORE.match(shown):
        shown = _card_heading(anchor) or shown
    return _PICTURE.sub("", shown)


def _card_heading(anchor: lxml_html.HtmlElement) -> str:
    """Return the heading of the box around an anchor that says nothing itself, where there is exactly one, or ''."""
    for box in islice(anchor.iterancestors(), CARD_DEPTH):
        headings = list(islice(box.iter(*_HEADINGS), 2))
        if headings:
            return squeeze(" ".join(block_lines(headings[0]))) if len(headings) == 1 else ""
    return ""


def _wanted(
    address: str, said: tuple[str, int], url: str, rules: tuple[re.Pattern[str] | None, re.Pattern[str] | None]
) -> bool:
    """Tell whether a link is to be followed, the source's own patterns first; `said` is what `_anchors` gives of it."""
    include, exclude = rules
    if exclude and exclude.search(address):
        return False
    if include:
        return bool(include.search(address))
    if not same_site(address, url) or normalise(address) == normalise(url):
        return False
    return looks_like_article(address, said[0], heading=said[1] == IN_HEADING)


def looks_like_article(address: str, words: str = "", *, heading: bool = False) -> bool:
    """Tell whether an address looks like one article: by date, number and slug in its path, the anchor's length and place.

    True: `/2026/11/23/reportera-denuncia`, `/politica/reportera-denuncia-amenazas-en-la-capital`, `/nota.php?id=12345`.
    False: `/`, `/politica/`, `/autor/ana-ruiz`, `/tag/marchas`, `/foto.jpg`.
    """
    parts = urlsplit(address)
    steps = [step.lower() for step in unquote(parts.path).split("/") if step]
    if _FILE.search(parts.path) or any(step in _NOT_ARTICLES for step in steps):
        return False
    headline = len(words.split()) >= MIN_ANCHOR_WORDS
    if not steps or steps[-1] in ("index.php", "index.html", "index.htm"):
        return headline and _numbered(parts.query)
    last = re.sub(r"\.(?:s?html?|php|aspx?|jsp)$", "", steps[-1])
    hyphens = len(re.findall(r"[-_]", last))
    if _DATE.search(parts.path) and (hyphens >= 2 or headline):
        return True
    if hyphens >= 4 or (hyphens >= 2 and headline):
        return True
    if heading and len(words.split()) >= SURE_WORDS:
        return True
    return headline and (_numbered(parts.query) or bool(_NUMBER.search(last)) or bool(_NUMBER.search(steps[0])))


def _numbered(query: str) -> bool:
    """Tell whether the query names an article by number, as `?p=4521` or `?id=12345`."""
    return any(
        value.isdigit() and len(value) >= 3 for name, value in parse_qsl(query) if name.lower() not in ("page", "pagina")
    )
