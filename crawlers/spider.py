"""The one spider: every source's way, side by side, within the run's time; a failing source never touches another."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler

from crawlers.fuente import Fuente
from crawlers.ledger import MACHINE_FAULTS
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
        self.broken = False  # storing failed: nothing more can be told

    async def work(self) -> tuple[SourceSummary, ...]:
        """Run every source to its end; return how each ended. What storing raises ends them all and is raised here."""
        self.tasks = [asyncio.create_task(run.run()) for run in self.runs]
        ends = [asyncio.create_task(self._end(run, task)) for run, task in zip(self.runs, self.tasks, strict=True)]
        if self.ending:  # interrupted before it began
            self.stop(self.ending)
        _, late = await asyncio.wait(ends, timeout=self.kit.options.time_limit) if ends else (set(), set())
        if late:
            self.stop(RUN_TIME_UP)
            await asyncio.wait(late)
        faults = [fault for end in ends if (fault := end.exception())]
        if faults:
            raise faults[0]
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
        if isinstance(error, MACHINE_FAULTS):
            self.broken = True
            self.stop(str(error))
            raise error
        if error is not None:
            log.error("%s fuente error interno", run.fuente.id, exc_info=error)
            run.failures += 1
            run.note(f"error interno ({type(error).__name__})")
        ended = run.summary()
        if not self.broken:  # else every source would wait for what cannot be written
            self.kit.ledger.close_source(ended.fuente_id, ended.motivo)
