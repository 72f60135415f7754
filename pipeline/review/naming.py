"""Texts that everybody reads (summary, place, reasons) carry no name of a person: what would is refused, and not quoted."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sqlite_utils import Database

from nlp.vocabulario import Alcaldia, Entidad
from pipeline.grouping.names import PARTICLES, fold, tokens
from pipeline.registry.naming import knows_any, own_names
from pipeline.review.errors import ReviewError

# People are named like boroughs and states (Álvaro Obregón, Morelos): those names are no one's.
PLACE = re.compile(
    "|".join(re.escape(one.etiqueta) for one in sorted((*Alcaldia, *Entidad), key=lambda one: -len(one.etiqueta)))
)
SHORTEST = 4  # letters of a word that tells a person by itself
LONGEST = 6  # words of a name
WORD = re.compile(r"\w+")


def refuse_own_names(db: Database, folio: str, text: str, what: str) -> None:
    """Raise `ReviewError` for a text that names one of the finding's people, wholly or by two words of the name."""
    side_by_side = set(pairwise(_bare(text)))
    if any(pair in side_by_side for name in own_names(db, folio) for pair in _pairs(name)):
        raise ReviewError(_told(folio, what, "de este hallazgo"))


def refuse_names(db: Database, folio: str, text: str, what: str) -> None:
    """Raise `ReviewError` for a text that names one of the finding's people, be it by a single word of the name written with a
    capital, or anybody whom the registry knows by the whole name.
    """
    refuse_own_names(db, folio, text, what)
    capitals = {fold(word) for word in WORD.findall(_without_places(text)) if word[0].isupper()}
    if any(len(word) >= SHORTEST and word in capitals for name in own_names(db, folio) for word in tokens(name)):
        raise ReviewError(_told(folio, what, "de este hallazgo"))
    if knows_any(db, _runs(fold(text).split())):
        raise ReviewError(_told(folio, what, "del registro"))


def refuse_known_names(db: Database, text: str, what: str) -> None:
    """Raise `ReviewError` for a text that bears the whole name of anybody whom the registry knows; boroughs are no one."""
    if knows_any(db, _runs(fold(_without_places(text)).split())):
        raise ReviewError(
            f"{what}: lo lee quien no puede ver nombres, y lleva el de una persona del registro; escríbalo sin él"
        )


def _told(folio: str, what: str, whose: str) -> str:
    return f"{folio}: {what} lo lee quien no puede ver nombres, y lleva el de una persona {whose}; escríbalo sin él"


def _bare(text: str) -> list[str]:
    return [word for word in fold(_without_places(text)).split() if word not in PARTICLES]


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    """Yield what a name is told by: each two of its words in their order (a first name may be left out, or a second)."""
    words = tokens(name)
    yield from ((a, b) for at, a in enumerate(words) for b in words[at + 1 :])


def _runs(words: Sequence[str]) -> Iterator[str]:
    """Yield every two or more words of a text that stand side by side, up to the longest name."""
    for size in range(2, LONGEST + 1):
        yield from (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def _without_places(text: str) -> str:
    return PLACE.sub(" · ", text)
