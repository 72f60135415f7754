"""Folding: lower case without accents, the form in which every lexicon is compared."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Return `text` in lower case without diacritics ("Tláhuac" → "tlahuac"); the length may change.

    >>> fold("Agresión")
    'agresion'
    """
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def even_fold(text: str) -> str:
    """Return a folded text of the very same length, so that offsets stay true (for regular expressions over a note)."""
    return "".join((fold(char) or " ")[:1] for char in text)
