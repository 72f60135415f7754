"""Sitemaps: `urlset`, Google News sitemaps, indexes, plain-text lists, gzipped or not → the newest links, in bounded memory."""

import heapq
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from crawlers.date_text import parse_date
from crawlers.fechas import MEXICO
from crawlers.noticia import Enlace, Lector
from crawlers.readings import PARSER_FAULTS, SitemapResult, dated
from crawlers.text import declared_charset, decode, gunzip, one_line, squeeze
from crawlers.urls import normalise, untracked, web_address

NEWEST = 1_000  # links kept of one sitemap: five days of the busiest outlet
MAX_MAPS = 500  # children kept of an index
MAX_SITEMAP = 52_428_800  # bytes unpacked, the protocol's own limit
_BARE_AMPERSAND = re.compile(rb"&(?!#|[A-Za-z][A-Za-z0-9]{0,30};)")
_OLDEST = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One `<url>` or `<sitemap>` as written; dates are still text."""

    loc: str
    lastmod: str = ""
    title: str = ""
    published: str = ""


def read_sitemap(
    body: bytes, url: str, *, fuente_id: str, content_type: str = "", now: datetime | None = None
) -> SitemapResult:
    """Return the newest links of the sitemap, newest first, and the maps of an index. Never raises."""
    body = gunzip(body, MAX_SITEMAP)
    if not body.strip():
        return SitemapResult(motivo="el mapa está vacío: la respuesta no trae nada")
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _read_text(decode(body, content_type), url, fuente_id)
    root, pages, maps = _newest(_mended(body))
    if root not in ("urlset", "sitemapindex"):
        page = root == "html" or re.search(rb"<(?:!doctype )?html", body[:1024], re.IGNORECASE)
        return SitemapResult(motivo="no es un mapa de sitio: HTML" if page else "no es un mapa de sitio")
    children = dict.fromkeys(address for entry in maps if (address := web_address(entry.loc, url)))
    return SitemapResult(_links(pages, url, fuente_id, now), mapas=tuple(children))


def _mended(body: bytes) -> bytes:
    """Return the document with what hand-made maps get wrong put right: bare `&` in addresses, Latin-1 without saying so."""
    if not declared_charset(body):
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            body = body.decode("cp1252", "replace").encode()
    return _BARE_AMPERSAND.sub(b"&amp;", body)


def _newest(body: bytes) -> tuple[str, list[Entry], list[Entry]]:
    """Return the root's name, the newest pages and the newest maps; undated ones last, in the document's order."""
    root = ""
    heaps: dict[str, list[tuple[datetime, int, Entry]]] = {"url": [], "sitemap": []}
    limits = {"url": NEWEST, "sitemap": MAX_MAPS}
    for number, (kind, entry) in enumerate(_entries(body)):
        if kind not in heaps:
            root = kind
            continue
        row = (_age(entry), -number, entry)
        if len(heaps[kind]) < limits[kind]:
            heapq.heappush(heaps[kind], row)
        else:
            heapq.heappushpop(heaps[kind], row)
    pages, maps = ([row[2] for row in sorted(heap, reverse=True)] for heap in heaps.values())
    return root, pages, maps


def _entries(body: bytes) -> Iterator[tuple[str, Entry]]:
    """Yield the root's name, then every `<url>` and `<sitemap>`; a torn or ill-formed document gives what it can."""
    events = etree.iterparse(
        io.BytesIO(body), events=("start", "end"), recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    first = True
    try:
        for event, element in events:
            name = _name(element)
            if event == "start":
                if first:
                    yield name, Entry("")
                first = False
            elif name in ("url", "sitemap"):
                yield name, _entry(element)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (etree.XMLSyntaxError, *PARSER_FAULTS):
        return


def _name(element: etree._Element) -> str:
    """Return an element's local name in lower case ('' for a comment or an entity)."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _entry(element: etree._Element) -> Entry:
    """Return the fields of one `<url>` or `<sitemap>`; those of its images and videos are left aside."""
    own = {_name(child): squeeze(child.text or "") for child in element}
    news = next((child for child in element if _name(child) == "news"), None)
    told = {_name(child): squeeze(child.text or "") for child in news} if news is not None else {}
    return Entry(own.get("loc", ""), own.get("lastmod", ""), told.get("title", ""), told.get("publication_date", ""))


def _age(entry: Entry) -> datetime:
    """Return the moment an entry is sorted by: its later date, or the oldest when it has none."""
    found = [_OLDEST]
    for text in (entry.published, entry.lastmod):
        moment = parse_date(text)
        if isinstance(moment, datetime):
            found.append(moment if moment.tzinfo else moment.replace(tzinfo=MEXICO))
        elif moment:
            found.append(datetime(moment.year, moment.month, moment.day, tzinfo=MEXICO))
    return max(found)


def _links(entries: list[Entry], url: str, fuente_id: str, now: datetime | None) -> tuple[Enlace, ...]:
    """Return the entries as links, each normalised address once."""
    links: dict[str, Enlace] = {}
    for entry in entries:
        address = web_address(entry.loc, url)
        key = normalise(address) if address else ""
        if not key or key in links:
            continue
        published, precision = dated(parse_date(entry.published), now)
        links[key] = Enlace(
            url=untracked(address),
            url_normalizada=key,
            fuente_id=fuente_id,
            lector=Lector.MAPA,
            titulo=one_line(entry.title),
            fecha=published,
            fecha_precision=precision,
            modificada=dated(parse_date(entry.lastmod), now)[0],
        )
    return tuple(links.values())


def _read_text(text: str, url: str, fuente_id: str) -> SitemapResult:
    """Return the links of a plain-text sitemap: one absolute address a line."""
    lines = [line.strip() for line in text.splitlines()[:200_000]]
    entries = [Entry(line) for line in lines if line.startswith(("http://", "https://")) and " " not in line]
    if not entries:
        return SitemapResult(motivo="no es un mapa de sitio")
    return SitemapResult(_links(entries[:NEWEST], url, fuente_id, None))
