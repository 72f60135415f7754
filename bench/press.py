"""The press as a process of its own: ready-made answers in memory, one address of the loopback for each outlet.

`python -m bench.press MEDIOS NOTAS CATALOGO` writes its catalogue, prints its port, and serves until it is ended.
"""

import asyncio
import csv
import json
import socket
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bench.pages import Site, feed, page, sites
from bench.texts import stories
from crawlers.catalogue import COLUMNS

COUNTS = "/cuenta"
ROBOTS = b"User-agent: *\nDisallow: /privado/\n"


def response(body: bytes, kind: str, status: str = "200 OK") -> bytes:
    """Return a whole answer, headers included."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


MISSING = response(b"no existe", "text/plain", "404 Not Found")


def answers(site: Site) -> dict[bytes, bytes]:
    """Return every answer of an outlet by path."""
    own = len(site.outlet.sitio)
    found = {
        one.url[own:].encode(): response(page(site, place), "text/html; charset=utf-8")
        for place, one in enumerate(site.articles)
    }
    found[b"/rss.xml"] = response(feed(site), "application/rss+xml; charset=utf-8")
    found[b"/robots.txt"] = response(ROBOTS, "text/plain")
    return found


class Door(asyncio.Protocol):
    """One connection that stays open: every request of it is answered from memory and counted by kind of path."""

    def __init__(self, pages: Mapping[bytes, bytes], counts: Counter[str]) -> None:
        self.pages = pages
        self.counts = counts
        self.transport: asyncio.Transport | None = None
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self.waiting += data
        while b"\r\n\r\n" in self.waiting and self.transport is not None:
            head, _, self.waiting = self.waiting.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1]
            if path == COUNTS.encode():
                self.transport.write(response(json.dumps(self.counts).encode(), "application/json"))
                self.counts.clear()
                continue
            self.counts["feeds" if path == b"/rss.xml" else "robots" if path == b"/robots.txt" else "articulos"] += 1
            self.transport.write(self.pages.get(path, MISSING))


def free_port() -> int:
    """Return a port that is free on the loopback now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_catalogue(path: Path, press: list[Site]) -> None:
    """Write the outlets as a catalogue of sources."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for site in press:
            one = site.outlet
            own = {"id": one.id, "nombre": one.nombre, "sitio": f"{one.sitio}/", "rss": f"{one.sitio}/rss.xml"}
            writer.writerow({**own, "tipo": "medio_local", "activa": "1"})


async def serve(outlets: int, notes: int, catalogue: Path) -> None:
    """Open every outlet and serve until the process is ended."""
    port, loop, counts = free_port(), asyncio.get_running_loop(), Counter[str]()
    hosts = [f"127.0.1.{number + 1}" for number in range(outlets)]
    press = sites([f"http://{host}:{port}" for host in hosts], stories(outlets * notes), datetime.now(UTC))
    for host, site in zip(hosts, press, strict=True):
        pages = answers(site)
        await loop.create_server(lambda pages=pages: Door(pages, counts), host, port)  # type: ignore[misc]  # bound now
    write_catalogue(catalogue, press)
    print(port, flush=True)  # noqa: T201 - how the process that started this one learns that the press is open
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
