"""Bodies that hold no article: other kinds of file, walls, logins, robot checks, error pages, lists. Reasons in Spanish."""

import re
from functools import reduce
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from crawlers import jsonld
from crawlers.page_meta import meta
from crawlers.phrases import pattern
from crawlers.text import parse_html, squeeze

NO_TEXT = "sin texto"
WALL = "muro de pago"
ACCESS = "página de acceso"
ROBOTS = "página de acceso: verificación contra robots"
MISSING = "página no encontrada"
FAILED = "página de error"
LISTING = "es una lista de notas, no una nota"
NOT_A_PAGE = "no es una página"
MIN_TEXT = 60  # characters: less is a label or a caption; title and summary say more
ROWS = 50  # the longest lines of a text, in which rows of links are looked for
LINKED_SHARE = 0.3  # of a text; real articles seen have 0.06 at most, undated lists up to 0.9
TEASER = 600  # characters: what a wall leaves to read; more than this is taken for the article whatever the page says
_MAGIC = (
    (b"%PDF-", "PDF"), (b"\x89PNG", "imagen"), (b"GIF8", "imagen"), (b"\xff\xd8\xff", "imagen"), (b"RIFF", "imagen o sonido"),
    (b"PK\x03\x04", "archivo comprimido"), (b"\x1f\x8b", "archivo comprimido"), (b"ID3", "sonido"), (b"OggS", "sonido"),
)  # fmt: skip
_TYPES = re.compile(r"^\s*(?:image|audio|video|font)/|^\s*application/(?:pdf|zip|msword|vnd|x-(?!httpd)|gzip)", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex|html|head|body|!doctype html)\b", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ROBOTS = pattern("puertas", "robots", r"^\W{0,12}{}")
_MISSING = pattern("puertas", "no_encontrada")
_FAILED = pattern("puertas", "error", r"^\W{0,12}{}")
_LOGIN_TITLE = pattern("puertas", "titulo_de_acceso", r"^\W{0,12}{}")
_WALLS = pattern("puertas", "muro")
_LOGINS = pattern("puertas", "acceso")
_CONSENT = pattern("puertas", "consentimiento")
_SHOWN = etree.XPath(
    "//text()[not(parent::script or parent::style or parent::noscript or parent::template or parent::title)]"
    "[normalize-space()]",
    smart_strings=False,
)
_LISTINGS = (
    {"archive", "category"},
    {"archive", "tag"},
    {"archive", "author"},
    {"archive", "date"},
    {"search", "search-results"},
    {"home", "blog"},
)
_WORDY = re.compile(r"\w")
_SINGLE = {"single", "single-post", "page", "single-format-standard"}


def not_a_page(body: bytes, content_type: str) -> str:
    """Return why the body is no web page, or ''."""
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return f"{NOT_A_PAGE}: {kind}"
    root = _ROOT.search(body[:8192])
    name = root[1].lower() if root else b""
    if name in (b"rss", b"feed", b"rdf"):
        return f"{NOT_A_PAGE}: es un canal"
    if name in (b"urlset", b"sitemapindex"):
        return f"{NOT_A_PAGE}: es un mapa de sitio"
    if start[:1] in (b"{", b"["):
        return f"{NOT_A_PAGE}: JSON"
    if _TYPES.match(content_type) and not root:
        return f"{NOT_A_PAGE}: {content_type.split(';', maxsplit=1)[0].strip()}"
    is_html = root or (re.search(rb"<[a-zA-Z]", body[:65536]) and not _is_binary(body[:4096]))
    return "" if is_html else f"{NOT_A_PAGE}: no trae HTML"


def _is_binary(start: bytes) -> bool:
    """Tell whether control characters are too many for a text; UTF-16 (with its mark) is one."""
    return not start.startswith((b"\xff\xfe", b"\xfe\xff")) and len(_CONTROL.findall(start)) * 20 > len(start)


def is_listing(tree: lxml_html.HtmlElement, found: list[dict[str, Any]]) -> bool:
    """Tell whether the page says of itself that it lists notes: a section, an archive, a search, a front page.

    By its JSON-LD, or by the classes that WordPress gives the body; never when it carries an article's own marks.
    """
    if any(jsonld.kinds(node) & jsonld.ARTICLES for node in found) or meta(tree, "article:published_time"):
        return False
    if any(jsonld.kinds(node) & {"collectionpage", "searchresultspage"} for node in found):
        return True
    body = next(iter(tree.iter("body")), None)
    classes = set((body.get("class") or "").lower().split()) if body is not None else set()
    return any(marks <= classes for marks in _LISTINGS) and not classes & _SINGLE


def repeats_links(tree: lxml_html.HtmlElement, text: str) -> bool:
    """Tell whether too much of a text is made of lines that are links, one or many: headlines of other notes, a calendar."""
    links = {squeeze(anchor.text_content()) for anchor in tree.iter("a")} - {""}
    lines = text.splitlines()
    rows = _rows(sorted({*lines} - links, key=len)[-ROWS:], sorted(links, key=len, reverse=True))
    return sum(len(line) for line in lines if line in links or line in rows) > LINKED_SHARE * len(text)


def _rows(lines: list[str], links: list[str]) -> set[str]:
    """Return the lines that are rows of links: next to nothing is left when these (longest first) are taken out."""
    rows, starts = set(), tuple(links)
    for line in lines:
        if line.lstrip("|-•· ").startswith(starts):
            rest = reduce(lambda left, link: left.replace(link, ""), links, line)
            if len(_WORDY.findall(rest)) * 10 < len(line):
                rows.add(line)
    return rows


def visible_text(source: str, limit: int = 40_000) -> str:
    """Return the text of a page's HTML on one line without scripts, at most `limit` characters; hidden boxes are in it."""
    tree = parse_html(source)
    if tree is None:
        return ""
    pieces, size = [], 0
    for piece in _SHOWN(tree):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            break
    return squeeze(" ".join(pieces))[:limit]


def why_no_text(seen: str, titles: tuple[str, ...], text: str, *, paid: bool, password: bool) -> str:
    """Return why the page gives no article ('' if it does).

    `seen` is the whole visible text, `titles` what the page calls itself, `text` what was extracted, `paid` what its JSON-LD
    says, `password` whether it asks for one. A text longer than `TEASER` is the article, whatever stands around it (`seen` may
    then be empty).
    """
    if len(text) > TEASER:
        return ""
    reasons = {
        ROBOTS: any(map(_ROBOTS.match, titles)),
        MISSING: any(map(_MISSING.search, titles)),
        FAILED: any(map(_FAILED.match, titles)),
        WALL: paid or _WALLS.search(seen),
        ACCESS: _LOGINS.search(seen) or any(map(_LOGIN_TITLE.match, titles)) or (password and len(text) < 200),
        f"{ACCESS}: consentimiento": len(text) < 250 and len(seen) < 3_000 and _CONSENT.search(seen),
        NO_TEXT: len(text) < MIN_TEXT,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def is_paid(found: list[dict[str, Any]]) -> bool:
    """Tell whether the article's JSON-LD says that it is not free to read."""
    told = [node.get("isAccessibleForFree") for node in found if jsonld.kinds(node) & (jsonld.ARTICLES | {"webpage"})]
    return any(
        value is False or str(value).lower().rpartition("/")[2] in ("false", "no") for value in told if value is not None
    )
