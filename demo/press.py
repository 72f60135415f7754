"""Writes the demonstration press as a folder of captures that `hallazgos correr --reproducir` answers from.

The folder holds pages, feeds, listings, sitemaps, robots.txt and `indice.csv` (`url,archivo,tipo,estado`). Two builds are equal
byte by byte: nothing reads the clock, and compressed files carry no time.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from demo.channels import BROKEN_LINK, feed, listing, sitemaps
from demo.outlets import Article, Outlet, read_articles, read_outlets
from demo.pages import article_page, missing_page, unavailable_page

HTML, XML, TEXT = "text/html", "application/xml", "text/plain; charset=utf-8"
WALL_STATUS = (200, 403)  # a paywall answers one or the other: both are shown


@dataclass(frozen=True)
class Capture:
    """One answer of the press: what `url` gives, and the file under the folder that holds it."""

    url: str
    archivo: str
    tipo: str
    estado: int
    body: bytes


def build(folder: Path) -> None:
    """Write the whole demonstration press into `folder` (made when missing; files of an earlier build are overwritten)."""
    articles = read_articles()
    captures = [capture for outlet in read_outlets() for capture in _outlet(outlet, _of(articles, outlet))]
    for capture in captures:
        path = folder / capture.archivo
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(capture.body)
    with (folder / "indice.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(["url", "archivo", "tipo", "estado"])
        rows.writerows((item.url, item.archivo, item.tipo, item.estado) for item in captures)


def _of(articles: Iterable[Article], outlet: Outlet) -> list[Article]:
    """Return the outlet's articles, the newest first as feeds list them."""
    return sorted((item for item in articles if item.medio_id == outlet.id), key=lambda item: item.moment, reverse=True)


def _outlet(outlet: Outlet, articles: list[Article]) -> list[Capture]:
    captures = [Capture(f"{outlet.sitio}/robots.txt", f"{outlet.id}/robots.txt", TEXT, 200, _robots(outlet))]
    if "caido" in outlet.rasgos:
        body = unavailable_page(outlet)
        return [*captures, Capture(outlet.sitio + outlet.canal, f"{outlet.id}/caido.html", _html(outlet), 503, body)]
    captures += _channels(outlet, articles)
    captures += [page for place, item in enumerate(articles) for page in _article(outlet, item, articles, place)]
    if "enlace_roto" in outlet.rasgos:
        gone = missing_page(outlet)
        captures.append(Capture(outlet.sitio + BROKEN_LINK, f"{outlet.id}/no-existe.html", _html(outlet), 404, gone))
    return captures


def _robots(outlet: Outlet) -> bytes:
    lines = ["User-agent: *", "Disallow: /buscar", "Disallow: /cuenta/"]
    if outlet.lector == "mapa":
        lines += ["", f"Sitemap: {outlet.sitio}{outlet.canal}"]
    return ("\n".join(lines) + "\n").encode()


def _channels(outlet: Outlet, articles: list[Article]) -> list[Capture]:
    """Return the answers through which the outlet announces its articles."""
    url = outlet.sitio + outlet.canal
    if outlet.lector == "listado":
        return [Capture(url, f"{outlet.id}/listado.html", _html(outlet), 200, listing(outlet, articles))]
    if outlet.lector == "mapa":
        index, child_url, child = sitemaps(outlet, articles)  # replay unpacks `.gz`: this one is served as it is
        return [
            Capture(url, f"{outlet.id}/sitemap.xml", XML, 200, index),
            Capture(child_url, f"{outlet.id}/sitemap-noticias.gzip", "application/gzip", 200, child),
        ]
    kind = f"application/{outlet.lector}+xml; charset={outlet.codificacion}"
    return [Capture(url, f"{outlet.id}/canal.xml", kind, 200, feed(outlet, articles))]


def _article(outlet: Outlet, article: Article, siblings: list[Article], place: int) -> list[Capture]:
    """Return the page under its own address and under every other address by which the outlet links it."""
    status = WALL_STATUS[place % 2] if outlet.diseno == "muro" else 200
    file = f"{outlet.id}/{article.id}.html"
    body = article_page(outlet, article, [item for item in siblings if item is not article])
    urls = dict.fromkeys((article.url, outlet.link(article), outlet.link(article).split("?")[0]))
    return [Capture(url, file, _html(outlet), status, body) for url in urls]


def _html(outlet: Outlet) -> str:
    return f"{HTML}; charset={outlet.codificacion}"
