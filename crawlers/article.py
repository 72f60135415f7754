"""A page → title, date, author and text: a pure function around trafilatura, on bytes."""

from dataclasses import dataclass
from datetime import datetime

from lxml import html as lxml_html

from crawlers import jsonld, page_gate
from crawlers.noticia import Precision
from crawlers.page_dates import read_date
from crawlers.page_meta import outlet_parts, page_title, read_author, read_canonical, read_title
from crawlers.page_text import read_lead, read_text, with_lead, without_heading
from crawlers.readings import dated
from crawlers.text import decode, parse_html

VERSION_EXTRACTOR = "2"  # rises when the same bytes may give another text, title or date
MAX_PAGE = 5_000_000  # bytes read of a page: the heaviest real front page seen has 3.9 MB, its text in the first third


@dataclass(frozen=True)
class Articulo:
    """What a page says. `motivo` is '' or why there is no `texto`; `publicada_en` follows `fecha_precision`."""

    url_canonica: str | None = None
    titulo: str = ""
    texto: str = ""
    autor: str = ""
    publicada_en: str | None = None
    fecha_precision: Precision = Precision.NINGUNA
    motivo: str = ""


def extract(body: bytes, url: str, *, content_type: str = "", now: datetime | None = None) -> Articulo:
    """Return what the page says; `now` (aware) is what a future date is judged by. Never raises.

    Without a text there may still be title, author and date; `motivo` is then one line in Spanish (`page_gate`).
    """
    body = body[:MAX_PAGE]
    if not body.strip():
        return Articulo(motivo="la página está vacía")
    if reason := page_gate.not_a_page(body, content_type):
        return Articulo(motivo=reason)
    source = decode(body, content_type)
    tree = parse_html(source)
    if tree is None:
        return Articulo(motivo=page_gate.NO_TEXT)
    return _read(tree, list(tree.iter()), source, url, now)


def _read(
    tree: lxml_html.HtmlElement, _held: list[lxml_html.HtmlElement], source: str, url: str, now: datetime | None
) -> Articulo:
    """Read a page's tree. While all its elements are held, lxml does not make an object of each anew at every walk."""
    found = jsonld.nodes(tree)
    shown, title = page_title(tree), read_title(tree, found)
    author = read_author(tree, found, title)
    published, precision = dated(read_date(tree, found, url, title, now), now)
    canonical = read_canonical(tree, url)
    text, reason = "", page_gate.LISTING
    if not page_gate.is_listing(tree, found):
        lead = read_lead(tree, title)
        paid = page_gate.is_paid(found)
        password = tree.find(".//input[@type='password']") is not None
        text = with_lead(lead, without_heading(read_text(tree, source, url), title, author, outlet_parts(shown, title)), title)
        seen = "" if len(text) > page_gate.TEASER else page_gate.visible_text(source)
        reason = page_gate.why_no_text(seen, (shown, title), text, paid=paid, password=password)
        if not published and page_gate.repeats_links(tree, text):
            reason = reason or page_gate.LISTING
    return Articulo(canonical, title, "" if reason else text, author, published, precision, reason)
