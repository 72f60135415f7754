"""One document as the readers see it (`hallazgos leer`): a file or an address, and what it is."""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawlers.article import extract
from crawlers.feeds import read_feed
from crawlers.fetch_many import fetch_many
from crawlers.fuente import Fuente
from crawlers.jsonfeed import is_json
from crawlers.noticia import Enlace
from crawlers.options import HarvestOptions
from crawlers.page_meta import declared_address
from crawlers.readings import FeedResult, SitemapResult
from crawlers.replay import ReplayError
from crawlers.sections import read_section
from crawlers.sitemaps import MAX_SITEMAP, read_sitemap
from crawlers.text import decode, gunzip
from crawlers.urls import normalise
from pipeline.errores import ErrorDeUso

ITEM_COLUMNS = (
    "tipo", "url", "titulo", "fecha", "fecha_precision", "autor", "resumen", "contenido", "modificada", "url_normalizada",
)  # fmt: skip
_ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|rdf|channel|urlset|sitemapindex|html|!doctype html)\b", re.IGNORECASE)
_KINDS = {b"rss": "feed", b"feed": "feed", b"rdf": "feed", b"channel": "feed", b"urlset": "mapa", b"sitemapindex": "mapa"}


@dataclass(frozen=True)
class Document:
    """The bytes to read, unpacked, and the address they are read under ('' when a file says nothing of it)."""

    body: bytes
    url: str
    content_type: str = ""


def open_document(target: str, url: str, options: HarvestOptions) -> Document:
    """Return the document of a file or an http(s) address. Raises `ErrorDeUso` in one line."""
    if re.match(r"https?://", target, re.IGNORECASE):
        return _from_web(target, url, options)
    path = Path(target)
    if path.is_dir():
        raise ErrorDeUso(f"{target}: es una carpeta, no un documento")
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ErrorDeUso(f"{target}: no existe el archivo (una dirección empieza con http:// o https://)") from None
    except (OSError, ValueError) as error:
        raise ErrorDeUso(f"{target}: no se puede leer el archivo ({getattr(error, 'strerror', None) or error})") from error
    body = gunzip(raw, MAX_SITEMAP)
    if not body.strip():
        raise ErrorDeUso(f"{target}: el archivo está vacío" if not raw else f"{target}: no trae nada que leer")
    return Document(body, url)


def _from_web(target: str, url: str, options: HarvestOptions) -> Document:
    """Ask for an address with the guards and manners of a crawl."""
    try:
        answer = fetch_many([target], options)[0]
    except ReplayError as error:
        raise ErrorDeUso(str(error)) from error
    if answer.motivo:
        raise ErrorDeUso(f"{target}: {answer.motivo}")
    body = gunzip(answer.body, MAX_SITEMAP)
    if not body.strip():
        raise ErrorDeUso(f"{target}: la respuesta está vacía")
    return Document(body, url or answer.final_url, answer.content_type)


def guess_kind(document: Document) -> str:
    """Return `pagina`, `feed` or `mapa` by what the document holds; a listing page is read as one only when asked for."""
    if is_json(document.body):
        return "feed"
    root = _ROOT.search(document.body[:8192])
    if root:
        return _KINDS.get(root[1].lower(), "pagina")
    lines = decode(document.body[:65536]).split()
    return "mapa" if lines and all(line.startswith(("http://", "https://")) for line in lines[:-1] or lines) else "pagina"


def read_page(document: Document, now: datetime) -> dict[str, Any]:
    """Return what the page says, as `leer` prints it."""
    url = document.url or declared_address(document.body)
    article = extract(document.body, url, content_type=document.content_type, now=now)
    fields = asdict(article)
    return {"url": fields.pop("url_canonica") or url, **fields}


def read_list(document: Document, kind: str, now: datetime, fuentes: Iterable[Fuente] = ()) -> tuple[list[dict[str, Any]], str]:
    """Return (items, why it is no good read or ''): links as given by the reader, then the child maps of an index.

    A section page is read with the patterns of the source of `fuentes` that it belongs to.
    """
    common: dict[str, Any] = {"fuente_id": "", "content_type": document.content_type, "now": now}
    if kind == "seccion":
        common |= patterns_of(document.url, fuentes)
    readers: dict[str, Callable[..., FeedResult | SitemapResult]]
    readers = {"feed": read_feed, "seccion": read_section, "mapa": read_sitemap}
    result = readers[kind](document.body, document.url, **common)
    maps = result.mapas if isinstance(result, SitemapResult) else ()
    items = [_item(enlace) for enlace in result.enlaces]
    return [*items, *({"tipo": "mapa", "url": address} for address in maps)], result.motivo


def patterns_of(url: str, fuentes: Iterable[Fuente]) -> dict[str, str]:
    """Return `incluir` and `excluir` of the source whose section page `url` is; nothing when it is nobody's."""
    address = normalise(url)
    found = next((one for one in fuentes if one.seccion_url and normalise(one.seccion_url) == address), None)
    return {"incluir": found.incluir, "excluir": found.excluir} if found else {}


def _item(enlace: Enlace) -> dict[str, Any]:
    """Return one link under the names that are printed."""
    return {"tipo": "nota"} | {name: value for name, value in asdict(enlace).items() if name in ITEM_COLUMNS}
