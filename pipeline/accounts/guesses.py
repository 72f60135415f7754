"""Limits on guessing passwords: failures are counted for a quarter of an hour, by account and by address.

Whoever entered with an account before from the same address is not kept out by what others try from elsewhere: guessing on
purpose must not be a way to lock an analyst out.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field

WINDOW = 15 * 60  # seconds
BY_ACCOUNT = 10  # whether or not there is such an account
BY_ADDRESS = 30  # an office behind one address mistypes too
MOST_KEYS = 20_000  # kept in memory; the oldest goes first

Key = tuple[str, ...]


@dataclass
class Guesses:
    """Moments (Unix time) of the failures by key; kept in memory, so that a restart of the site forgets them."""

    failures: OrderedDict[Key, deque[float]] = field(default_factory=OrderedDict)
    entered: OrderedDict[Key, None] = field(default_factory=OrderedDict)

    def wait(self, name: str, address: str, now: float) -> int:
        """Return the seconds until another try is heard; 0: it is heard now."""
        return max(self._wait(self._account(name, address), BY_ACCOUNT, now), self._wait(("equipo", address), BY_ADDRESS, now))

    def tried(self, name: str, address: str, now: float) -> None:
        """Count a try as a failure before it is looked at, so that many at once are limited too."""
        for key in (self._account(name, address), ("equipo", address)):
            self.failures.setdefault(key, deque()).append(now)
            _newest(self.failures, key)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of an account whose holder came in; of the address, only this try: the others stand."""
        self.failures.pop(self._account(name, address), None)
        if times := self.failures.get(("equipo", address)):
            times.pop()
        self.entered[(name, address)] = None
        _newest(self.entered, (name, address))

    def _account(self, name: str, address: str) -> Key:
        """Return the key under which failures of an account count: apart where its holder has entered from."""
        return ("cuenta", name, address) if (name, address) in self.entered else ("cuenta", name)

    def _wait(self, key: Key, most: int, now: float) -> int:
        times = self.failures.get(key, deque())
        while times and times[0] <= now - WINDOW:
            times.popleft()
        return int(times[0] + WINDOW - now) + 1 if len(times) >= most else 0


def _newest(kept: OrderedDict[Key, deque[float]] | OrderedDict[Key, None], key: Key) -> None:
    """Put a key last, and let the first ones go when there are too many."""
    kept.move_to_end(key)
    while len(kept) > MOST_KEYS:
        kept.popitem(last=False)
