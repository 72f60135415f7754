"""Salted digests of names that are not to be written again: they tell a name that comes back from any other, and say none.

Whoever has the registry can try names one by one; scrypt makes each try cost some milliseconds, and that is all it does.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.grouping.names import sound, tokens
from pipeline.privacy.forms import name_parts

COST = 1 << 12  # 4 MB and about 10 ms a name
MOST_WORDS = 6
WHOLE, SHORT = "completa", "corta"


@dataclass(frozen=True)
class Digest:
    """The digest of one form of a name (`WHOLE` or `SHORT`), in hex."""

    huella: str
    forma: str


def digests(nombre: str, salt: str) -> tuple[Digest, ...]:
    """Return what is kept of an erased name: all of it, and its given name with its first surname."""
    given, surnames = name_parts(nombre)
    short = (*given[:1], *surnames[:1])
    words = tokens(nombre)
    kept = [Digest(_digest(words, salt), WHOLE)]
    return (*kept, Digest(_digest(short, salt), SHORT)) if len(short) == 2 and short != words else tuple(kept)


def asked(nombre: str, salt: str) -> Iterator[Digest]:
    """Yield what to look for: the name itself in either form, and what it is longer than, as a whole one."""
    words = tokens(nombre)[:MOST_WORDS]
    if not words:
        return
    own = _digest(words, salt)
    yield Digest(own, WHOLE)
    yield Digest(own, SHORT)
    for size in range(2, len(words)):
        for some in combinations(words, size):
            yield Digest(_digest(some, salt), WHOLE)


def _digest(words: Sequence[str], salt: str) -> str:
    heard = " ".join(sound(word) for word in words)
    return hashlib.scrypt(heard.encode(), salt=bytes.fromhex(salt), n=COST, r=8, p=1, dklen=16).hex()
