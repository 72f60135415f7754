"""robots.txt as RFC 9309 reads it: absent is permission, broken is "not now"."""

from dataclasses import dataclass, field
from typing import Any

from protego import Protego

from crawlers.capture import Exchange
from crawlers.guards import Failed, NotNow, Refused

AGENT = "hallazgos"  # the product token that rules name
MAX_RULES = 512_000  # bytes that are read of one robots.txt (RFC 9309 asks for at least 500 KiB)
LONGEST_PAUSE = 60.0  # seconds of Crawl-delay that are honoured within a run; who asks for more is asked less often


@dataclass(frozen=True)
class Rules:
    """What one origin's robots.txt says. `blocked`: why nothing may be asked there in this run; `exchanges`: its evidence."""

    exchanges: tuple[Exchange, ...] = ()
    blocked: Refused | Failed | NotNow | None = None
    parser: Any = field(default=None, compare=False)

    def check(self, url: str) -> None:
        """Raise why the origin is blocked, or `Refused` when its rules leave this address out."""
        if self.blocked is not None:
            raise type(self.blocked)(str(self.blocked))
        if self.parser is not None and not self.parser.can_fetch(url, AGENT):
            raise Refused("robots.txt no lo permite")

    @property
    def pause(self) -> float:
        """Return the seconds between two requests that the site asks for."""
        asked = self.parser.crawl_delay(AGENT) if self.parser is not None else None
        return min(float(asked or 0.0), LONGEST_PAUSE)


def rules_of(exchanges: tuple[Exchange, ...]) -> Rules:
    """Return the rules that a robots.txt's answer (the last exchange; redirects before it) gives."""
    answer = exchanges[-1]
    if answer.status >= 500 or answer.status == 429:
        return Rules(blocked=NotNow(f"robots.txt no disponible por ahora (HTTP {answer.status})"))
    if not 200 <= answer.status < 300:
        return Rules(exchanges)
    text = answer.body[:MAX_RULES].decode("utf-8", "replace").removeprefix("\ufeff")
    return Rules(exchanges, parser=Protego.parse(text))
