"""A few addresses asked for outside a harvest (`leer`, `fuentes`), with the same manners, guards and replay."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from crawlers.capture import Captures, Exchange, Headers, header
from crawlers.download import Download
from crawlers.evidence import Evidence
from crawlers.fetch import Fetcher
from crawlers.guards import Failed, NotNow, Refused
from crawlers.options import HarvestOptions
from crawlers.replay import ReplayError, open_archive

T = TypeVar("T")


@dataclass(frozen=True)
class Fetched:
    """What an address gave: the last answer after redirects, or in `motivo` (one line in Spanish) why there is none."""

    url: str
    final_url: str = ""
    status: int = 0
    headers: Headers = ()
    body: bytes = b""
    motivo: str = ""
    captura: str = ""  # the answer's WARC reference, where captures are kept

    @property
    def content_type(self) -> str:
        """Return the answer's Content-Type, or ''."""
        return header(self.headers, "Content-Type")


Get = Callable[[str], Awaitable[Fetched]]


def fetch_many(urls: Sequence[str], options: HarvestOptions) -> list[Fetched]:
    """Return what each address gave, in the order given; sites are asked side by side, one request a site at a time."""

    return with_fetcher(_all_of(urls), options)


def fetch_kept(urls: Sequence[str], options: HarvestOptions) -> list[Fetched]:
    """Return what each address gave, as `fetch_many`, with every answer kept as evidence in `options.folder` first."""
    captures = Captures(options.folder, options.run_id)
    try:
        return with_fetcher(_all_of(urls), options, captures)
    finally:
        captures.close()


def _all_of(urls: Sequence[str]) -> Callable[[Get], Awaitable[list[Fetched]]]:
    async def job(get: Get) -> list[Fetched]:
        return list(await asyncio.gather(*(get(url) for url in urls)))

    return job


def with_fetcher(job: Callable[[Get], Awaitable[T]], options: HarvestOptions, captures: Captures | None = None) -> T:
    """Run a job that asks for addresses one after another, and return its result.

    Once per process unless `options.replay` is set (Scrapy's reactor does not start twice; a replay needs none). Raises
    `replay.ReplayError` for a capture that cannot be replayed.
    """
    if options.replay is not None:
        return asyncio.run(_wrapped(job, Fetcher(_from_archive(options.replay), options), captures))
    return _live(job, options, captures)


async def _wrapped(job: Callable[[Get], Awaitable[T]], fetcher: Fetcher, captures: Captures | None) -> T:
    """Run the job with a `get` that keeps answers where it is told to and turns refusals and failures into a reason."""
    evidence = Evidence(captures, fetcher.rules, fetcher.options.now) if captures else None

    async def get(url: str) -> Fetched:
        try:
            answer = await fetcher.get(url, most=fetcher.options.max_map)
        except (Refused, Failed, NotNow) as error:
            return Fetched(url, url, motivo=str(error))
        final = answer.final
        reason = "" if 200 <= final.status < 300 else f"HTTP {final.status}"
        kept = evidence.keep(answer) if evidence else ""
        return Fetched(url, final.url, final.status, final.headers, final.body, reason, kept)

    return await job(get)


def _from_archive(path: Path) -> Download:
    """Return a download that answers from captures."""
    archive = open_archive(path)

    async def download(url: str, headers: Headers, _most: int) -> Exchange:
        try:
            found = archive.answer(url)
        except ReplayError as error:
            raise Failed(str(error)) from error
        return Exchange(url, found.status, found.headers, found.body, headers)

    return download


def _live(job: Callable[[Get], Awaitable[T]], options: HarvestOptions, captures: Captures | None) -> T:
    """Run the job inside Scrapy's engine. Raises `KeyboardInterrupt` when the engine was stopped before its end."""
    from scrapy.crawler import Crawler  # noqa: PLC0415 - 0.7 s that a replay need not wait for

    from crawlers.download import downloader  # noqa: PLC0415
    from crawlers.harvest import run_in_scrapy  # noqa: PLC0415

    results: list[T] = []

    async def work(crawler: Crawler) -> None:
        results.append(await _wrapped(job, Fetcher(downloader(crawler), options), captures))

    run_in_scrapy(work, options)
    if not results:
        raise KeyboardInterrupt
    return results[0]
