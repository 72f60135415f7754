"""Answers requests from captures instead of the network, under the real hosts: a WARC file, a folder of them, or a folder
of files with an `indice.csv` (`url,archivo,tipo,estado`). What is not in there is answered 404."""

import gzip
import mimetypes
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response

from crawlers.capture import CapturedResponse, CaptureError, Headers, header, read_record, read_responses
from crawlers.csv_rows import CsvError, read_csv
from crawlers.urls import host_of, normalise

INDEX = "indice.csv"
COLUMNS = ("url", "archivo", "tipo", "estado")
WARC_SUFFIXES = (".warc", ".warc.gz")
MAX_UNPACKED = 64_000_000  # bytes of one `.gz` file of a folder of captures
NOT_THERE = CapturedResponse("", 404, (("Content-Type", "text/plain; charset=utf-8"),), b"", "")
# What the usual endings of a folder of captures mean when its index leaves `tipo` empty.
TYPES = {".rss": "application/rss+xml", ".atom": "application/atom+xml", ".xml": "application/xml", ".txt": "text/plain"}


class ReplayError(ValueError):
    """A capture that cannot be replayed: one line in Spanish that names file, line and column."""


@dataclass(frozen=True)
class Place:
    """Where an answer lies: a record of a WARC (`offset`), a file with its `kind`, or a redirect to `target`."""

    path: Path
    status: int = 200
    kind: str = ""
    offset: int | None = None
    target: str = ""


@dataclass(frozen=True)
class Archive:
    """Answers by address; `loose` finds what differs only in what `normalise` drops."""

    exact: dict[str, Place]
    loose: dict[str, Place]

    def answer(self, url: str) -> CapturedResponse:
        """Return the answer kept for an address, or a 404. Raises `ReplayError` for a file that is gone."""
        place = self.exact.get(url) or self.loose.get(normalise(url))
        if place is None:
            return NOT_THERE
        if place.offset is not None:
            return _from_warc(place)
        if place.target:
            return CapturedResponse(url, place.status, (("Location", place.target),), b"", "")
        headers: Headers = (("Content-Type", place.kind),) if place.kind else ()
        return CapturedResponse(url, place.status, headers, _unpacked(place.path), "")


@lru_cache(maxsize=4)
def open_archive(path: Path) -> Archive:
    """Return the archive of a WARC file or folder of captures. Raises `ReplayError`."""
    if path.is_dir() and (path / INDEX).is_file():
        places = list(_read_index(path / INDEX))
    elif path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.name.endswith(WARC_SUFFIXES))
        if not files:
            raise ReplayError(f"{path}: no hay {INDEX} ni archivos WARC")
        places = [pair for file in files for pair in _read_warc(file)]
    elif path.is_file():
        places = list(_read_warc(path))
        if not places:
            raise ReplayError(f"{path}: no es un archivo WARC, o no trae ninguna respuesta")
    else:
        raise ReplayError(f"{path}: no existe")
    exact: dict[str, Place] = {}
    for url, place in places:
        if url not in exact or place.status < 400 or exact[url].status >= 400:  # the last good answer counts
            exact[url] = place
    return Archive(exact, {normalise(url): place for url, place in exact.items()})


def _read_warc(path: Path) -> Iterator[tuple[str, Place]]:
    for record in read_responses(path):
        if record.status != 304:
            yield record.url, Place(path, record.status, offset=record.offset)


def _from_warc(place: Place) -> CapturedResponse:
    try:
        return read_record(place.path.parent, f"{place.path.name}#{place.offset}")
    except CaptureError as error:
        raise ReplayError(str(error)) from error


def _read_index(path: Path) -> Iterator[tuple[str, Place]]:
    try:
        rows = read_csv(path)
    except CsvError as error:
        raise ReplayError(str(error)) from error
    line, header_row = rows[0] if rows else (1, [])
    header_row = [name.lower() for name in header_row]
    for name in COLUMNS[:2]:
        if name not in header_row:
            raise ReplayError(f"{path}: línea {line}, columna {name}: falta esta columna")
    for number, row in rows[1:]:
        if len(row) > len(header_row):
            raise ReplayError(f"{path}: línea {number}, columna {header_row[-1]}: hay más celdas que columnas")
        yield _entry(path, number, dict(zip(header_row, row, strict=False)))


def _entry(path: Path, number: int, cells: dict[str, str]) -> tuple[str, Place]:
    """Return (address, place) of one row, or say what is wrong with it."""

    def wrong(column: str, why: str) -> ReplayError:
        return ReplayError(f"{path}: línea {number}, columna {column}: {why}")

    url, name, told = cells.get("url", ""), cells.get("archivo", ""), cells.get("estado", "") or "200"
    if not url.startswith(("http://", "https://")) or not host_of(url):
        raise wrong("url", f"«{url}» no es una dirección http o https")
    if not told.isdecimal() or not 100 <= int(told) <= 599:
        raise wrong("estado", f"«{told}» no es un estado HTTP")
    status = int(told)
    file = (path.parent / name).resolve()
    if 300 < status < 400 and status != 304 and not (name and file.is_file()):
        if not name:
            raise wrong("archivo", "una redirección lleva aquí la dirección de destino")
        return url, Place(path, status, target=name)
    if name and not file.is_relative_to(path.parent.resolve()):
        raise wrong("archivo", f"«{name}» sale de la carpeta")
    if not file.is_file() and (name or status == 200):
        raise wrong("archivo", f"no está el archivo «{name}»")
    return url, Place(file, status, cells.get("tipo", "") or _guessed(file.name))


def _guessed(name: str) -> str:
    suffix = Path(name.removesuffix(".gz")).suffix.lower()
    return TYPES.get(suffix) or mimetypes.guess_type("x" + suffix)[0] or "text/html"


def _unpacked(path: Path) -> bytes:
    """Return a file's bytes; `.gz` unpacked, up to a limit. Raises `ReplayError`."""
    if not path.is_file():
        return b""
    try:
        if path.suffix != ".gz":
            return path.read_bytes()
        with gzip.open(path) as stream:
            return stream.read(MAX_UNPACKED)
    except (OSError, EOFError, zlib.error) as error:
        raise ReplayError(f"{path}: no se puede leer: {error}") from error


class ReplayHandler:
    """Scrapy download handler that answers from the archive of `HALLAZGOS_REPLAY`; conditional requests get their 304."""

    lazy = False

    def __init__(self, archive: Archive, max_body: int) -> None:
        self.archive = archive
        self.max_body = max_body

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ReplayHandler":
        """Return the handler of this crawl."""
        return cls(open_archive(Path(crawler.settings["HALLAZGOS_REPLAY"])), crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    async def download_request(self, request: Request) -> Response:
        """Return the kept answer."""
        found = self.archive.answer(request.url)
        if len(found.body) > request.meta.get("download_maxsize", self.max_body):
            raise DownloadCancelledError("body over DOWNLOAD_MAXSIZE")
        known = (request.headers.get("If-None-Match") or b"").decode("latin-1")
        status, body = found.status, found.body
        if known and known == header(found.headers, "ETag"):
            status, body = 304, b""
        headers: Any = [(name, value.encode("latin-1", "replace")) for name, value in found.headers]
        return Response(request.url, status=status, headers=headers, body=body)

    async def close(self) -> None:
        """Nothing is held open."""
