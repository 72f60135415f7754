"""Folding: lower case without accents, the form in which every lexicon is compared."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Return `text` in lower case without diacritics ("Tláhuac" → "tlahuac"); the length may change.

    >>> fold("Agresión")
    'agresion'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


class _Even(dict[int, str]):
    """Folded characters by code point, each found when first asked for: `str.translate` reads it at the speed of C."""

    def __missing__(self, code: int) -> str:
        self[code] = (fold(chr(code)) or " ")[:1]
        return self[code]


_EVEN = _Even()


@lru_cache(maxsize=16)  # the readers of one note fold its text in turn
def even_fold(text: str) -> str:
    """Return a folded text of the very same length, so that offsets stay true (for regular expressions over a note)."""
    return text.translate(_EVEN)
