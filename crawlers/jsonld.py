"""The page's own structured description (JSON-LD), read forgivingly: which node tells the article, and what it says."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html as lxml_html

from crawlers.text import one_line

MAX_SCRIPT = 1_000_000  # characters of one script; a live blog's has 300 kB
MAX_NODES = 2_000
ARTICLES = {
    "newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "blogposting",
    "liveblogposting", "report", "socialmediaposting", "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f]+")
_COMMENT = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\]\]>)\s*$", re.DOTALL)


def _load(script: str) -> object:
    """Return the script's data, or None: raw line breaks, comment marks and a final semicolon are forgiven."""
    text = _COMMENT.sub("", _CONTROL.sub(" ", script[:MAX_SCRIPT])).strip().rstrip(";")
    for attempt in (text, re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt)
        except (ValueError, RecursionError):
            continue
    return None


def nodes(tree: lxml_html.HtmlElement) -> list[dict[str, Any]]:
    """Return every object of the page's JSON-LD in the order it is written; at most `MAX_NODES`."""
    found: list[dict[str, Any]] = []
    scripts = [script for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    stack = [_load(script.text or "") for script in reversed(scripts)]
    while stack and len(found) < MAX_NODES:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value[:MAX_NODES]))
        elif isinstance(value, dict):
            found.append(value)
            stack.extend(inner for inner in reversed(value.values()) if isinstance(inner, dict | list))
    return found


def kinds(node: dict[str, Any]) -> set[str]:
    """Return the node's types in lower case, without a vocabulary prefix."""
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return {name.rpartition("/")[2].rpartition(":")[2].lower() for name in names if isinstance(name, str)}


def text_of(value: object) -> str:
    """Return a text value on one line ('' for anything else); the first of a list."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    return one_line(value) if isinstance(value, str) else ""


def article_nodes(found: list[dict[str, Any]], title: str) -> list[dict[str, Any]]:
    """Return the nodes that can be this page's article: those that bear its title first, then the others in order."""
    articles = [node for node in found if kinds(node) & ARTICLES]
    if len(articles) < 2:
        return articles
    own = [node for node in articles if _same(text_of(node.get("headline")), title)]
    return own or articles[:1]


def _same(headline: str, title: str) -> bool:
    """Tell whether two titles share most of their words."""
    one, two = (set(re.findall(r"\w{3,}", text.lower())) for text in (headline, title))
    return bool(one and two) and len(one & two) * 2 >= min(len(one), len(two)) and len(one & two) * 3 >= max(len(one), len(two))


def names(value: object) -> Iterator[str]:
    """Yield the names in an `author` value: a text, a person, or a list of them."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield from names(item.get("name"))
        elif isinstance(item, str) and (name := text_of(item)):
            yield name
