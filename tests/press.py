"""A tiny press on loopback: outlets that answer over HTTP, each on an address of its own (127.0.0.N), well or badly."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PUBLISHED = datetime(2026, 5, 4, 15, 30, tzinfo=UTC)
_HOSTS = itertools.count(2)
PARAGRAPH = (
    "La reportera explicó ante el juzgado cívico que recibió tres mensajes después de publicar su trabajo sobre el mercado,"
    " y que la alcaldía no ha respondido a las solicitudes de información que presentó durante el mes de abril."
)


@dataclass(frozen=True)
class Page:
    """What an address answers: `delay` seconds before it; `cut` closes the connection after so many bytes of the body."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    cut: int | None = None
    endless: bool = False


@dataclass
class Outlet:
    """One site. `pages` maps paths (with query) to a page or a function that makes one; `seen` is its log."""

    name: str
    host: str = ""
    port: int = 0
    pages: dict[str, "Page | Callable[[BaseHTTPRequestHandler], Page]"] = field(default_factory=dict)
    seen: list[tuple[float, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}:{self.port}{path}"

    def asked(self, path: str) -> int:
        return sum(1 for _, one in self.seen if one == path)

    def publish(self, *paths: str, feed: str = "/rss.xml", etag: str = "") -> None:
        """Put articles under `paths`, and a feed that names them."""
        for path in paths:
            self.pages[path] = Page(article(f"Nota {path} de {self.name}", self.url(path)))
        items = [(self.url(path), f"Nota {path} de {self.name}") for path in paths]
        headers = (("ETag", etag),) if etag else ()
        self.pages[feed] = Page(rss(items), "application/rss+xml", headers=headers)


def article(title: str, url: str = "", *, paragraphs: int = 4, canonical: str = "", published: datetime = PUBLISHED) -> bytes:
    """Return a plain article page."""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    text = "".join(f"<p>{PARAGRAPH} Párrafo {number} de {escape(title)}.</p>" for number in range(paragraphs))
    return (
        f'<!doctype html><html lang="es"><head><meta charset="utf-8"><title>{escape(title)}</title>{link}'
        f'<meta property="article:published_time" content="{published.isoformat()}"></head>'
        f"<body><article><h1>{escape(title)}</h1>{text}</article></body></html>"
    ).encode()


def rss(items: list[tuple[str, str]], *, content: str = "", published: datetime = PUBLISHED) -> bytes:
    """Return an RSS feed of (address, title)."""
    extra = f"<content:encoded>{escape(content)}</content:encoded>" if content else ""
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{escape(url)}</link>{extra}"
        f"<pubDate>{format_datetime(published)}</pubDate></item>"
        for url, title in items
    )
    return f'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Canal</title>{entries}</channel></rss>'.encode()


def sitemap(urls: list[str], *, index: bool = False) -> bytes:
    """Return a sitemap, or an index of sitemaps."""
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(f"<{inner}><loc>{escape(url)}</loc><lastmod>2026-05-04</lastmod></{inner}>" for url in urls)
    return f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{outer}>'.encode()


@contextmanager
def press(*names: str) -> Iterator[list[Outlet]]:
    """Open one outlet per name; all are closed at the end."""
    outlets: list[Outlet] = []
    servers: list[ThreadingHTTPServer] = []
    try:
        for name in names:
            outlet = Outlet(name, host=f"127.0.0.{next(_HOSTS)}")
            server = ThreadingHTTPServer((outlet.host, 0), _handler(outlet))
            server.daemon_threads = True
            outlet.port = server.server_address[1]
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
            outlets.append(outlet)
            servers.append(server)
        yield outlets
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _handler(outlet: Outlet) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            outlet.seen.append((time.monotonic(), self.path))
            outlet.agents.add(self.headers.get("User-Agent", ""))
            page = outlet.pages.get(self.path, Page(b"nada", "text/plain", 404))
            page = page if isinstance(page, Page) else page(self)
            if page.delay:
                time.sleep(page.delay)
            etag = dict(page.headers).get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                page = Page(b"", page.kind, 304, page.headers)
            self._answer(page)

        def _answer(self, page: Page) -> None:
            self.send_response(page.status)
            self.send_header("Content-Type", page.kind)
            for name, value in page.headers:
                self.send_header(name, value)
            if not page.endless:
                self.send_header("Content-Length", str(len(page.body)))
            try:
                self.end_headers()
                self.wfile.write(page.body if page.cut is None else page.body[: page.cut])
                while page.endless:
                    self.wfile.write(b"<p>otra vez</p>" * 4096)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            if page.cut is not None:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    return Handler
