"""Ways in which a text may mean a person without naming them: initials, a surname less, a nickname. A person decides.

What is found so is told as uncertain, never covered by itself: with `--nombre` a form becomes one that is.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from pipeline.grouping.names import fold
from pipeline.privacy.forms import BEGINS, BETWEEN, ENDS, Forms, name_parts, word_pattern

LETTER = r"(?<![^\W_]){}\."  # an initial: a capital by itself, with its dot
SPACE = r"[\s_-]{0,2}"


@dataclass(frozen=True)
class Hint:
    """A way of meaning a person, and why it is uncertain, in Spanish."""

    motivo: str
    patron: str


@dataclass(frozen=True)
class Hints:
    """The uncertain ways of some names."""

    formas: Forms

    @cached_property
    def each(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """(why, pattern), one a reason."""
        found: dict[str, list[str]] = {}
        for name in self.formas.nombres:
            for hint in _of_name(name):
                found.setdefault(hint.motivo, []).append(hint.patron)
        return tuple((why, re.compile("|".join(dict.fromkeys(ways)))) for why, ways in found.items())

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of the names, as a Base's log keeps them: capitals alone."""
        return frozenset(letters.upper() for name in self.formas.nombres for letters in _initials(name))

    def why(self, text: str) -> str:
        """Return why a text may mean the person; '' where it does not, or names them outright."""
        if self.formas.named_in(text):
            return ""
        if re.sub(r"[\W_]", "", text).upper() in self.initials:
            return "iniciales"
        return next((why for why, pattern in self.each if pattern.search(text)), "")


def _of_name(nombre: str) -> Iterator[Hint]:
    given, surnames = name_parts(nombre)
    if not surnames:
        return
    for letters in _initials(nombre):
        if len(letters) > 1:
            yield Hint("iniciales", SPACE.join(LETTER.format(letter.upper()) for letter in letters))
    for one in given:
        first = rf"(?:{LETTER.format(one[0].upper())}|\b{one[0].upper()}\b)"
        yield Hint("inicial y apellido", rf"{first}{SPACE}(?i:{word_pattern(surnames[0])}{ENDS})")
        capital = rf"(?i:{BEGINS}{word_pattern(one)}){SPACE}{LETTER.format(surnames[0][0].upper())}"
        yield Hint("nombre e inicial", capital)
        for short in nicknames().get(one, ()):
            yield Hint("apodo y apellido", rf"(?i:{BEGINS}{word_pattern(short)}{BETWEEN}{word_pattern(surnames[0])}{ENDS})")
        for last in surnames[1:]:
            way = rf"(?i:{BEGINS}{word_pattern(one)}{BETWEEN}{word_pattern(last)}{ENDS})"
            yield Hint("nombre y segundo apellido", way)


def _initials(nombre: str) -> Iterator[str]:
    """Yield the initials of a whole name, of one given name with the surnames, and with the first surname."""
    given, surnames = name_parts(nombre)
    if surnames:
        yield "".join(word[0] for word in (*given, *surnames))
        yield "".join(word[0] for word in (given[0], *surnames))
        yield given[0][0] + surnames[0][0]


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Return the usual short forms of given names, folded."""
    text = (files("pipeline") / "privacy" / "apodos.csv").read_text("utf-8")
    return {row["nombre"]: tuple(map(fold, row["apodos"].split())) for row in csv.DictReader(text.splitlines())}
