"""What a harvest is told, and what it tells at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

# Why a source was not read although nothing is wrong with it: the run ended before its turn was over.
INTERRUPTED = "interrumpida"
RUN_TIME_UP = "se agotó el tiempo de la corrida"
CUT_SHORT = frozenset({INTERRUPTED, RUN_TIME_UP})


@dataclass(frozen=True)
class HarvestOptions:
    """How to crawl. Times are seconds, sizes bytes; `folder` is the one that holds the registry (`captura/` goes there)."""

    folder: Path
    run_id: int
    now: Callable[[], datetime]
    feeds_only: bool = False
    delay: float = 1.0  # cortesía: between the starts of two requests to one site
    replay: Path | None = None  # a WARC file or a folder of captures, instead of the network
    allow_local: bool = False
    contact: str = ""
    time_limit: float = 3_000.0  # the whole run: made to be repeated every hour, it must end before the next one begins
    source_time_limit: float = 1_500.0  # one source: the largest one's day (300 articles) takes 400 s at one a second
    source_pages: int = 1_000  # articles of one source in one run: three days of the largest outlet
    download_timeout: float = 30.0  # one answer, from asking to its last byte
    max_body: int = 8_000_000  # one answer, unpacked; the largest article page seen has 3 MB
    max_map: int = 52_428_800  # one sitemap, unpacked: the protocol's own limit
    document_timeout: float = 20.0  # reading one document; the slowest real page takes under a second
    workers: int = 2  # processes that read documents


@dataclass(frozen=True)
class SourceSummary:
    """How one source ended: `good` readings (feed, section, map), whether it `failed`, and why in Spanish ('' = all read)."""

    fuente_id: str
    good: int = 0
    failed: bool = False
    motivo: str = ""


@dataclass(frozen=True)
class HarvestSummary:
    """How the crawl ended: one entry per source in the order given; `captures` is the run's evidence file, if any."""

    sources: tuple[SourceSummary, ...] = ()
    interrupted: bool = False
    captures: Path | None = None

    @property
    def failed(self) -> tuple[SourceSummary, ...]:
        """Return the sources of which nothing could be read."""
        return tuple(source for source in self.sources if source.failed)
