"""One record of an archive → a page worth tagging, or the fate that it has already."""

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawlers.article import MAX_PAGE, VERSION_EXTRACTOR, Articulo, extract
from crawlers.capture import read_member
from crawlers.fechas import local_day, utc_text
from crawlers.noticia import Noticia, TextoOrigen
from crawlers.outcomes import canonical, no_article
from crawlers.pool import TooSlow, bounded
from crawlers.text import MAX_BODY
from crawlers.urls import web_address
from nlp.criba import passes
from nlp.etiquetas import Nota
from pipeline.archive.asked import Asked
from pipeline.archive.fates import Destino
from pipeline.archive.frames import Frame
from pipeline.archive.language import is_spanish, may_hold_spanish

PATIENCE = 30.0  # seconds that one page may take
YEARS = range(1990, 2200)  # of capture that an archive can tell: before there is no web, far beyond no calendar to reckon with
# What a reader raises over a page that it did not foresee: it costs that page, not the order.
SPOILT = (ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError)
OK = 200


@dataclass(frozen=True)
class Page:
    """A page that passed: its noticia (no source or capture yet), its record as one gzip member, where that lies."""

    noticia: Noticia
    miembro: bytes
    lugar: int
    registro: str

    def nota(self) -> Nota:
        """Return the note to be tagged."""
        one = self.noticia
        return Nota(str(self.lugar), one.texto, one.titulo, local_day(one.publicada_en))


@dataclass(frozen=True)
class Answer:
    """An answer as the archive keeps it; `moment` is when it was captured."""

    url: str
    body: bytes
    content_type: str
    moment: datetime
    registro: str


def judge(frame: Frame, asked: Asked) -> Page | Destino:
    """Return the page of a record, or the fate that ends it before the tagger. Never raises for what a record holds."""
    if frame.record is None:
        return Destino.RECHAZADA if frame.large else Destino.DANADA
    try:
        answer = _answer(frame.record, asked)
        return answer if isinstance(answer, Destino) else bounded(PATIENCE, _page, answer, frame, asked)
    except (TooSlow, *SPOILT):
        return Destino.ERROR


def _answer(raw: bytes, asked: Asked) -> Answer | Destino:
    """Return the answer in a record when it may be a page that is asked for."""
    try:
        record = next(iter(ArchiveIterator(BytesIO(raw), parse_http=False, fsspec_args=False)), None)
        if record is None:
            return Destino.DANADA
        if record.record_type != WarcRecordType.response:
            return Destino.OTRO_REGISTRO
        url = web_address((record.headers.get("WARC-Target-URI") or "").strip("<> "))
        if url and not asked.takes_site(url):
            return Destino.FUERA_DE_SITIO
        if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest():
            return Destino.DANADA
        return _of_record(record, url, asked)
    except (OSError, ValueError, EOFError):
        return Destino.DANADA


def _of_record(record: WarcRecord, url: str, asked: Asked) -> Answer | Destino:
    moment = record.record_date
    if moment is None or moment.year not in YEARS:
        return Destino.DANADA
    if asked.desde and str(local_day(utc_text(moment))) < asked.desde.isoformat():
        return Destino.FUERA_DE_FECHA  # nothing is published after it was captured
    record.parse_http(auto_decode="all")
    if not url or record.http_headers is None or record.http_headers.status_code != OK:
        return Destino.RECHAZADA
    body = record.reader.read(MAX_BODY + 1)
    kind = record.http_headers.get("Content-Type") or ""
    if len(body) > MAX_BODY or no_article(url, url, kind, body):
        return Destino.RECHAZADA
    if not may_hold_spanish(body[:MAX_PAGE]):
        return Destino.OTRO_IDIOMA
    return Answer(url, body, kind, moment.astimezone(UTC), record.record_id or "")


def _page(answer: Answer, frame: Frame, asked: Asked) -> Page | Destino:
    article = extract(answer.body, answer.url, content_type=answer.content_type, now=answer.moment)
    if not article.texto:
        return Destino.SIN_TEXTO
    if not is_spanish(article.texto):
        return Destino.OTRO_IDIOMA
    captured = utc_text(answer.moment)
    if not asked.takes_day(local_day(article.publicada_en) or str(local_day(captured))):
        return Destino.FUERA_DE_FECHA
    if not passes(Nota("", article.texto, article.titulo), strict=True):
        return Destino.CRIBADA
    return _kept(answer, article, frame)


def _kept(answer: Answer, article: Articulo, frame: Frame) -> Page | Destino:
    """Return the page with the record that proves it, read back as any capture will be."""
    assert frame.record is not None
    member = gzip.compress(frame.record, compresslevel=4, mtime=0)
    kept = read_member(member)
    if kept is None or kept.body != answer.body:
        return Destino.DANADA
    noticia = Noticia(
        url=answer.url,
        url_canonica=canonical(article.url_canonica, answer.url),
        fuente_id="",
        titulo=article.titulo,
        texto=article.texto,
        texto_origen=TextoOrigen.PAGINA,
        autor=article.autor,
        publicada_en=article.publicada_en,
        fecha_precision=article.fecha_precision,
        capturada_en=utc_text(answer.moment),
        sha256=kept.sha256,
        captura="",
        version_extractor=VERSION_EXTRACTOR,
    )
    return Page(noticia, member, frame.offset, answer.registro)
