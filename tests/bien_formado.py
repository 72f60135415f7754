"""What a reader may give whatever it was given: well-formed rows, in bounded time and memory."""

import re
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager

from crawlers.article import Articulo
from crawlers.fuente import Fuente
from crawlers.noticia import Enlace, Precision
from crawlers.readings import MAX_LINKS
from crawlers.urls import host_of, is_web_address, normalise

MAX_SECONDS = 2.0  # of processor time, for a document of at most a megabyte
MAX_GROWTH = 400_000  # kB that one document may add to the highest memory ever held
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LOOSE = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")  # an address holds no blank either


def peak() -> int:
    """Return the most memory this process ever held, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@contextmanager
def bounded() -> Iterator[None]:
    """Demand that what happens inside is quick and small."""
    memory, start = peak(), time.process_time()
    yield
    spent, grown = time.process_time() - start, peak() - memory
    assert spent <= MAX_SECONDS, f"{spent:.1f} s"
    assert grown <= MAX_GROWTH, f"{grown} kB más"


def check_line(text: str) -> None:
    """Demand one line that a table, a log and a database can hold."""
    text.encode("utf-8")
    assert not _CONTROL.search(text), repr(text[:200])


def check_text(text: str) -> None:
    """Demand lines that a table, a log and a database can hold."""
    for line in text.split("\n"):
        check_line(line)


def check_address(url: str) -> None:
    """Demand an absolute http(s) address without blanks or control characters."""
    url.encode("utf-8")
    assert url.lower().startswith(("http://", "https://")) and host_of(url), url[:200]
    assert not _LOOSE.search(url), repr(url[:200])


def check_date(text: str | None, precision: Precision) -> None:
    """Demand a date in one of the two ways in which dates are stored, or none."""
    wanted = {Precision.HORA: _MOMENT, Precision.DIA: _DAY}.get(precision)
    assert text is None if wanted is None else wanted.fullmatch(text or ""), (text, precision)


def check_links(links: tuple[Enlace, ...]) -> None:
    """Demand links each of which can be a row of the registry."""
    assert len(links) <= MAX_LINKS
    assert len({link.url_normalizada for link in links}) == len(links)
    for link in links:
        check_address(link.url)
        check_address(link.url_normalizada)
        assert normalise(link.url_normalizada) == link.url_normalizada
        check_line(link.titulo)
        check_line(link.autor)
        check_text(link.resumen)
        check_text(link.contenido)
        check_date(link.fecha, link.fecha_precision)
        assert link.modificada is None or _MOMENT.fullmatch(link.modificada) or _DAY.fullmatch(link.modificada)


def check_article(article: Articulo) -> None:
    """Demand an article that can be a row, with a text or the reason why there is none."""
    check_line(article.titulo)
    check_line(article.autor)
    check_line(article.motivo)
    check_text(article.texto)
    check_date(article.publicada_en, article.fecha_precision)
    assert bool(article.texto) != bool(article.motivo)
    if article.url_canonica is not None:
        check_address(article.url_canonica)


def check_source(source: Fuente) -> None:
    """Demand a source that the catalogue would take."""
    check_line(source.nombre)
    assert re.fullmatch(r"[a-z0-9_]{1,64}", source.id) and source.nombre
    assert is_web_address(source.sitio), source.sitio
    for url in filter(None, (source.rss, source.seccion_url, source.sitemap)):
        assert is_web_address(url), url
