"""The one spider: every source's way, side by side, within the run's time; a failing source never touches another."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler

from crawlers.fuente import Fuente
from crawlers.options import RUN_TIME_UP, SourceSummary
from crawlers.source import Kit, SourceRun

log = logging.getLogger(__name__)
SOURCE_TIME_UP = "se agotó el tiempo de la fuente"


class HarvestSpider(Spider):
    """Runs one coroutine inside Scrapy's engine; requests are asked for one by one, not yielded."""

    name = "hallazgos"

    def __init__(self, work: Callable[[Crawler], Awaitable[None]]) -> None:
        super().__init__()
        self.work = work

    async def start(self) -> AsyncIterator[Any]:
        """Do the work, then end without a request of Scrapy's own scheduling."""
        await self.work(self.crawler)
        nothing: tuple[Any, ...] = ()
        for request in nothing:
            yield request


class Crowd:
    """The sources of a run at work together. `interrupt` ends them all, each with its reason."""

    def __init__(self, fuentes: tuple[Fuente, ...], kit: Kit) -> None:
        self.runs = [SourceRun(fuente, kit) for fuente in fuentes]
        self.kit = kit
        self.tasks: list[asyncio.Task[None]] = []
        self.ending = ""

    async def work(self) -> tuple[SourceSummary, ...]:
        """Run every source to its end; return how each ended. What the ledger raises is raised here."""
        self.tasks = [asyncio.create_task(run.run()) for run in self.runs]
        ends = [asyncio.create_task(self._end(run, task)) for run, task in zip(self.runs, self.tasks, strict=True)]
        if self.ending:  # interrupted before it began
            self.stop(self.ending)
        _, late = await asyncio.wait(ends, timeout=self.kit.options.time_limit) if ends else (set(), set())
        if late:
            self.stop(RUN_TIME_UP)
            await asyncio.wait(late)
        for end in ends:
            end.result()
        return tuple(run.summary() for run in self.runs)

    def stop(self, reason: str) -> None:
        """End every source that is still at work; its links in hand stay pending."""
        self.ending = self.ending or reason
        for task in self.tasks:
            task.cancel()

    async def _end(self, run: SourceRun, task: asyncio.Task[None]) -> None:
        """Wait for one source within its time and close it in the ledger, whatever happened."""
        done, _ = await asyncio.wait([task], timeout=self.kit.options.source_time_limit)
        if not done:
            run.note(SOURCE_TIME_UP)
            task.cancel()
            await asyncio.wait([task])
        elif task.cancelled():
            run.note(self.ending)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("%s: error interno", run.fuente.id, exc_info=error)
            run.failures += 1
            run.note(f"error interno ({type(error).__name__})")
        ended = run.summary()
        self.kit.ledger.close_source(ended.fuente_id, ended.motivo)
        log.info("%s: %s", ended.fuente_id, ended.motivo or "leída")
