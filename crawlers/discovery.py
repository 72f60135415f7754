"""Finds how a site can be read: its feeds and sitemaps, tried one by one, as a proposed row of the catalogue."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html

from crawlers.feeds import read_feed
from crawlers.fetch_many import Fetched, Get
from crawlers.fuente import Fuente
from crawlers.jsonld import nodes
from crawlers.opml import free_id, site_root, slug
from crawlers.page_meta import meta, outlet_name
from crawlers.sections import read_section
from crawlers.sitemaps import read_sitemap
from crawlers.text import decode, parse_html, squeeze
from crawlers.urls import host_of, normalise, same_site, web_address

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
# Where outlets of the catalogue keep theirs, most usual first.
FEED_PATHS = (
    "/feed/", "/rss", "/rss.xml", "/feed.xml", "/arc/outboundfeeds/rss/?outputType=xml", "/atom.xml", "/index.xml",
    "/feed.json",
)  # fmt: skip
MAP_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_index.xml", "/sitemap.xml")
MAX_TRIED = 12  # addresses of one kind that are asked for
_SITEMAP_LINE = re.compile(r"^[^\S\n]*sitemap[^\S\n]*:[^\S\n]*(https?://\S+)", re.IGNORECASE | re.MULTILINE)  # one line each
_COMMENTS = re.compile(r"comment|comentario", re.IGNORECASE)


@dataclass
class Finding:
    """What was found at a site: the row to propose (None: nothing readable) and what was tried, each with its outcome."""

    fuente: Fuente | None = None
    tried: list[tuple[str, str]] = field(default_factory=list)


async def discover(url: str, get: Get, *, taken: Collection[str], now: datetime) -> Finding:
    """Return a proposed source for a site, a feed or a listing page; nothing is guessed that did not answer."""
    found = Finding()
    page = await get(url)
    found.tried.append((url, page.motivo or "responde"))
    if not page.status:
        return found
    if page.motivo:  # the site answers, though not with this page: its feed may still lie in a usual place
        page = Fetched(url, page.final_url, page.status)
    elif not read_feed(page.body, page.final_url, fuente_id="", content_type=page.content_type, now=now).motivo:
        name = host_of(url)
        found.fuente = Fuente(free_id(slug(name), taken), name, "medio_independiente", site_root(url), rss=page.final_url)
        return found
    tree = parse_html(decode(page.body, page.content_type))
    declared = list(_declared_feeds(tree, page.final_url)) if tree is not None else []
    rss = await _first_feed((*declared, *(urljoin(page.final_url, path) for path in FEED_PATHS)), get, found, now)
    sitemap = await _first_map(page.final_url, get, found, now)
    section = "" if rss or read_section(page.body, page.final_url, fuente_id="").motivo else page.final_url
    if rss or sitemap or section:
        name = _name(tree, page)
        key = free_id(slug(name), taken)
        found.fuente = Fuente(key, name, "medio_independiente", site_root(page.final_url), rss, section, sitemap)
    return found


def _name(tree: lxml_html.HtmlElement | None, page: Fetched) -> str:
    """Return the outlet's name as the page gives it, else its host."""
    if tree is None:
        return host_of(page.final_url)
    title = next((squeeze(element.text_content()) for element in tree.iter("title")), "")
    short = re.split(r"\s+[|•·»–—-]\s+", title)[0]
    return outlet_name(tree, nodes(tree)) or meta(tree, "og:title")[:60] or short[:60] or host_of(page.final_url)


def _declared_feeds(tree: lxml_html.HtmlElement, url: str) -> Iterator[str]:
    """Yield the feeds the page declares or links to; those of comments last."""
    found: list[str] = []
    for link in tree.iter("link"):
        kind = (link.get("type") or "").strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in FEED_TYPES and link.get("href"):
            found.append(web_address(link.get("href") or "", url))
    for anchor in tree.iter("a"):
        path = urlsplit(address).path if (address := web_address(anchor.get("href") or "", url)) else ""
        if re.search(r"(?:^|/)(?:feed|rss|atom)(?:/|\.xml|$)|\.rss$", path, re.IGNORECASE) and same_site(address, url):
            found.append(address)
    yield from sorted(dict.fromkeys(filter(None, found)), key=lambda address: bool(_COMMENTS.search(address)))


async def _first_feed(addresses: Collection[str], get: Get, found: Finding, now: datetime) -> str:
    """Return the first address that answers with a feed that has links, or ''."""
    for address in list({normalise(address): address for address in addresses}.values())[:MAX_TRIED]:
        page = await get(address)
        links, reason = 0, page.motivo
        if not reason:
            result = read_feed(page.body, page.final_url, fuente_id="", content_type=page.content_type, now=now)
            links, reason = len(result.enlaces), result.motivo
        found.tried.append((address, reason or f"canal con {links} notas"))
        if links:
            return page.final_url
    return ""


async def _first_map(url: str, get: Get, found: Finding, now: datetime) -> str:
    """Return the first sitemap that answers: those of robots.txt (news maps first), then the usual places."""
    root = site_root(url)
    robots = await get(f"{root}/robots.txt")
    text = decode(robots.body) if not robots.motivo else ""
    declared = [address for raw in _SITEMAP_LINE.findall(text) if (address := web_address(raw))]
    declared.sort(key=lambda address: not re.search(r"news|noticias", address, re.IGNORECASE))
    for address in list(dict.fromkeys((*declared, *(root + path for path in MAP_PATHS))))[:MAX_TRIED]:
        page = await get(address)
        links, maps, reason = 0, 0, page.motivo
        if not reason:
            result = read_sitemap(page.body, page.final_url, fuente_id="", now=now)
            links, maps, reason = len(result.enlaces), len(result.mapas), result.motivo
        found.tried.append((address, reason or f"mapa con {links} enlaces y {maps} mapas"))
        if links or maps:
            return page.final_url
    return ""
