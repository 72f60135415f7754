"""Salted digests of names that are not to be written again: they tell a name that comes back from any other, and say none.

Whoever has the registry can try names one by one; scrypt makes each try cost some milliseconds, and that is all it does. The
sieve, ten bits of a plain digest, tells at no cost that two words of a text are none of them; whoever tries names can ask it
too, and is left with one in a thousand.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from pipeline.grouping.names import sound, tokens
from pipeline.privacy.forms import name_parts

COST = 1 << 12  # 4 MB and about 10 ms a name
SIEVE = 1 << 10
MOST_WORDS = 6
WHOLE, SHORT = "completa", "corta"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Digest:
    """The digest of one form of a name (`WHOLE` or `SHORT`), in hex."""

    huella: str
    forma: str


def digests(nombre: str, salt: str) -> tuple[Digest, ...]:
    """Return what is kept of an erased name: all of it, and each of its given names with its first surname."""
    words = tokens(nombre)
    short = [Digest(_digest(pair, salt), SHORT) for pair in short_forms(nombre) if pair != words]
    return (Digest(_digest(words, salt), WHOLE), *short)


def short_forms(nombre: str) -> list[Pair]:
    """Return each given name of a name with its first surname, folded."""
    given, surnames = name_parts(nombre)
    return [(one, surnames[0]) for one in given] if surnames else []


def sieves(nombre: str, salt: str) -> frozenset[int]:
    """Return what the forms of two words of a name leave in the sieve."""
    return frozenset(sieve(pair, salt) for pair in short_forms(nombre))


def sieve(pair: Pair, salt: str) -> int:
    """Return the sieve's number of two folded words, in whichever order."""
    heard = " ".join(sorted(sound(word) for word in pair))
    return int.from_bytes(hashlib.blake2b(f"{salt} {heard}".encode(), digest_size=4).digest(), "big") % SIEVE


def of_pair(pair: Pair, salt: str) -> tuple[Digest, Digest]:
    """Return what tells whether two folded words, given name first, are a name that was erased, whole or in short."""
    own = _digest(pair, salt)
    return Digest(own, WHOLE), Digest(own, SHORT)


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
    return _costly(" ".join(sound(word) for word in words), salt)


@lru_cache(maxsize=20_000)
def _costly(heard: str, salt: str) -> str:
    return hashlib.scrypt(heard.encode(), salt=bytes.fromhex(salt), n=COST, r=8, p=1, dklen=16).hex()
