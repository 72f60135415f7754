"""Limits on guessing passwords: failures are counted for a quarter of an hour, by account and by address.

Whoever entered with an account before from the same address is not kept out by what others try from elsewhere: guessing on
purpose must not be a way to lock an analyst out. Failures are those at one password: an account that got another one (and so
another `sello`) starts anew, which is how whoever administers lets somebody in at once.
"""

import json
import logging
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errores import reason
from pipeline.partial import whole_file

log = logging.getLogger("hallazgos")

WINDOW = 15 * 60  # seconds
BY_ACCOUNT = 10  # whether or not there is such an account
BY_ADDRESS = 30  # an office behind one address mistypes too
MOST_KEYS = 20_000  # kept in memory; the oldest goes first

Key = tuple[str, ...]


def guesses_path(accounts: Path) -> Path:
    """Return where the failures lie beside the file of accounts."""
    return accounts.with_name(f"{accounts.name}.intentos")


@dataclass
class Guesses:
    """Moments (Unix time) of the failures by key; with a `path` they outlive a restart of the site.

    A file that is damaged or cannot be written is told in the log and keeps nobody out: the limits go on in memory.
    """

    path: Path | None = None
    failures: OrderedDict[Key, deque[float]] = field(default_factory=OrderedDict)
    entered: OrderedDict[Key, None] = field(default_factory=OrderedDict)

    @classmethod
    def kept(cls, path: Path) -> "Guesses":
        """Return the guesses as they stood when the site stopped."""
        guesses = cls(path)
        try:
            told = json.loads(path.read_text("utf-8"))
            guesses.failures.update((tuple(key), deque(map(float, times))) for key, times in told["fallas"])
            guesses.entered.update((tuple(key), None) for key in told["entraron"])
        except FileNotFoundError:
            return guesses
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.error("%s: no se puede usar (%s); los intentos fallidos se cuentan desde ahora", path, reason(error))
            return cls(path)
        return guesses

    def wait(self, name: str, address: str, now: float, *, sello: str = "") -> int:
        """Return the seconds until another try is heard; 0: it is heard now."""
        return max(self._wait(self._account(name, address, sello), BY_ACCOUNT, now), self.wait_here(address, now))

    def wait_here(self, address: str, now: float) -> int:
        """Return the seconds that an address waits whatever the account: another password does not shorten them."""
        return self._wait(("equipo", address), BY_ADDRESS, now)

    def tried(self, name: str, address: str, now: float, *, sello: str = "") -> None:
        """Count a try as a failure before it is looked at, so that many at once are limited too."""
        for key in (self._account(name, address, sello), ("equipo", address)):
            self.failures.setdefault(key, deque()).append(now)
            _newest(self.failures, key)
        self._keep(now)

    def succeeded(self, name: str, address: str, *, sello: str = "") -> None:
        """Forget the failures of an account whose holder came in; of the address, only this try: the others stand."""
        self.failures.pop(self._account(name, address, sello), None)
        if times := self.failures.get(("equipo", address)):
            times.pop()
        self.entered[(name, address)] = None
        _newest(self.entered, (name, address))
        self._keep(None)

    def _keep(self, now: float | None) -> None:
        """Write the file anew; with `now`, without the failures that count no more."""
        if self.path is None:
            return
        begin = now - WINDOW if now is not None else 0.0
        failures = [[key, times] for key, own in self.failures.items() if (times := [one for one in own if one > begin])]
        try:
            with whole_file(self.path) as partial:
                partial.write_text(json.dumps({"fallas": failures, "entraron": list(self.entered)}), "utf-8")
        except OSError as error:
            log.error("%s: no se pueden guardar los intentos fallidos: %s", self.path, reason(error))

    def _account(self, name: str, address: str, sello: str) -> Key:
        """Return the key under which failures of an account count: apart where its holder has entered from."""
        key = ("cuenta", name, sello)
        return (*key, address) if (name, address) in self.entered else key

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
