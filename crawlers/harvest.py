"""harvest(): the only door to the web. Starts Scrapy, once per process, and ends when every source has ended."""

import asyncio
import logging
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from types import FrameType
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler

from crawlers.capture import Captures
from crawlers.download import downloader
from crawlers.evidence import Evidence
from crawlers.fetch import Fetcher
from crawlers.fuente import Fuente
from crawlers.ledger import Ledger
from crawlers.options import INTERRUPTED, HarvestOptions, HarvestSummary, SourceSummary
from crawlers.pool import Pool
from crawlers.replay import open_archive
from crawlers.settings import scrapy_settings, software
from crawlers.source import Kit
from crawlers.spider import Crowd, HarvestSpider

__all__ = ["HarvestOptions", "HarvestSummary", "SourceSummary", "harvest", "run_in_scrapy"]


class _Harvest:
    """One crawl: wires the parts inside Scrapy's engine and keeps what comes of it."""

    def __init__(self, fuentes: Sequence[Fuente], ledger: Ledger, options: HarvestOptions) -> None:
        self.fuentes = tuple(fuentes)
        self.ledger = ledger
        self.options = options
        self.captures = Captures(options.folder, options.run_id, software())
        self.pool = Pool(options.workers, options.document_timeout)  # its processes load what they need while Scrapy starts
        self.loop: asyncio.AbstractEventLoop | None = None
        self.crowd: Crowd | None = None
        self.interrupted = False
        self.sources: tuple[SourceSummary, ...] = ()
        self.error: BaseException | None = RuntimeError("el rastreo no arrancó")

    async def work(self, crawler: Crawler) -> None:
        """Run all sources; an error (of the ledger) is kept for the caller of `harvest`."""
        fetcher = Fetcher(downloader(crawler), self.options)
        evidence = Evidence(self.captures, fetcher.rules, self.options.now)
        self.loop = asyncio.get_running_loop()
        self.crowd = Crowd(self.fuentes, Kit(fetcher, evidence, self.pool, self.ledger, self.options))
        if self.interrupted:
            self.crowd.stop(INTERRUPTED)
        task = asyncio.ensure_future(self.crowd.work())
        try:
            await asyncio.wait([task])
            self.error = task.exception()
            self.sources = task.result() if self.error is None else ()
        finally:
            self._close_captures()

    def _close_captures(self) -> None:
        """Close the evidence; what the disk has no room for is told to the caller of `harvest`, not to Scrapy."""
        try:
            self.captures.close()
        except OSError as error:
            self.error = self.error or error

    def interrupt(self) -> None:
        """Ask the crawl to end (from a signal handler): sources stop where they are, links in hand stay pending."""
        self.interrupted = True
        if self.loop is not None and self.crowd is not None:
            self.loop.call_soon_threadsafe(self.crowd.stop, INTERRUPTED)

    def summary(self) -> HarvestSummary:
        """Return how the crawl ended, or raise what ended it."""
        if self.error is not None:
            raise self.error
        return HarvestSummary(self.sources, self.interrupted, self.captures.path)


def harvest(fuentes: Sequence[Fuente], ledger: Ledger, options: HarvestOptions) -> HarvestSummary:
    """Crawl the sources once; blocks until the end. Once per process: Scrapy's reactor does not start twice.

    Ctrl-C (or SIGTERM) ends it cleanly: `interrupted` is set and every source closed; a second one ends it at once.
    Raises `replay.ReplayError` for a capture that cannot be replayed, and what the ledger raises.
    """
    if options.replay is not None:
        open_archive(options.replay)  # an index that is wrong is told before anything starts
    crawl = _Harvest(fuentes, ledger, options)
    with _signals(crawl), closing(crawl.pool):
        run_in_scrapy(crawl.work, options)
    return crawl.summary()


def run_in_scrapy(work: Callable[[Crawler], Awaitable[None]], options: HarvestOptions) -> None:
    """Start Scrapy and its reactor for one coroutine, and return when it is done; signals are left to the caller."""
    process = _process(options)
    process.crawl(HarvestSpider, work=work)
    process.start(install_signal_handlers=False)


def _process(options: HarvestOptions) -> AsyncCrawlerProcess:
    """Return Scrapy's process, which installs the reactor; its own lines stay out of the log."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        process = AsyncCrawlerProcess(scrapy_settings(options))
    finally:
        logging.disable(before)
    logging.getLogger("scrapy").setLevel(logging.ERROR)  # its warnings carry addresses of articles
    return process


@contextmanager
def _signals(crawl: _Harvest) -> Iterator[None]:
    """Catch Ctrl-C and SIGTERM while the crawl runs; the second one is left to the system, which ends the process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def caught(_number: int, _frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        crawl.interrupt()

    for number in before:
        signal.signal(number, caught)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
