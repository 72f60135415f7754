"""Asks sites for pages with manners: one stream per site, robots.txt first, redirects step by step, Retry-After honoured."""

import asyncio
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from crawlers.capture import Exchange, Headers
from crawlers.download import Download
from crawlers.guards import Failed, NotNow, Refused, TooLarge, check_address
from crawlers.options import HarvestOptions
from crawlers.robots import Rules, rules_of
from crawlers.settings import TRANSFERS, request_headers
from crawlers.urls import origin_of, site_of

MAX_REDIRECTS = 5  # real articles move at most three times (http, www, slash)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 503})
LONGEST_WAIT = 60.0  # seconds of Retry-After that a run waits for; longer ones leave the site for a later run
UNSAID_WAIT = 60.0  # what a 429 without Retry-After is taken to mean


@dataclass(frozen=True)
class Answer:
    """The answer to one address: the redirects that led to it, then the answer itself."""

    steps: tuple[Exchange, ...]

    @property
    def final(self) -> Exchange:
        """Return the answer that the redirects ended in."""
        return self.steps[-1]


@dataclass(frozen=True)
class _Wanted:
    """What is asked with an address: headers beside those of every request, and the most bytes that are taken."""

    headers: Headers
    most: int


class Fetcher:
    """Everything one run asks of sites goes through here; a site's turn is held by one request at a time."""

    def __init__(self, download: Download, options: HarvestOptions) -> None:
        self.download = download
        self.options = options
        self.headers = request_headers(options)
        self.transfers = asyncio.Semaphore(TRANSFERS)
        self.turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.not_before: defaultdict[str, float] = defaultdict(float)
        self.rules: dict[str, Rules] = {}

    async def get(self, url: str, headers: Headers = (), *, most: int = 0) -> Answer:
        """Return the answer to an address, whatever its status. Raises `Refused`, `Failed`, `NotNow`.

        `most`: bytes that the answer may have, where it is not the usual limit.
        """
        wanted = _Wanted(headers, most or self.options.max_body)
        steps: list[Exchange] = []
        seen: set[str] = set()
        while len(steps) <= MAX_REDIRECTS:
            if url in seen:
                raise Failed("redirección circular")
            seen.add(url)
            steps.append(await self._turn(url, wanted))
            target = redirect_target(steps[-1])
            if not target:
                return Answer(tuple(steps))
            url = target
        raise Failed("demasiadas redirecciones")

    async def _turn(self, url: str, wanted: _Wanted) -> Exchange:
        """Ask once in the site's turn, after its robots.txt; ask again if it says to come back within the run's patience.

        Who must wait longer is told so at the next address: this one was asked, and its answer is a failure like any other.
        """
        self._check(url)
        site = site_of(url)
        async with self.turns[site]:
            rules = await self._rules(url)
            rules.check(url)
            exchange = await self._ask(url, wanted, rules.pause)
            if exchange.status in BUSY and 0 < self._wait(site) <= LONGEST_WAIT:
                exchange = await self._ask(url, wanted, rules.pause)
        return exchange

    async def _ask(self, url: str, wanted: _Wanted, pause: float = 0.0) -> Exchange:
        """Ask once, when the site's own time has come."""
        site = site_of(url)
        wait = self._wait(site)
        if wait > LONGEST_WAIT:
            raise NotNow(f"el sitio pide esperar {round(wait)} s")
        if wait > 0:
            await asyncio.sleep(wait)
        loop = asyncio.get_running_loop()
        self.not_before[site] = loop.time() + pause
        async with self.transfers:
            exchange = await self.download(url, (*self.headers, *wanted.headers), wanted.most)
        if exchange.status in BUSY:
            asked = retry_after(exchange, datetime.now(UTC))
            self.not_before[site] = max(self.not_before[site], loop.time() + asked)
        return exchange

    def _wait(self, site: str) -> float:
        """Return the seconds until the site may be asked again; none in a replay, which asks nobody."""
        if self.options.replay:
            return 0.0
        return self.not_before[site] - asyncio.get_running_loop().time()

    def _check(self, url: str) -> None:
        check_address(url, allow_local=self.options.allow_local or self.options.replay is not None)

    async def _rules(self, url: str) -> Rules:
        """Return the rules of the address's origin, read once in the run (the site's turn is held)."""
        origin = origin_of(url)
        if origin not in self.rules:
            self.rules[origin] = await self._read_rules(f"{origin}/robots.txt")
        return self.rules[origin]

    async def _read_rules(self, url: str) -> Rules:
        steps: list[Exchange] = []
        try:
            while len(steps) <= MAX_REDIRECTS:
                self._check(url)
                steps.append(await self._ask(url, _Wanted((), self.options.max_body)))
                target = redirect_target(steps[-1])
                if not target:
                    return rules_of(tuple(steps))
                url = target
        except TooLarge:
            return Rules(blocked=NotNow("robots.txt no disponible por ahora (demasiado grande)"))
        except (Refused, Failed, NotNow) as error:
            return Rules(blocked=error)
        return Rules(blocked=NotNow("robots.txt no disponible por ahora (demasiadas redirecciones)"))


def redirect_target(exchange: Exchange) -> str:
    """Return where a redirect leads (absolute), or ''."""
    location = exchange.header("Location").strip() if exchange.status in REDIRECTS else ""
    try:
        return urljoin(exchange.url, location).partition("#")[0] if location else ""
    except ValueError as error:
        raise Failed("redirección mal escrita") from error


def retry_after(exchange: Exchange, now: datetime) -> float:
    """Return the seconds that a 429 or 503 asks to wait (`Retry-After` in seconds or as a date); 0 for a silent 503."""
    text = exchange.header("Retry-After").strip()
    if re.fullmatch("[0-9]{1,7}", text):
        return float(text)
    try:
        moment = parsedate_to_datetime(text) if text else None
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is not None:
        return max(0.0, (moment - now).total_seconds())
    return UNSAID_WAIT if exchange.status == 429 else 0.0
