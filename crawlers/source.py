"""One source's way through a run: its pending links, its feed, its section and map; every link ends in one fate."""

import asyncio
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from crawlers.article import extract
from crawlers.capture import Headers
from crawlers.evidence import Evidence
from crawlers.feeds import read_feed
from crawlers.fetch import Answer, Fetcher
from crawlers.fuente import Fuente
from crawlers.guards import Failed, NotNow, Refused, TooLarge, off_pattern
from crawlers.ledger import MACHINE_FAULTS, Ledger
from crawlers.noticia import UNCHANGED, Destino, Enlace, Lector, Lectura, Pedido
from crawlers.options import HarvestOptions, SourceSummary
from crawlers.outcomes import CLOSED_DOORS, from_page, no_article, stand_in
from crawlers.page_gate import LISTING
from crawlers.pool import DocumentError, Pool
from crawlers.readings import FeedResult, SitemapResult
from crawlers.sections import read_section
from crawlers.sitemaps import read_sitemap

log = logging.getLogger(__name__)
MAX_CHILD_MAPS = 4  # of an index, newest first: news maps hold two days, monthly ones a month
BARREN = 5  # pages of one reading without a text among them are told: a redesign, a wall, a calendar without end
WRITE_PAUSE = 0.01  # seconds (design, principle 10)
NAMES = {Lector.FEED: "canal", Lector.SECCION: "sección", Lector.MAPA: "mapa de sitio"}
Result = FeedResult | SitemapResult


def answer_mark(fuente: Fuente, lector: Lector, answer: Answer) -> str:
    """Return a digest of all that decides which links an answer gives, but for the reader's own version."""
    final = answer.final
    shape = (lector, final.url, final.header("Content-Type"), fuente.incluir, fuente.excluir)
    found = hashlib.sha256(repr(shape).encode("utf-8", "surrogatepass"))
    found.update(final.body)
    return found.hexdigest()


@dataclass(frozen=True)
class Kit:
    """What every source of a run shares."""

    fetcher: Fetcher
    evidence: Evidence
    pool: Pool
    ledger: Ledger
    options: HarvestOptions
    map_turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # one map is unfolded at a time: each may have 50 MB


@dataclass
class SourceRun:
    """One source in one run: what was read so far, and the reasons for what was not."""

    fuente: Fuente
    kit: Kit
    pages: int = 0
    texts: int = 0  # pages that gave an article's text
    good: int = 0
    failures: int = 0
    reasons: list[str] = field(default_factory=list)
    maps: tuple[str, ...] = ()
    unkept: list[Answer] = field(default_factory=list)  # indexes of maps: evidence only if one of their maps brings news

    async def run(self) -> None:
        """Fetch what is pending, then read feed, section and map as the run asks, fetching what each brings."""
        await self.fetch(self.kit.ledger.pending(self.fuente.id))
        catch_up = not self.kit.options.feeds_only
        if self.fuente.rss:
            catch_up |= await self.read_feed()
        if catch_up and self.fuente.seccion_url:
            await self.read(Lector.SECCION, self.fuente.seccion_url)
        if catch_up and self.fuente.sitemap:
            await self.read_maps()

    def summary(self) -> SourceSummary:
        """Return how the source ended: failed when something was to be read and nothing could be."""
        return SourceSummary(self.fuente.id, self.good, self.good == 0 and self.failures > 0, "; ".join(self.reasons))

    def note(self, reason: str) -> None:
        """Add a reason once."""
        if reason not in self.reasons:
            self.reasons.append(reason)

    async def read_feed(self) -> bool:
        """Read the feed unless it is unchanged; return whether section or map should catch up (a gap, or a failure)."""
        etag, modified = self.kit.ledger.conditional(self.fuente.id)
        headers = tuple((name, value) for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value)
        failures = self.failures
        order = await self.read(Lector.FEED, self.fuente.rss, headers)
        return order.hueco or self.failures > failures

    async def read_maps(self) -> None:
        """Read the map, and the newest of the maps that an index names (one level)."""
        await self.read(Lector.MAPA, self.fuente.sitemap)
        for address in self.maps[:MAX_CHILD_MAPS]:
            await self.read(Lector.MAPA, address)

    async def read(self, lector: Lector, url: str, headers: Headers = ()) -> Pedido:
        """Ask one reader, store its answer as evidence, then in the ledger, and fetch what the ledger asks for."""
        try:
            most = self.kit.options.max_map if lector == Lector.MAPA else 0
            answer = await self.kit.fetcher.get(url, headers, most=most)
        except (Refused, Failed, NotNow) as error:
            reading = Lectura(self.fuente.id, lector, url, 0, motivo=str(error))
        else:
            reading = await self._reading(lector, url, answer)
        self._account(reading)
        order = self.kit.ledger.record_reading(reading)
        pages, texts = self.pages, self.texts
        await self.fetch(order.enlaces)
        if self.pages - pages >= BARREN and self.texts == texts:
            self.note(f"{NAMES[lector]}: ninguna de {self.pages - pages} páginas da el texto de una nota")
        return order

    def _account(self, reading: Lectura) -> None:
        if reading.motivo:
            self.failures += 1
            self.note(f"{NAMES[reading.lector]}: {reading.motivo}")
        else:
            self.good += 1

    async def _reading(self, lector: Lector, url: str, answer: Answer) -> Lectura:
        """Return what an answer gave; its links carry the reference under which it is kept."""
        final = answer.final
        if final.status == UNCHANGED:
            return Lectura(self.fuente.id, lector, url, UNCHANGED)
        if not 200 <= final.status < 300:
            return Lectura(self.fuente.id, lector, url, final.status, motivo=f"HTTP {final.status}")
        mark = answer_mark(self.fuente, lector, answer)
        if self.kit.ledger.unchanged(self.fuente.id, url, mark):
            return Lectura(self.fuente.id, lector, url, UNCHANGED)
        try:
            result = await self._parse(lector, answer)
        except DocumentError as error:
            return Lectura(self.fuente.id, lector, url, final.status, motivo=str(error))
        self.maps = result.mapas if isinstance(result, SitemapResult) else ()
        reference = self._keep(answer, result)
        return Lectura(
            self.fuente.id,
            lector,
            url,
            final.status,
            tuple(replace(enlace, captura=reference) for enlace in result.enlaces),
            etag=final.header("ETag") or None,
            ultima_modificacion=final.header("Last-Modified") or None,
            huella="" if self.maps else mark,  # an index may stay as it is while the maps that it names change
            captura=reference,
            motivo=result.motivo,
        )

    def _keep(self, answer: Answer, result: Result) -> str | None:
        """Keep an answer that brings news as evidence, after the index that led to it; return its reference."""
        if self.maps:
            self.unkept.append(answer)
        if not self.kit.ledger.brings_news(result.enlaces):
            return None
        indexes, self.unkept = [index for index in self.unkept if index is not answer], []
        for index in indexes:
            self.kit.evidence.keep(index)
        return self.kit.evidence.keep(answer)

    async def _parse(self, lector: Lector, answer: Answer) -> Result:
        """Have the answer read in another process. Raises `DocumentError`."""
        body, url, kind = answer.final.body, answer.final.url, answer.final.header("Content-Type")
        call, fuente, now = self.kit.pool.call, self.fuente, self.kit.options.now()
        if lector == Lector.FEED:
            return await call(read_feed, body, url, fuente_id=fuente.id, content_type=kind, now=now)
        if lector == Lector.MAPA:
            async with self.kit.map_turn:
                return await call(read_sitemap, body, url, fuente_id=fuente.id, content_type=kind, now=now)
        patterns = partial(read_section, incluir=fuente.incluir, excluir=fuente.excluir)
        return await call(patterns, body, url, fuente_id=fuente.id, content_type=kind, now=now)

    async def fetch(self, enlaces: Iterable[Enlace]) -> None:
        """Fetch links in order until the source's pages are used up; what is left stays pending."""
        for enlace in enlaces:
            if self.pages >= self.kit.options.source_pages:
                self.note(f"se llegó al límite de {self.kit.options.source_pages} páginas por corrida")
                return
            (error,) = await asyncio.gather(self.article(enlace), return_exceptions=True)
            if isinstance(error, MACHINE_FAULTS):
                raise error
            if error is not None:  # a fault of ours: told as a failure, so that this link does not stop the source in every run
                log.error("%s enlace error interno", self.fuente.id, exc_info=error)  # its address may hold a name
                await self.dismiss(enlace, Destino.ERROR, f"error interno ({type(error).__name__})")

    async def article(self, enlace: Enlace) -> None:
        """Bring one link to its fate; it stays pending when its site asks to be left alone for now."""
        refusal = off_pattern(self.fuente, enlace.url)
        if refusal:
            await self.dismiss(enlace, Destino.RECHAZADA, refusal)
            return
        self.pages += 1
        try:
            answer = await self.kit.fetcher.get(enlace.url)
        except NotNow as error:
            self.pages -= 1  # nothing was asked
            self.note(str(error))
            if not enlace.revision:
                await self.dismiss(enlace, Destino.PENDIENTE, str(error))
        except TooLarge as error:
            self.without_page(enlace, None, Destino.RECHAZADA, str(error))
        except Refused as error:
            await self.dismiss(enlace, Destino.RECHAZADA, str(error))
        except Failed as error:
            await self.dismiss(enlace, Destino.ERROR, str(error))
        else:
            await self.settle(enlace, answer)

    async def dismiss(self, enlace: Enlace, destino: Destino, reason: str) -> None:
        """Store a fate without an article; the pause lets other writers in when many follow each other."""
        self.kit.ledger.record_fate(enlace, destino, reason)
        await asyncio.sleep(WRITE_PAUSE)

    async def settle(self, enlace: Enlace, answer: Answer) -> None:
        """Turn an answer into a fate: the article, what stands in for it, or the reason why there is neither."""
        final = answer.final
        if final.status in CLOSED_DOORS:
            self.without_page(enlace, answer, Destino.SIN_TEXTO, f"HTTP {final.status}")
            return
        if not 200 <= final.status < 300:
            await self.dismiss(enlace, Destino.ERROR, f"HTTP {final.status}")
            return
        kind = final.header("Content-Type")
        odd = no_article(enlace.url, final.url, kind, final.body)
        if odd:
            self.without_page(enlace, answer, Destino.RECHAZADA, odd)
            return
        reference = self.kit.evidence.keep(answer)
        now = self.kit.options.now()
        try:
            article = await self.kit.pool.call(extract, final.body, final.url, content_type=kind, now=now)
        except DocumentError as error:
            self.without_page(enlace, None, Destino.SIN_TEXTO, str(error))
            return
        if not article.texto.strip():
            self.without_page(enlace, None, Destino.SIN_TEXTO, article.motivo or "la página no da texto")
            return
        self.texts += 1
        kept = reference, self.kit.evidence.digest(reference)
        noticia = from_page(enlace, article, final.url, kept, now)
        self.kit.ledger.save_noticia(enlace, noticia)

    def without_page(self, enlace: Enlace, answer: Answer | None, destino: Destino, reason: str) -> None:
        """Store what stands in for a page without text; else the fate with its reason. `answer`: still to be kept."""
        if enlace.revision:  # the stored text is better than what stands in
            self.kit.ledger.record_fate(enlace, Destino.CONOCIDA, reason)
            return
        noticia = None
        if reason != LISTING or enlace.lector == Lector.FEED:  # what a section or a map links to may well be another section
            noticia = stand_in(enlace, self.kit.options.now(), sha256=self.kit.evidence.digest(enlace.captura))
        if noticia is None:
            self.kit.ledger.record_fate(enlace, destino, reason)
            return
        if answer is not None:
            self.kit.evidence.keep(answer)
        self.kit.ledger.save_noticia(enlace, noticia)
