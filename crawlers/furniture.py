"""What stands in an article without being of it: related notes, captions, menus, share bars, subscription boxes.

Blocks are judged by what they are called, by what they say, and by how much of them is links; never by outlet. A block that
holds a good part of the page's paragraphs is kept whatever its name.
"""

import re
from functools import lru_cache

from lxml import etree
from lxml import html as lxml_html

from crawlers.phrases import pattern
from crawlers.text import BLOCKS, squeeze

_HIDDEN = {"hidden", "d-none", "visually-hidden", "sr-only", "screen-reader-text", "hide", "oculto", "is-hidden", "no-print"}
_ROLES = {
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "menu",
    "menubar",
    "dialog",
    "alertdialog",
    "toolbar",
}
_NAMES = pattern("mobiliario", "nombres", r"(?:^|[-_\s]){}(?=$|[-_\s\d])")
LABELLED = pattern(
    "mobiliario",
    "rotulos",
    r"^\W{0,12}{}(?:\s+(?:tambi[eé]n|adem[aá]s|m[aá]s|aqu[ií]|la nota completa|esto|el video))?\s*(?:[:|»>→➡…-]+|$)",
)
ALSO = pattern("mobiliario", "tambien", r"^\W{0,12}{}\b")
PLEAS = pattern("mobiliario", "ruegos", r"^\W{0,12}{}")
_TAIL = pattern("mobiliario", "finales", r"^\W{0,12}{}\W{0,4}$")
LONG_LINE = 160  # characters: a paragraph; headlines are shorter
_BOX = pattern("mobiliario", "cajas")
_BLANKS = re.compile(r"\s+")
MAX_BOX = 1_600  # characters of a subscription box with its small print
MAX_PLEA = 420  # characters: longer blocks are stories that happen to begin so
MAX_RELATED = 260
KEPT_SHARE = 0.3  # of the page's paragraphs: what holds as much is the article, whatever it is called
_TEXT_BLOCKS = {
    "p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "div", "span", "strong", "em", "figcaption", "ul", "ol", "table",
}  # fmt: skip
_BOXES = {"div", "section", "aside", "header"}
_ALWAYS = {"nav", "form", "button", "dialog", "menu", "select", "textarea", "iframe", "object", "canvas", "svg", "template"}
_FRAME = {"html", "head", "body", "article", "main", "h1", "meta", "link", "title"}


def _short_text(element: lxml_html.HtmlElement, limit: int) -> str:
    """Return an element's text on one line, or '' when it is longer than `limit` characters (read no further)."""
    pieces, size = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece.strip())
        if size > limit:
            return ""
    text = squeeze(" ".join(pieces))
    return text if len(text) <= limit else ""


def _length(element: lxml_html.HtmlElement) -> int:
    """Return how many characters of text an element holds, blanks squeezed."""
    return len(squeeze(" ".join(element.itertext())))


def _prose(tree: lxml_html.HtmlElement) -> dict[lxml_html.HtmlElement, int]:
    """Return, for every element above a paragraph, the characters of its paragraphs (links left out)."""
    total: dict[lxml_html.HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        length = _length(paragraph) - sum(_length(link) for link in paragraph.iter("a"))
        if length < 60:
            continue
        for up in (paragraph, *paragraph.iterancestors()):
            total[up] = total.get(up, 0) + length
    return total


def _named(element: lxml_html.HtmlElement) -> bool:
    """Tell whether an element's tag, role, class or id calls it something that is no article."""
    if element.tag in _ALWAYS or (element.get("role") or "").strip().lower() in _ROLES or element.get("hidden") is not None:
        return True
    if re.search(r"display\s*:\s*none", element.get("style") or "", re.IGNORECASE) or element.get("aria-hidden") == "true":
        return True
    return _is_name((element.get("class") or "").lower(), hides=True) or _is_name(element.get("id") or "")


@lru_cache(maxsize=4096)  # the pages of a site use the same few names again and again
def _is_name(text: str, *, hides: bool = False) -> bool:
    """Tell whether a class or id names furniture; a class may also hide what bears it."""
    return bool(text) and (bool(_NAMES.search(text)) or (hides and bool(_HIDDEN & set(text.split()))))


def link_share(element: lxml_html.HtmlElement) -> float:
    """Return the share of an element's characters that are links (0 when it has no text)."""
    whole = _length(element)
    return sum(_length(link) for link in element.iter("a")) / whole if whole else 0.0


def _says_so(element: lxml_html.HtmlElement) -> bool:
    """Tell whether a small block speaks of other notes or to the reader."""
    text = _short_text(element, MAX_PLEA)
    if not text:
        return False
    if PLEAS.match(text) or (element.tag == "p" and _BOX.search(text) and len(text) < 260):
        return True
    if len(text) > MAX_RELATED:
        return False
    share = link_share(element)
    if ALSO.match(text) or (LABELLED.match(text) and (share >= 0.4 or len(text) < 60)):
        return True
    return element.tag in ("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol") and share >= 0.9 and len(text) >= 20


def _sells(element: lxml_html.HtmlElement) -> bool:
    """Tell whether a box speaks of subscriptions again and again: an offer, a wall, a warning about the account."""
    text = _short_text(element, MAX_BOX)
    said = len(_BOX.findall(text))
    return said >= 3 or (said >= 1 and len(text) < 200 and element.find(".//p") is None)


def clean(tree: lxml_html.HtmlElement) -> None:
    """Take out of a page, in place, what is not of the article."""
    etree.strip_elements(tree, etree.Comment, "script", "style", "noscript", with_tail=False)
    _unlay(tree)
    _unwrap_lines(tree)
    prose = _prose(tree)
    floor = KEPT_SHARE * max(prose.values(), default=0)
    over_heading = {up for heading in tree.iter("h1") for up in heading.iterancestors()}
    stack = [tree]
    while stack:
        for element in list(stack.pop()):
            if not isinstance(element.tag, str):
                continue
            kept = element.tag in _FRAME or element in over_heading or prose.get(element, 0) > floor
            if kept or not _is_furniture(element):
                stack.append(element)
            else:
                _take_out(element)


def _unlay(tree: lxml_html.HtmlElement) -> None:
    """Turn the tables that lay out the page (they hold paragraphs, headings, tables) into plain blocks, data tables aside."""
    tables = [table for table in tree.iter("table") if any(True for _ in table.iterdescendants("p", "h1", "h2", "h3", "table"))]
    laid_out = set(tables) | {inner for table in tables for inner in table.iterdescendants("table")}
    for table in laid_out:
        for part in list(table.iter("table", "tbody", "thead", "tr", "td", "th", "font", "center")):
            part.tag = "div"


def _unwrap_lines(tree: lxml_html.HtmlElement) -> None:
    """Make the line breaks of the source spaces, as a browser does: they would pass for paragraphs."""
    for element in tree.iter():
        text, tail = element.text, element.tail
        if text and element.tag != "pre" and _is_broken(text):
            element.text = _BLANKS.sub(" ", text)
        if tail and _is_broken(tail):
            element.tail = _BLANKS.sub(" ", tail)


def _is_broken(text: str) -> bool:
    """Tell whether a text may hold other blanks than single spaces (those are the only printable ones)."""
    return "  " in text or not text.isprintable()


def _take_out(element: lxml_html.HtmlElement) -> None:
    """Take an element out of its page; a block leaves a line break, so that its neighbours do not run together."""
    if element.tag in BLOCKS:
        element.clear(keep_tail=True)
        element.tag = "br"
    else:
        element.drop_tree()


def _is_furniture(element: lxml_html.HtmlElement) -> bool:
    """Tell whether a block is something else than the article, by name, by what it says, or by what it sells."""
    if _named(element) or (element.tag in _TEXT_BLOCKS and _says_so(element)):
        return True
    return element.tag in _BOXES and _sells(element)


def _without_tail(lines: list[str]) -> list[str]:
    """Return the lines up to a heading of other notes after which no paragraph follows."""
    for place, line in enumerate(lines):
        if place and len(line) < 60 and _TAIL.match(line) and not any(map(_is_paragraph, lines[place:])):
            return lines[:place]
    return lines


def _is_paragraph(line: str) -> bool:
    """Tell whether a line is prose: long, or a sentence longer than an outlet's motto."""
    return len(line) >= LONG_LINE or (len(line) >= 70 and line.endswith((".", "!", "?", "”", "»", '"')))


def clean_lines(text: str) -> str:
    """Return extracted text without the lines that are labels or pleas, and without a line said twice in a row."""
    kept: list[str] = []
    for line in _without_tail([squeeze(line) for line in text.splitlines()]):
        if not line or (kept and line == kept[-1]):
            continue
        if len(line) <= MAX_PLEA and PLEAS.match(line):
            continue
        if len(line) <= MAX_RELATED and (ALSO.match(line) or (LABELLED.match(line) and len(line) < 60)):
            continue
        kept.append(line)
    return "\n".join(kept)
