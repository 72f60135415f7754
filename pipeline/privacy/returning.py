"""Names of people who were blocked or erased in a text that nobody has seen yet: found without knowing them, by their digests.

Two words with a capital (a given name and a surname, a given name or a particle between them at most) are looked at together.
What stands in lower letters, or under a name of one word, is not found.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.grouping.names import PARTICLES, fold
from pipeline.privacy.digests import of_pair, sieve
from pipeline.privacy.forms import given_names
from pipeline.registry.erased import Remembered

WORD = re.compile(r"[^\W\d_]+")
HUMP = re.compile(r"[A-ZÁÉÍÓÚÜÑ][a-záéíóúüñ]+")  # of #JusticiaParaRenata
GAP = 6  # characters that may stand between two words of a name
BETWEEN = 1  # words that may


@dataclass(frozen=True)
class Word:
    """A word that may be of a name: as written, folded, and where it stands."""

    escrita: str
    plegada: str
    inicio: int
    fin: int


def returning(texts: Iterable[str], known: Remembered) -> dict[str, int]:
    """Return name as the texts write it → the request by which it was to be gone."""
    found: dict[str, int] = {}
    for text in texts:
        for run in _runs(text):
            for at, first in enumerate(run):
                for second in run[at + 1 : at + 2 + BETWEEN]:
                    request = _asked(first, second, known)
                    if request is not None:
                        found.setdefault(_written(run, first, second), request)
    return found


def _asked(first: Word, second: Word, known: Remembered) -> int | None:
    pair = (first.plegada, second.plegada)
    if known.criba is not None and sieve(pair, known.sal) not in known.criba:
        return None
    digests = (*of_pair(pair, known.sal), *of_pair(pair[::-1], known.sal))
    return next((known.huellas[one] for one in digests if one in known.huellas), None)


def _runs(text: str) -> Iterator[list[Word]]:
    """Yield words with a capital that stand together, particles between them left out; an address is all words."""
    address = text.startswith(("http://", "https://"))
    run: list[Word] = []
    for word in _words(text):
        if run and word.inicio - run[-1].fin > GAP + (len(word.escrita) if word.plegada in PARTICLES else 0):
            yield run
            run = []
        if word.plegada in PARTICLES or len(word.plegada) == 1:
            if run:  # what joins two words of a name takes no room
                run[-1] = Word(run[-1].escrita, run[-1].plegada, run[-1].inicio, word.fin)
        elif address or word.escrita[0].isupper():
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _words(text: str) -> Iterator[Word]:
    for found in WORD.finditer(text):
        humps = list(HUMP.finditer(text, found.start(), found.end()))
        for one in humps if len(humps) > 1 else (found,):
            folded = fold(one[0])
            if folded and " " not in folded:
                yield Word(one[0], folded, one.start(), one.end())


def _written(run: Sequence[Word], first: Word, second: Word) -> str:
    """Return the name that two words are of: with what stands between, another given name before, another surname behind."""
    start, end = run.index(first), run.index(second)
    names = list(run[start : end + 1])
    if start and run[start - 1].plegada in given_names():
        names.insert(0, run[start - 1])
    if end + 1 < len(run) and run[end + 1].inicio - second.fin <= 1:
        names.append(run[end + 1])
    return " ".join(word.escrita for word in names)
