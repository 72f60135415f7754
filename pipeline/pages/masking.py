"""Covers the name of who asked for anonymity, or was erased, in what pages quote from the press: headlines, passages, remarks.

A note's own text stays as it was published: it is evidence.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pipeline.grouping.names import fold, sound, tokens

COVER = "█"  # for each letter, so that places in a text stay where they were
SHORTEST = 3  # letters of a word of a name that is covered
INSIDE = 5  # letters of one that is looked for inside others (#JusticiaParaRenata)
WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")


def is_hidden(victim: Mapping[str, Any]) -> bool:
    """Tell whether a victim's name is not to be shown."""
    return bool(victim["anonimato_solicitado"] or victim["suprimida_en"])


def hidden_words(victims: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the folded words by which the names that are not to be shown would be told; rows with `nombre` and both marks."""
    names = [str(one["nombre"]) for one in victims if is_hidden(one) and one["nombre"]]
    return frozenset(word for name in names for word in tokens(name) if len(word) >= SHORTEST)


def masked(text: str | None, hidden: Collection[str]) -> str:
    """Return a text of the same length with the hidden words covered, however they are accented or spelt by ear."""
    if not text or not hidden:
        return text or ""
    sounds = {sound(word) for word in hidden}
    long = [word for word in hidden if len(word) >= INSIDE]

    def cover(found: re.Match[str]) -> str:
        word = fold(found[0])
        told = sound(word) in sounds or any(one in word for one in long)
        return COVER * len(found[0]) if told else found[0]

    return WORD.sub(cover, text)


def holds(text: str, hidden: Collection[str]) -> bool:
    """Tell whether a text holds one of the words."""
    return masked(text, hidden) != text
