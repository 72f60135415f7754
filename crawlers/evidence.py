"""Keeps what rows will rest on, so that a run's file can be replayed: before an origin's first answer, its robots.txt."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from crawlers.capture import Captures, Exchange, body_digest
from crawlers.fetch import Answer
from crawlers.robots import Rules
from crawlers.urls import origin_of


class Evidence:
    """The run's file of captures. `rules` are the fetcher's, by origin."""

    def __init__(self, captures: Captures, rules: Mapping[str, Rules], now: Callable[[], datetime]) -> None:
        self.captures = captures
        self.rules = rules
        self.now = now
        self.digests: dict[str, str] = {}
        self.origins: set[str] = set()

    def keep(self, answer: Answer) -> str:
        """Write an answer, its redirects and the rules it was asked under; return the answer's reference."""
        reference = ""
        for step in answer.steps:
            self._keep_rules(step)
            reference = self._write(step)
        return reference

    def digest(self, reference: str | None) -> str:
        """Return the hex digest of the body kept under a reference, of this run or an earlier one ('' = not found)."""
        if reference and reference in self.digests:
            return self.digests[reference]
        return body_digest(self.captures.folder, reference)

    def _keep_rules(self, step: Exchange) -> None:
        origin = origin_of(step.url)
        if origin not in self.origins:
            self.origins.add(origin)
            for exchange in self.rules[origin].exchanges if origin in self.rules else ():
                self._write(exchange)

    def _write(self, exchange: Exchange) -> str:
        reference = self.captures.write_exchange(exchange, self.now())
        self.digests[reference] = hashlib.sha256(exchange.body).hexdigest()
        return reference
