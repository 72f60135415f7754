"""How a text writes a person's name: the words that stand in it, whole or without a second name or surname."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from pipeline.grouping.names import PARTICLES, fold

WORD = re.compile(r"\w+")
# What may stand between two words of one name: a space, the full stop of an initial, a hyphen or an apostrophe.
GAP = re.compile(r"[ \u00a0.\-–'’]{1,2}")
LONGEST = 7  # words of a person's name that is looked for in parts


@dataclass(frozen=True)
class Text:
    """A text in which names are looked up without regard to accents or capitals."""

    text: str

    @cached_property
    def _words(self) -> list[re.Match[str]]:
        return list(WORD.finditer(self.text))

    @cached_property
    def _plain(self) -> str:
        return f" {' '.join(fold(word[0]).replace(' ', '') or '_' for word in self._words)} "

    def find(self, form: str) -> str | None:
        """Return the words of the text that a folded name stands for, as they are written, or None."""
        at = self._plain.find(f" {form} ")
        while at >= 0:
            first = self._plain.count(" ", 0, at + 1) - 1
            found = self._words[first : first + form.count(" ") + 1]
            if all(GAP.fullmatch(self.text, a.end(), b.start()) for a, b in pairwise(found)):
                return self.text[found[0].start() : found[-1].end()].replace("\u00a0", " ")
            at = self._plain.find(f" {form} ", at + 1)
        return None


def as_written(nombre: str, texts: tuple[Text, ...], *, group: bool) -> str | None:
    """Return a name as the first text that has it writes it, the longest form first; None where none has it."""
    for form in forms(nombre, group=group):
        for text in texts:
            found = text.find(form)
            if found:
                return found
    return None


def forms(nombre: str, *, group: bool) -> Iterator[str]:
    """Yield a name folded, then, of a person's, what is left of it without some words, the longest first.

    A shorter form keeps a given name and a surname: of four words or more, one of those before the last two and one of these.
    """
    words = fold(nombre).split()
    if not words:
        return
    yield " ".join(words)
    own = [at for at, word in enumerate(words) if word not in PARTICLES]
    if group or len(words) > LONGEST or len(own) < 3:
        return
    surnames = own[-2:] if len(own) > 3 else own[1:]
    for size in range(len(words) - 1, 1, -1):
        for kept in combinations(range(len(words)), size):
            outside = words[kept[0]] in PARTICLES or words[kept[-1]] in PARTICLES
            if not outside and set(kept) & set(surnames) and set(kept) & (set(own) - set(surnames)):
                yield " ".join(words[at] for at in kept)
