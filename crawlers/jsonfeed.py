"""JSON Feed 1 and 1.1 → items with the keys that feedparser gives, so that one reader serves all feeds."""

import json
from typing import Any

from crawlers.text import decode


def is_json(body: bytes) -> bool:
    """Tell whether the body is a JSON object."""
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_items(body: bytes) -> list[dict[str, Any]] | str:
    """Return the feed's items, or in one Spanish line why there are none to read."""
    try:
        feed = json.loads(decode(body))
    except (ValueError, RecursionError):
        return "no se puede leer el canal: su JSON está roto"
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return "no es un canal: JSON sin «items»"
    return [_item(item) for item in feed["items"] if isinstance(item, dict)]


def _text(item: dict[str, Any], *names: str) -> str:
    """Return the first of the fields that holds a text."""
    return next((value for name in names if isinstance(value := item.get(name), str) and value.strip()), "")


def _authors(item: dict[str, Any]) -> str:
    """Return the names of the authors, of version 1.1 or 1."""
    told = item.get("authors")
    authors = told if isinstance(told, list) else [item.get("author")]
    names = [author.get("name") for author in authors if isinstance(author, dict)]
    return ", ".join(name for name in names if isinstance(name, str))


def _item(item: dict[str, Any]) -> dict[str, Any]:
    """Return one item under feedparser's names."""
    content = _text(item, "content_html", "content_text")
    return {
        "title": _text(item, "title"),
        "link": _text(item, "url", "external_url"),
        "id": _text(item, "id"),
        "summary": _text(item, "summary"),
        "content": [{"value": content}] if content else [],
        "published": _text(item, "date_published"),
        "updated": _text(item, "date_modified"),
        "author": _authors(item),
    }
