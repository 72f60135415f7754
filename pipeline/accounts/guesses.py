"""Limits on guessing passwords: failures are counted for a quarter of an hour, by account and by address."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field

WINDOW = 15 * 60  # seconds
BY_ACCOUNT = 10  # whether or not there is such an account
BY_ADDRESS = 30  # an office behind one address mistypes too
MOST_KEYS = 20_000  # kept in memory; the oldest goes first


@dataclass
class Guesses:
    """Moments (Unix time) of the failures by key; kept in memory, so that a restart of the site forgets them."""

    failures: OrderedDict[tuple[str, str], deque[float]] = field(default_factory=OrderedDict)

    def wait(self, name: str, address: str, now: float) -> int:
        """Return the seconds until another try is heard; 0: it is heard now."""
        waits = [self._wait(("cuenta", name), BY_ACCOUNT, now), self._wait(("equipo", address), BY_ADDRESS, now)]
        return max(waits)

    def tried(self, name: str, address: str, now: float) -> None:
        """Count a try as a failure before it is looked at, so that many at once are limited too."""
        for key in (("cuenta", name), ("equipo", address)):
            self.failures.setdefault(key, deque()).append(now)
            self.failures.move_to_end(key)
        while len(self.failures) > MOST_KEYS:
            self.failures.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of an account whose holder came in; of the address, only this try: the others stand."""
        self.failures.pop(("cuenta", name), None)
        if times := self.failures.get(("equipo", address)):
            times.pop()

    def _wait(self, key: tuple[str, str], most: int, now: float) -> int:
        times = self.failures.get(key, deque())
        while times and times[0] <= now - WINDOW:
            times.popleft()
        return int(times[0] + WINDOW - now) + 1 if len(times) >= most else 0
