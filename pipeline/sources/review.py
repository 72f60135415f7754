"""Tries each source's readers (`fuentes revisar`): what a run would read, or why not. Nothing is stored but the verdict."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawlers.feeds import read_feed
from crawlers.fetch_many import Fetched, Get, with_fetcher
from crawlers.fuente import Fuente
from crawlers.noticia import Enlace
from crawlers.options import HarvestOptions
from crawlers.readings import FeedResult, SitemapResult
from crawlers.sections import read_section
from crawlers.sitemaps import read_sitemap
from pipeline.progreso import Bar, bar

COLUMNS = ("id", "lector", "notas", "mas_reciente", "primera", "motivo", "direccion")
Result = FeedResult | SitemapResult


@dataclass(frozen=True)
class Trial:
    """One reader of a source, tried: how many notes, the newest date, the first title; `motivo` says why it gives none."""

    id: str
    lector: str
    direccion: str
    notas: int = 0
    mas_reciente: str = ""
    primera: str = ""
    motivo: str = ""


def review(fuentes: Sequence[Fuente], options: HarvestOptions) -> list[Trial]:
    """Try every reader of the sources, sites side by side. Raises `replay.ReplayError`."""
    now = options.now()

    async def job(get: Get) -> list[Trial]:
        each = await asyncio.gather(*(_try_source(fuente, get, now, shown) for fuente in fuentes))
        return [trial for trials in each for trial in trials]

    with bar("Probando fuentes", len(fuentes)) as shown:
        return with_fetcher(job, options)


def verified(trials: Iterable[Trial]) -> set[str]:
    """Return the ids of the sources of which at least one reader gives notes."""
    return {trial.id for trial in trials if trial.notas}


async def _try_source(fuente: Fuente, get: Get, now: datetime, shown: Bar) -> list[Trial]:
    """Try the readers that the source declares."""
    declared = (("canal", fuente.rss), ("sección", fuente.seccion_url), ("mapa", fuente.sitemap))
    trials = [await _try_reader(fuente, lector, url, get, now) for lector, url in declared if url]
    shown.advance()
    return trials


async def _try_reader(fuente: Fuente, lector: str, url: str, get: Get, now: datetime) -> Trial:
    """Try one reader; of an index of sitemaps the newest child is read too."""
    answer = await get(url)
    if answer.motivo:
        return Trial(fuente.id, lector, url, motivo=answer.motivo)
    result = _read(fuente, lector, answer, now)
    if isinstance(result, SitemapResult) and result.mapas and not result.enlaces:
        answer = await get(result.mapas[0])
        if answer.motivo:
            return Trial(fuente.id, lector, result.mapas[0], motivo=answer.motivo)
        result = _read(fuente, lector, answer, now)
    return _trial(fuente, lector, url, result)


def _read(fuente: Fuente, lector: str, answer: Fetched, now: datetime) -> Result:
    """Read an answer as a run would."""
    common: dict[str, Any] = {"fuente_id": fuente.id, "content_type": answer.content_type, "now": now}
    if lector == "canal":
        return read_feed(answer.body, answer.final_url, **common)
    if lector == "mapa":
        return read_sitemap(answer.body, answer.final_url, **common)
    return read_section(answer.body, answer.final_url, incluir=fuente.incluir, excluir=fuente.excluir, **common)


def _trial(fuente: Fuente, lector: str, url: str, result: Result) -> Trial:
    """Return what a reading says of the source."""
    kept: tuple[Enlace, ...] = result.enlaces
    newest = max((enlace.fecha or enlace.modificada or "" for enlace in kept), default="")
    reason = result.motivo or ("" if kept else "no trae notas")
    return Trial(fuente.id, lector, url, len(kept), newest, kept[0].titulo if kept else "", reason)
