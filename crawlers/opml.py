"""Lists of feeds (OPML) in and out of the catalogue."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from lxml import etree

from crawlers.catalogue import CatalogueError, write_whole
from crawlers.fuente import Fuente
from crawlers.text import squeeze
from crawlers.urls import is_web_address, normalise


def read_opml(path: Path) -> list[Fuente]:
    """Return the feeds of an OPML file, nested outlines flattened, each feed once; outlines without a feed are skipped.

    The sources are active, of the tipo `medio_independiente`. External entities are not read. Raises `CatalogueError`.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise CatalogueError(f"{path}: no existe la lista OPML") from None
    except OSError as error:
        raise CatalogueError(f"{path}: no se puede leer la lista OPML ({error.strerror or error})") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, column = getattr(error, "position", (1, 1))
        raise CatalogueError(f"{path}: línea {line}, columna {column}: no es un OPML bien formado") from error
    if root.tag != "opml":
        raise CatalogueError(f"{path}: línea 1, columna 1: no es una lista OPML")
    return list(_outlines(root))


def _outlines(root: etree._Element) -> Iterator[Fuente]:
    """Yield every outline that names a feed."""
    seen: set[str] = set()
    ids: set[str] = set()
    for outline in root.iter("outline"):
        told = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        feed = told.get("xmlurl", "")
        if not is_web_address(feed) or normalise(feed) in seen:
            continue
        seen.add(normalise(feed))
        name = squeeze(told.get("title") or told.get("text") or "") or urlsplit(feed).netloc
        site = told.get("htmlurl", "")
        key = free_id(slug(name), ids)
        ids.add(key)
        yield Fuente(key, name, "medio_independiente", site if is_web_address(site) else site_root(feed), rss=feed)


def slug(name: str) -> str:
    """Return a name as an id: `El Diario de Prueba` → `el_diario_de_prueba`."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:56] or "fuente"


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return `wanted`, or with the first number that makes it free."""
    number, key = 2, wanted
    while key in taken:
        key = f"{wanted}_{number}"
        number += 1
    return key


def site_root(url: str) -> str:
    """Return the front page of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def write_opml(path: Path, fuentes: Iterable[Fuente]) -> int:
    """Write the sources that have a feed as OPML 2.0, at once; return how many they are."""
    with_feed = [fuente for fuente in fuentes if fuente.rss]
    lines = [
        f'    <outline type="rss" text={quoteattr(fuente.nombre)} title={quoteattr(fuente.nombre)} '
        f"xmlUrl={quoteattr(fuente.rss)} htmlUrl={quoteattr(fuente.sitio)} category={quoteattr(fuente.tipo)}/>"
        for fuente in with_feed
    ]
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>Fuentes de hallazgos</title></head>",
    ]
    text = "\n".join([*head, "  <body>", *lines, "  </body>", "</opml>", ""])
    write_whole(path, text.encode("utf-8"))
    return len(with_feed)
