"""The other side of the comparison: a bare Scrapy spider that reads the feeds, downloads the notes and stores nothing.

`python -m bench.theirs MODO CATALOGO`; `feeds` stops after the feeds, `paginas` downloads the notes, `texto` has trafilatura
extract each in the callback. Prints how many pages it read.
"""

import csv
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from trafilatura import bare_extraction

# The courtesy and the parallelism of our own harvest in the measurement (`crawlers/settings.py`, delay 0).
SETTINGS = {
    "CONCURRENT_REQUESTS": 100,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": True,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
}


class Bare(Spider):
    """Reads every feed of the catalogue and follows its items."""

    name = "pelada"

    def __init__(self, mode: str, feeds: list[str], read: list[int]) -> None:
        super().__init__()
        self.mode = mode
        self.feeds = feeds
        self.read = read

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the feeds."""
        for address in self.feeds:
            yield Request(address, callback=self.parse)

    def parse(self, response: Response, **_: object) -> Iterator[Any]:
        """Read a feed's items."""
        for item in response.xpath("//item"):
            found = {name: item.xpath(f"{name}/text()").get() for name in ("title", "link", "description", "pubDate")}
            if self.mode == "feeds":
                self.read[0] += 1
            else:
                yield Request(found["link"] or "", callback=self.article)

    def article(self, response: Response) -> None:
        """Count the page; extract it where the mode asks."""
        if self.mode == "texto":
            document = bare_extraction(response.text, url=response.url, with_metadata=True)
            self.read[0] += document is not None
        else:
            self.read[0] += response.status == 200


def main(mode: str, catalogue: Path) -> None:
    """Crawl once."""
    with catalogue.open(encoding="utf-8", newline="") as file:
        feeds = [row["rss"] for row in csv.DictReader(file)]
    read = [0]
    process = AsyncCrawlerProcess(SETTINGS)
    process.crawl(Bare, mode=mode, feeds=feeds, read=read)
    process.start()
    print(read[0])  # noqa: T201 - its result


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
