"""RSS, Atom, RDF and JSON feeds → links: of a newspaper, an organisation, Mastodon, Bluesky or YouTube alike."""

import io
import re
import xml.sax
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from crawlers.date_text import parse_date
from crawlers.jsonfeed import is_json, read_items
from crawlers.noticia import Enlace, Lector
from crawlers.readings import MAX_LINKS, PARSER_FAULTS, FeedResult, dated
from crawlers.text import gunzip, one_line, plain
from crawlers.urls import normalise, untracked, web_address

Item = Mapping[str, Any]  # an entry under feedparser's names
MAX_FEED = 3_000_000  # bytes parsed, in up to ten seconds; the largest real feed seen has 170 kB
MAX_TAGS = 30_000  # parsed, in one to two seconds: 2,000 items of fifteen; the real feed that holds most has 3,700
TITLE_WORDS = 14  # of the first sentence, when an item (a toot, a post) has no title
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|rdf|channel|html|urlset|sitemapindex|!doctype html)\b", re.IGNORECASE)
_NESTED_ENTITY = re.compile(rb"<!ENTITY\s[^<>&]*&(?!#)[^<>]*>", re.IGNORECASE)
_BLANKS = re.compile(rb"\s{64,}")
_FEED_ROOTS = {b"rss", b"feed", b"rdf", b"channel"}


def read_feed(body: bytes, url: str, *, fuente_id: str, content_type: str = "", now: datetime | None = None) -> FeedResult:
    """Return the feed's links in its own order; `now` (aware) is what a future date is judged by. Never raises."""
    body = gunzip(body)
    if not body.strip():
        return FeedResult(motivo="el canal está vacío: la respuesta no trae nada")
    items = read_items(body) if is_json(body) else _parsed(body[:MAX_FEED], url, content_type)
    if isinstance(items, str):
        return FeedResult(motivo=items)
    links: dict[str, Enlace] = {}
    for item in items[:MAX_LINKS]:
        link = _link(item, url, fuente_id, now)
        if link and link.url_normalizada not in links:
            links[link.url_normalizada] = link
    if items and not links:
        return FeedResult(motivo="el canal trae elementos, pero ninguno con enlace a una nota")
    return FeedResult(tuple(links.values()))


def _parsed(body: bytes, url: str, content_type: str) -> list[Item] | str:
    """Return feedparser's entries, or why this is no feed. Only a byte stream is passed: a name would be opened.

    Entries come as plain dictionaries: feedparser's own lend `published` to a missing `updated`, and are slow to ask.
    """
    import feedparser  # noqa: PLC0415 - loaded by the readers of feeds, not by whoever names them

    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        source = io.BytesIO(_mended(body))
        feed = feedparser.parse(source, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except (*PARSER_FAULTS, xml.sax.SAXException):
        return "no se puede leer el canal: su XML está roto"
    if feed.entries:
        return [dict(entry) | {"links": [dict(link) for link in _listed(entry, "links")]} for entry in feed.entries]
    root = _ROOT.search(body[:4096])
    name = root[1].lower() if root else b""
    if name in (b"html", b"!doctype html"):
        return "no es un canal: HTML"
    if name in (b"urlset", b"sitemapindex"):
        return "no es un canal: mapa de sitio"
    if name in _FEED_ROOTS or feed.version:
        return [] if not feed.bozo or b"<item" not in body else "no se puede leer el canal: su XML está roto"
    return "no es un canal"


def _mended(body: bytes) -> bytes:
    """Return the document without what costs the parser seconds and no feed needs.

    That is entities made of entities, long blanks before the first element (its patterns backtrack over them), tags by the
    hundred thousand.
    """
    first = re.search(rb"<\w", body)
    head = first.start() if first else len(body)
    body = _BLANKS.sub(b"\n", _NESTED_ENTITY.sub(b"", body[:head])) + body[head:]
    return body[: _tags_end(body)]


def _tags_end(body: bytes) -> int:
    """Return where the tag after the last admitted one begins; those inside CDATA are text and not counted."""
    place, tags, last_close = 0, 0, body.rfind(b"]]>")
    while tags <= MAX_TAGS and (place := body.find(b"<", place)) >= 0:
        tags += 1
        inside = place < last_close and body.startswith(b"<![CDATA[", place)
        place = body.find(b"]]>", place) if inside else place + 1
    return len(body) if place < 0 else place - 1


def _said(item: Item, name: str) -> str:
    """Return a field's text; of an element that it does not know, feedparser gives the attributes in its stead."""
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _listed(item: Item, name: str) -> list[Item]:
    """Return a field's list of parts; see `_said`."""
    value = item.get(name)
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []


def _addresses(item: Item) -> Iterator[str]:
    """Yield what may be the item's own page, best first; an enclosure is no page."""
    yield _said(item, "feedburner_origlink")
    links = _listed(item, "links")
    for link in links:
        if link.get("rel") == "alternate" and not str(link.get("type", "")).startswith(("audio/", "video/", "image/")):
            yield link.get("href") or ""
    yield from (link.get("href") or "" for link in links if link.get("rel") == "self")
    enclosures = {link.get("href") for link in links if link.get("rel") == "enclosure"}
    yield from (address for address in (_said(item, "link"), _said(item, "id")) if address not in enclosures)


def _address(item: Item, url: str) -> str:
    """Return the absolute http(s) address of the item's page, or ''."""
    for found in _addresses(item):
        address = found.strip()
        if not address or (address == found and found == item.get("id") and not address.startswith(("http://", "https://"))):
            continue
        if whole := web_address(address, url):
            return whole
    return ""


def _date(item: Item, *names: str) -> datetime | date | None:
    """Return the first date among the item's fields: our own reading of the text, else feedparser's (UTC)."""
    for name in names:
        if moment := parse_date(_said(item, name)):
            return moment
    for name in names:
        if parts := item.get(f"{name}_parsed"):
            return _from_parts(tuple(parts), ":" in str(item.get(name)))
    return None


def _from_parts(parts: tuple[int, ...], has_hour: bool) -> datetime | date | None:
    """Return feedparser's struct (UTC) as a moment, or as a day when the text gave no hour."""
    try:
        moment = datetime(*parts[:6], tzinfo=UTC)  # type: ignore[misc,arg-type]
    except (ValueError, TypeError):
        return None
    return moment if has_hour else moment.date()


def _texts(item: Item) -> tuple[str, str]:
    """Return (`resumen`, `contenido`) as plain text; a copy of the content is no summary."""
    summary = plain(_said(item, "summary") or _said(item, "media_description") or _said(item, "subtitle"))
    bodies = [plain(content.get("value")) for content in _listed(item, "content")]
    content = max(bodies, key=len, default="")
    return ("" if summary == content else summary), content


def _title(item: Item, summary: str, content: str) -> str:
    """Return the item's title, or the first words of its text."""
    title = one_line(_said(item, "title"))
    if title:
        return title
    words = (content or summary).split()
    return " ".join(words[:TITLE_WORDS]) + ("…" if len(words) > TITLE_WORDS else "")


def _link(item: Item, url: str, fuente_id: str, now: datetime | None) -> Enlace | None:
    """Return one item as a link, or None when it leads nowhere."""
    address = _address(item, url)
    if not address:
        return None
    summary, content = _texts(item)
    published, precision = dated(_date(item, "published", "created", "updated"), now)
    modified, _ = dated(_date(item, "updated"), now)
    return Enlace(
        url=untracked(address),
        url_normalizada=normalise(address),
        fuente_id=fuente_id,
        lector=Lector.FEED,
        titulo=_title(item, summary, content),
        resumen=summary,
        contenido=content,
        autor=one_line(_said(item, "author")),
        fecha=published,
        fecha_precision=precision,
        modificada=modified,
    )
