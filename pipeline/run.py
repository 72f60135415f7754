"""run_day(): the whole system in one function. Kill it anywhere and run it again: nothing is lost, nothing done twice."""

import importlib.metadata
import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from crawlers.fuente import Fuente
from crawlers.harvest import HarvestOptions, harvest
from crawlers.replay import ReplayError
from pipeline.demonstrations.tending import tend
from pipeline.errores import ErrorDeUso, Salida, reason
from pipeline.evidence import keep_evidence
from pipeline.incidents import group_pending
from pipeline.linking import link_pending
from pipeline.lock import crawl_lock
from pipeline.privacy.finish import after_run
from pipeline.progreso import bar
from pipeline.registry.connection import open_registry
from pipeline.registry.runs import close_run, open_run, sync_sources
from pipeline.reloj import Clock
from pipeline.run_summary import RunSummary, summarise
from pipeline.run_watch import WatchedLedger
from pipeline.sample import draw_week
from pipeline.tagging.pending import tag_pending

log = logging.getLogger(__name__)


class RunStopped(ErrorDeUso):
    """The machine failed the run (no space on the disk): a person mends that, the next run goes on from what is stored."""

    exit_code = Salida.ATENCION


@dataclass(frozen=True)
class RunOrder:
    """What `correr` was asked: `only` names sources (none: every active one), `delay` is the courtesy in seconds.

    `patience`: seconds that one answer may take; `turn`: seconds to wait for another crawl to end.
    """

    registro: Path
    catalogue: Sequence[Fuente]
    now: Clock
    only: tuple[str, ...] = ()
    feeds_only: bool = False
    since: date | None = None
    delay: float = 1.0
    replay: Path | None = None
    allow_local: bool = False
    contact: str = ""
    patience: float = HarvestOptions.download_timeout
    turn: float = 0.0

    def mode(self) -> str:
        """Return `corridas.modo`; a run over some sources covers no day, whatever it reads of them."""
        return "solo_fuentes" if self.only else "solo_feeds" if self.feeds_only else "completo"

    def sources(self) -> list[Fuente]:
        """Return the sources to read. Raises `ErrorDeUso` for an unknown one, or when none is active."""
        known = {fuente.id: fuente for fuente in self.catalogue}
        unknown = [clave for clave in self.only if clave not in known]
        if unknown:
            raise ErrorDeUso(f"no hay fuente «{unknown[0]}» en el catálogo")
        chosen = [known[clave] for clave in dict.fromkeys(self.only)] or [f for f in self.catalogue if f.activa]
        if not chosen:
            raise ErrorDeUso("el catálogo no tiene fuentes activas")
        return chosen

    def options(self, run_id: int) -> HarvestOptions:
        """Return what the harvest needs to know."""
        return HarvestOptions(
            folder=self.registro.parent,
            run_id=run_id,
            now=self.now,
            feeds_only=self.feeds_only,
            delay=self.delay,
            replay=self.replay,
            allow_local=self.allow_local,
            contact=self.contact,
            download_timeout=self.patience,
        )


def run_day(order: RunOrder) -> RunSummary:
    """Crawl, tag, group and keep the evidence; return what came of it. Ctrl-C ends it early and keeps what was stored.

    Raises `CrawlBusy` while another crawl holds the lock, `ErrorDeUso` for what cannot be read, `RunStopped`.
    """
    sources = order.sources()
    try:
        with crawl_lock(order.registro, order.turn), closing(open_registry(order.registro)) as db:
            return _run(order, sources, db)
    except ReplayError as error:
        raise ErrorDeUso(str(error)) from error
    except (sqlite3.OperationalError, OSError) as error:
        place = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
        told = f"la corrida no pudo seguir: {place}{reason(error)}; lo guardado se conserva"
        raise RunStopped(f"{order.registro}: {told}") from error


def _run(order: RunOrder, sources: Sequence[Fuente], db: Database) -> RunSummary:
    sync_sources(db, order.catalogue, order.now())
    run_id = open_run(db, order.now(), mode=order.mode(), version=importlib.metadata.version("hallazgos"))
    new, interrupted = 0, True
    log.info("corrida %d empieza: %s, %d fuentes", run_id, order.mode(), len(sources))
    try:
        interrupted = _crawl(order, sources, db, run_id)
        if not interrupted:
            new = digest(db, order.registro.parent, order.now)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        expected = None if interrupted else [fuente.id for fuente in sources]
        close_run(db, run_id, order.now(), expected=expected, findings=new)
    log.info("corrida %d termina: %s", run_id, "interrumpida" if interrupted else "completa")
    return summarise(db, run_id)


def _crawl(order: RunOrder, sources: Sequence[Fuente], db: Database, run_id: int) -> bool:
    """Crawl the sources; return whether that was interrupted."""
    ledger = WatchedLedger(db, run_id, order.now, since=order.since, folder=order.registro.parent)
    with bar("Leyendo fuentes", len(sources)) as ledger.bar:
        return harvest(sources, ledger, order.options(run_id)).interrupted


def digest(db: Database, folder: Path, now: Clock) -> int:
    """Take what is stored from text to findings and to demonstrations, draw the sample, keep the evidence; return the new."""
    tagged = tag_pending(db)
    log.info("corrida etiquetas: %d noticias", tagged)
    new = group_pending(db, now)
    log.info("corrida hallazgos: %d nuevos", new)
    tended = tend(db, now())
    log.info("corrida movilizaciones: %d cambian de estado, %d propuestas nuevas", tended.movidas, tended.propuestas)
    log.info("corrida enlaces: %d hallazgos comparados con movilizaciones", link_pending(db))
    log.info("corrida muestra: %d notas rechazadas por leer", draw_week(db, now()))
    lost = keep_evidence(db, folder)
    log.info("corrida evidencia: %s", f"{len(lost)} capturas no se pudieron copiar" if lost else "copiada")
    if not after_run(db, folder / Path(db.execute("PRAGMA database_list").fetchone()[2]).name, now()):
        log.info("corrida datos personales: queda por testar en capturas; lo hará la siguiente")
    return new
