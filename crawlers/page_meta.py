"""Title, author and canonical address of a page: what the reader sees first, what its metadata say after."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import html as lxml_html

from crawlers import jsonld
from crawlers.date_text import parse_date
from crawlers.text import block_lines, decode, one_line, parse_html, squeeze
from crawlers.urls import is_front_page, same_site, web_address

_WORDS = re.compile(r"\w{2,}")
_SUFFIX = re.compile(r"\s+(?:::|[|•·»~—–]|-)\s+")
_BY = re.compile(r"^(?:por|by|texto|escrit[oa] por|redacci[oó]n de|autor(?:a|es)?)\s*[:|]?\s+", re.IGNORECASE)
_HANDLE = re.compile(r"\s*\(?@\w+\)?")
_NO_AUTHOR = re.compile(
    r"^(?:admin(?:istrador)?|root|webmaster|editor|wordpress|user\d*|super ?user|null|undefined|none|an[oó]nimo|desconocido)$",
    re.IGNORECASE,
)
_TITLE_MARK = re.compile(
    r"(?:^|[-_\s])(?:entry|post|article|nota|story|single|news)?[-_]?(?:titulo|title|headline|titular|encabezado)"
    r"(?:nota|noticia)?(?:$|[-_\s])",
    re.IGNORECASE,
)
_AUTHOR_PLACES = (
    "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(.//*[@itemprop='name'])]",
    "//a[@rel='author']",
)
_AUTHOR_CLASSES = frozenset({"author-name", "byline", "autor", "author"})
_NOT_A_NAME = re.compile(r"://|^www\.|\d{2}[:/]\d{2}|\.(?:com|mx|org)\b", re.IGNORECASE)
_AUTHOR_KEYS = ("author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator")
MAX_METAS = 300  # looked at; real pages have up to 90
MAX_HEADINGS = 60
MAX_AUTHOR = 120


def meta(tree: lxml_html.HtmlElement, *keys: str) -> str:
    """Return the content of the first `<meta>` whose property, name or itemprop is one of `keys`, in the order of `keys`."""
    found = _metas(tree)
    return next((found[key] for key in keys if key in found), "")


@lru_cache(maxsize=1)  # a page is asked for some forty keys, one after the other
def _metas(tree: lxml_html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in islice(tree.iter("meta"), MAX_METAS):
        content = one_line(element.get("content"))
        for attribute in ("property", "name", "itemprop"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                found.setdefault(key, content)
    return found


def page_title(tree: lxml_html.HtmlElement) -> str:
    """Return what the `<title>` says, as it stands."""
    return next((squeeze(element.text_content()) for element in tree.iter("title")), "")


def heading_place(order: list[lxml_html.HtmlElement], title: str) -> int | None:
    """Return where the article's heading stands among the page's elements: the one that says the title, else the `h1`."""
    first: int | None = None
    headings = ((place, element) for place, element in enumerate(order) if element.tag in ("h1", "h2", "h3"))
    for place, element in islice(headings, MAX_HEADINGS):
        if title and squeeze(" ".join(block_lines(element))) == title:
            return place
        if first is None and element.tag == "h1":
            first = place
    return first


def _alike(one: str, two: str) -> float:
    """Return the share of the shorter title's words that the other has."""
    first, second = (set(_WORDS.findall(text.lower())) for text in (one, two))
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def without_outlet(title: str, outlet: str) -> str:
    """Return a title without the outlet's name behind it: `Nota | Sección | El Medio` → `Nota`.

    A part is dropped when it is the outlet's name, or when it follows a bar and is shorter than what stands before it.
    """
    marks = list(_SUFFIX.finditer(title))
    while marks:
        mark = marks.pop()
        head, tail = title[: mark.start()].strip(), title[mark.end() :].strip()
        named = _alike(tail, outlet) >= 0.99 or tail.lower() == outlet.lower()
        behind_bar = mark[0].strip() in "::|•·»~" and len(tail) < len(head)
        unnamed = not outlet and len(tail.split()) <= 4 and len(head.split()) >= 5
        if not head or not (named or behind_bar or unnamed):
            break
        title = head
    return title


def read_title(tree: lxml_html.HtmlElement, found: list[dict[str, Any]]) -> str:
    """Return the article's title: the `h1` that the page's own metadata confirm, else the metadata without the outlet."""
    outlet = outlet_name(tree, found)
    page = page_title(tree)
    told = meta(tree, "og:title", "twitter:title", "dc.title", "title")
    known = without_outlet(told, outlet) or without_outlet(page, outlet)
    shown = [squeeze(" ".join(block_lines(element))) for element in islice(tree.iter("h1"), MAX_HEADINGS)]
    headings = [text for text in shown if 4 < len(text) <= 400 and text.lower() != outlet.lower()]
    headlines = [jsonld.text_of(node.get("headline")) for node in jsonld.article_nodes(found, known or page)]
    headline = next((text for text in headlines if text), "")
    witnesses = [text for text in (known, page, headline) if text and text.lower() != outlet.lower()]
    confirmed = [text for text in headings if len(text.split()) > 1 and any(_alike(text, told) >= 0.6 for told in witnesses)]
    if confirmed:
        return max(confirmed, key=lambda text: max(_alike(text, told) for told in witnesses))
    if known and headline and _alike(known, headline) >= 0.6:
        return max(known, headline, key=len) if known.endswith(("…", "...")) else known
    return (
        (told and known)
        or headline
        or _said_twice(tree, page)
        or _marked_heading(tree, outlet)
        or next((text for text in headings if len(text.split()) > 2), known)
    )


def _said_twice(tree: lxml_html.HtmlElement, page: str) -> str:
    """Return the first heading that is one part of the page's `<title>`: `El Medio :: Nota` over `<h2>Nota</h2>`."""
    parts = {part.strip() for part in _SUFFIX.split(page)}
    shown = (squeeze(" ".join(block_lines(element))) for element in islice(tree.iter("h1", "h2", "h3"), MAX_HEADINGS))
    return next((text for text in shown if text in parts and len(text.split()) > 2), "")


def outlet_parts(page: str, title: str) -> set[str]:
    """Return the parts of the page's `<title>` that are not the article's title: outlet and section."""
    return {part.strip() for part in _SUFFIX.split(page)} - {title, ""}


def _marked_heading(tree: lxml_html.HtmlElement, outlet: str) -> str:
    """Return the first heading that class or id call the title: for pages whose only `<title>` is the outlet's."""
    for element in tree.iter("h1", "h2", "h3"):
        if _TITLE_MARK.search(element.get("id") or "") or _TITLE_MARK.search(element.get("class") or ""):
            text = squeeze(" ".join(block_lines(element)))
            if len(text.split()) > 2 and _alike(text, outlet) < 0.9:
                return text
    return ""


def outlet_name(tree: lxml_html.HtmlElement, found: list[dict[str, Any]]) -> str:
    """Return the outlet's name as its metadata give it, else the publisher's in the JSON-LD, or ''."""
    if told := meta(tree, "og:site_name", "application-name"):
        return told
    for node in found:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and (name := jsonld.text_of(publisher.get("name"))):
            return name
    return ""


def _clean_author(text: str) -> str:
    """Return a name fit to show, or '': no address, no user name, no sentence."""
    name = _HANDLE.sub("", _BY.sub("", squeeze(text))).partition(" | ")[0].strip(" ,;|·-–—:@/")
    if not 3 <= len(name) <= MAX_AUTHOR or _NO_AUTHOR.match(name) or _NOT_A_NAME.search(name):
        return ""
    return name if any(char.isalpha() for char in name) and not isinstance(parse_date(name), date) else ""


def read_author(tree: lxml_html.HtmlElement, found: list[dict[str, Any]], title: str) -> str:
    """Return the names of the authors, joined by a comma: JSON-LD, then metadata, then the byline; '' when none is given."""
    for node in jsonld.article_nodes(found, title):
        told = dict.fromkeys(name for raw in jsonld.names(node.get("author")) if (name := _clean_author(raw)))
        if told:
            return ", ".join(told)[:MAX_AUTHOR]
    if name := _clean_author(meta(tree, *_AUTHOR_KEYS)):
        return name
    for place in (*(tree.xpath(path) for path in _AUTHOR_PLACES), _signed(tree)):
        for element in islice(place, 3):
            text = squeeze(element.get("content") or " ".join(block_lines(element)))
            if len(text.split()) <= 8 and (name := _clean_author(text)):
                return name
    return ""


def _signed(tree: lxml_html.HtmlElement) -> Iterator[lxml_html.HtmlElement]:
    """Yield the elements whose class calls them the author's name."""
    for element in tree.iter("a", "span", "p", "div"):
        if _AUTHOR_CLASSES & set((element.get("class") or "").split()):
            yield element


def read_canonical(tree: lxml_html.HtmlElement, url: str) -> str | None:
    """Return the absolute canonical address when it lies on the same site and is not just the front page, else None."""
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for raw in (*links, meta(tree, "og:url")):
        whole = web_address(raw or "", url)
        if same_site(whole, url) and not (is_front_page(whole) and not is_front_page(url)):
            return whole
    return None


def declared_address(body: bytes) -> str:
    """Return the address a page gives itself, whatever its site, or '': for a file that came without one."""
    tree = parse_html(decode(body))
    if tree is None:
        return ""
    links = [link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    return next((whole for address in (*links, meta(tree, "og:url")) if (whole := web_address(address))), "")
