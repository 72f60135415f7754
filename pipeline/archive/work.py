"""The backfill: spans to workers, what they find through one writer into the registry, beside the daily run.

The writer is this process alone: first the records that pass into a capture file of its own (principle 2), then each span in
one short transaction with a pause behind it. The crawl lock is not held. Killed anywhere, the same order goes on from there.
"""

import hashlib
import logging
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from sqlite_utils import Database

from crawlers.article import VERSION_EXTRACTOR
from crawlers.capture import Captures
from crawlers.fuente import Fuente
from crawlers.urls import site_of
from pipeline.archive.asked import Asked
from pipeline.archive.fates import Destino
from pipeline.archive.plan import Source, spans
from pipeline.archive.span import Found, Reading, Span
from pipeline.archive.team import Team, TeamLost, readings
from pipeline.evidence import keep_evidence
from pipeline.incidents import group_pending
from pipeline.lock import archive_lock
from pipeline.progreso import Bar, bar
from pipeline.quien import shell_user
from pipeline.registry import archives, audit
from pipeline.registry.archives import Archive, Done, Taken
from pipeline.registry.connection import open_registry
from pipeline.registry.runs import sync_sources
from pipeline.registry.transaction import writing
from pipeline.reloj import Clock

PAUSE_SECONDS = 0.01
SPANS_BEFORE_GROUPING = 250
OUTSIDE_RUNS = 0  # the number that capture files carry which no run wrote

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """What `hallazgos archivo` was asked."""

    registro: Path
    asked: Asked
    catalogue: tuple[Fuente, ...]
    now: Clock
    pause: float = PAUSE_SECONDS


@dataclass(frozen=True)
class Outcome:
    """How it went: the numbers of the readings, records by fate, new findings, archives that could not be read (and why)."""

    numeros: tuple[int, ...]
    cuentas: Mapping[str, int]
    hallazgos: int
    fallas: tuple[str, ...]


def backfill(order: Order, found: list[Source], team: AbstractContextManager[Team]) -> Outcome:
    """Read what is left of the archives and store it. Raises `CrawlBusy`, `TeamLost`, `ErrorDeUso`."""
    with archive_lock(order.registro), closing(open_registry(order.registro)) as db:
        if order.catalogue and not db.execute("SELECT 1 FROM fuentes LIMIT 1").fetchone():
            sync_sources(db, order.catalogue, order.now())
        numbers = {one.path: _begin(db, order, one) for one in found}
        writer = Writer(db, order, numbers)
        left = [(one, archives.gaps(db, numbers[one.path], one.bytes)) for one in found if not one.motivo]
        total = sum(end - start for _, gaps in left for start, end in gaps)
        pieces = (piece for one, gaps in left for piece in spans(numbers[one.path], one.path, gaps))
        with (
            bar("Leyendo archivos", total, in_bytes=True) as writer.bar,
            closing(writer),
            team if total else nullcontext() as who,
        ):
            for reading in readings(who, pieces, order.asked) if who else ():
                writer.take(reading)
        return _end(db, order, found, writer)


def _begin(db: Database, order: Order, one: Source) -> int:
    asked = order.asked
    told = (asked.name(), asked.desde, asked.hasta, len(asked.sitios), VERSION_EXTRACTOR)
    number = archives.begin(db, Archive(str(one.path), one.bytes, one.huella or str(one.path), *told), order.now())
    with writing(db):
        line = audit.Change("archivo", "archivos", str(number), despues={"bytes": one.bytes, "huella": one.huella})
        audit.record(db, line, quien=shell_user(), now=order.now())
    log.info("archivo %d empieza: %s", number, one.path)
    return number


def _end(db: Database, order: Order, found: list[Source], writer: "Writer") -> Outcome:
    failed = []
    for one in found:
        number = writer.numbers[one.path]
        motivo = one.motivo or writer.failed.get(number, "")
        archives.finish(db, number, one.bytes, order.now(), motivo=motivo)
        failed += [f"{one.path}: {motivo}"] if motivo else []
    new = writer.grouped + group_pending(db, order.now, pause=order.pause)
    keep_evidence(db, order.registro.parent)
    log.info("archivo termina: %d noticias nuevas, %d hallazgos nuevos", writer.counts["nueva"], new)
    return Outcome(tuple(writer.numbers.values()), writer.counts, new, tuple(failed))


class Writer:
    """Stores readings as they come. `grouped`: findings that are new so far; `failed`: why an archive could not be read."""

    def __init__(self, db: Database, order: Order, numbers: Mapping[Path, int]) -> None:
        self.db, self.order, self.numbers = db, order, numbers
        self.captures = Captures(order.registro.parent, OUTSIDE_RUNS)
        self.by_site = archives.sources_by_site(db)
        self.counts: Counter[str] = Counter()
        self.failed: dict[int, str] = {}
        self.grouped = self.taken = 0
        self.bar = Bar()

    def take(self, reading: Reading) -> None:
        """Store what came of a span: its records that pass, then its rows."""
        span = reading.span
        if reading.lector != self.order.asked.name():
            raise TeamLost("un trabajador tiene otra versión de hallazgos; instale la misma en todas las máquinas")
        if reading.motivo:
            self.failed[span.archivo_id] = reading.motivo.removeprefix(f"{span.ruta}: ")
            return
        done = Done(span.archivo_id, span.inicio, span.fin, reading.cuentas, list(self._evidence(reading)))
        counts = archives.save_range(self.db, done, self.by_site, self.order.now())
        self.counts += counts
        self.taken += 1
        log.info("archivo %d tramo %d: %s", span.archivo_id, span.inicio, dict(counts))
        time.sleep(self.order.pause)
        self.bar.advance(span.fin - span.inicio)
        if self.taken % SPANS_BEFORE_GROUPING == 0:
            self.grouped += group_pending(self.db, self.order.now, pause=self.order.pause)

    def _evidence(self, reading: Reading) -> Iterator[Taken]:
        seen: set[str] = set()
        for one in reading.hallados:
            noticia, page = one.pagina.noticia, one.pagina
            raw = zlib.decompress(page.miembro, wbits=31)
            reference = ""
            if noticia.url_canonica not in seen and not archives.known(self.db, noticia.url_canonica):
                reference = self.captures.keep_member(page.miembro, self.order.now())
            seen.add(noticia.url_canonica)
            kept = replace(noticia, captura=reference, fuente_id=site_of(noticia.url))
            yield Taken(kept, one.etiquetas, page.lugar, page.registro, hashlib.sha256(raw).hexdigest())

    def close(self) -> None:
        """Push the capture file to the disk."""
        self.captures.close()


def rehearse(order: Order, found: list[Source], team: AbstractContextManager[Team]) -> Outcome:
    """Read the archives and write nothing; return what would come of them."""
    counts: Counter[str] = Counter()
    failed = [f"{one.path}: {one.motivo}" for one in found if one.motivo]
    seen: set[str] = set()
    pieces = (piece for n, one in enumerate(found) if not one.motivo for piece in spans(n, one.path, [(0, one.bytes)]))
    total = sum(one.bytes for one in found if not one.motivo)
    stored = closing(open_registry(order.registro)) if order.registro.is_file() else nullcontext()
    with bar("Ensayando archivos", total, in_bytes=True) as shown, stored as db, team as who:
        for reading in readings(who, pieces, order.asked):
            failed += [reading.motivo] if reading.motivo else []
            counts += Counter(reading.cuentas)
            counts += Counter(_fate(one, db, seen).value for one in reading.hallados)
            shown.advance(_length(reading.span))
    return Outcome((), counts, 0, tuple(dict.fromkeys(failed)))


def _length(span: Span) -> int:
    return span.fin - span.inicio


def _fate(one: Found, db: Database | None, seen: set[str]) -> Destino:
    url = one.pagina.noticia.url_canonica
    stored = url in seen or (db is not None and archives.known(db, url))
    seen.add(url)
    return Destino.CONOCIDA if stored else Destino.NUEVA
