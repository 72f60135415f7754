"""The lexicon's little pattern language over the folded tokens of a doc.

A pattern is words parted by spaces. `<golpear|patear>` is any form of either verb (`<golpear:p>` participles only;
kinds f, p, i, g, c, s, m as in `nlp.flexion`), `a|b` is either word, `{agresion}` the noun and its plural, `@equipo` a
class of `clases.json`, `camar*` any word that begins so, `..` up to three words whatever they are, `...` up to eight;
`?` after an element (not the first) makes it optional.

spaCy's `Matcher` tries every pattern at every token, which for this lexicon cost 1.5 times the parse itself (measured);
`Buscador` looks only at the patterns whose first element can be the token at hand: about a twentieth of the parse.
"""

import gc
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc, Span

from nlp.flexion import forms, noun_forms
from nlp.plegado import fold

LEXICON = Path(__file__).parent / "lexico"
GAPS = {"..": 3, "...": 8}  # words that a gap may stand for
STOPS = frozenset(".;:?!\n")  # … none of them one of these


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: its hundreds of patterns are slow to hash
class Entrada:
    """One line of the lexicon: `patrones` that speak for `valor` of `campo`.

    `tipo` of a modality: `acto` (a verb that asks for a patient), `nombre` (a noun whose patient comes with «a», «contra»),
    `nombre_de` (also with «de»), `suceso` (a phrase that says the harm by itself), `indicio` (one that only proposes it:
    no act, so nobody is its patient). Of a victim: `persona`, `posible` (a role
    that is a defender's only where something is defended), `medio`, `colectivo`, `propio` (the outlet's own voice).
    `traba` is a false friend that masks what it covers; `contexto` a word that only supports a field.
    """

    campo: str
    valor: str
    tipo: str
    patrones: tuple[str, ...]
    regla: str


@dataclass(frozen=True)
class Hit:
    """A place where an entry of the lexicon matches."""

    entrada: Entrada
    span: Span


@lru_cache(maxsize=1)
def _classes() -> dict[str, list[str]]:
    data: dict[str, list[str]] = json.loads((LEXICON / "clases.json").read_text("utf-8"))
    return data


def _alternatives(element: str) -> list[str]:
    """Return the alternatives of an element, its groups of verbs whole.

    >>> _alternatives("<callar:m|ver>|vete|{nota}|fot*")
    ['<callar:m|ver>', 'vete', '{nota}', 'fot*']
    """
    return re.findall(r"<[^>]*>|[^|]+", element)


@lru_cache(maxsize=1_000)
def _class_words(name: str) -> frozenset[str]:
    return frozenset().union(*(words_of(member) for member in _classes()[name]))


def words_of(element: str) -> frozenset[str]:
    """Return every folded word that one element of a pattern stands for (classes and inflection opened up)."""
    found: set[str] = set()
    for part in _alternatives(element):
        if part.startswith("<"):
            for verb, _, kinds in (told.partition(":") for told in part.strip("<>").split("|")):
                found |= forms(verb, kinds or "fpig")
        elif part.startswith("@"):
            found |= _class_words(part[1:])
        elif part.startswith("{"):
            found |= noun_forms(part.strip("{}"))
        else:
            found.add(part)
    return frozenset(found)


@dataclass(frozen=True)
class Elemento:
    """One element of a pattern: exact `words`, beginnings (`prefixes`) or a `gap` of so many words; `optional`: or nothing."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    optional: bool = False
    gap: int = 0

    def fits(self, word: str) -> bool:
        """Say whether a folded word is one of the element's."""
        return word in self.words or bool(self.prefixes and word.startswith(self.prefixes))


@lru_cache(maxsize=20_000)
def _element(raw: str) -> Elemento:
    if raw in GAPS:
        return Elemento(frozenset(), (), optional=True, gap=GAPS[raw])
    element = raw.rstrip("?")
    if "*" not in element:
        return Elemento(words_of(element), (), raw.endswith("?"))
    parts = _alternatives(element)
    exact = frozenset().union(*(words_of(part) for part in parts if not part.endswith("*")))
    return Elemento(exact, tuple(part[:-1] for part in parts if part.endswith("*")), raw.endswith("?"))


def compile_pattern(pattern: str) -> tuple[Elemento, ...]:
    """Return the elements of a pattern."""
    return tuple(_element(raw) for raw in fold(pattern).split())


@lru_cache(maxsize=1)
def read_lexicon() -> tuple[Entrada, ...]:
    """Return every entry of `lexico/*.jsonl`, in file and line order; its rule is named `file:line`."""
    return tuple(_entries())


def _entries() -> Iterator[Entrada]:
    for file in sorted(LEXICON.glob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            row = json.loads(line)
            yield Entrada(row["campo"], row["valor"], row["tipo"], tuple(row["patrones"]), f"{file.stem}:{number}")


Patron = tuple[tuple[Elemento, ...], Entrada]
MOST_KNOWN = 20_000  # words whose patterns are remembered


def _soon(elements: tuple[Elemento, ...]) -> tuple[int, frozenset[str]] | None:
    """Return the words of which one must follow a pattern's first within so many places, where that is certain."""
    reach = 1 + (elements[1].gap if len(elements) > 2 else 0)
    sure = elements[1 if reach == 1 else 2] if len(elements) > 1 else elements[0]
    plain = len(elements) > 1 and not (elements[0].optional or sure.optional or sure.prefixes)
    return (reach, sure.words) if plain else None


class Comienzo:
    """The patterns that may begin with one word, indexed by a word that must follow soon."""

    def __init__(self, patterns: Sequence[Patron]) -> None:
        self.patterns = patterns
        self.always: list[int] = []
        self.soon: dict[int, dict[str, list[int]]] = {}
        for number, (elements, _) in enumerate(patterns):
            if (needed := _soon(elements)) is None:
                self.always.append(number)
                continue
            by_word = self.soon.setdefault(needed[0], {})
            for word in needed[1]:
                by_word.setdefault(word, []).append(number)

    def likely(self, words: list[str], start: int) -> list[Patron]:
        """Return the patterns that the words after `start` do not rule out, in the lexicon's order."""
        found = set(self.always)
        for reach, by_word in self.soon.items():
            for word in words[start + 1 : start + 1 + reach]:
                found.update(by_word.get(word, ()))
        return [self.patterns[number] for number in sorted(found)]


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector still: it would walk pipeline, lexicon and weights time and again for what is soon let go."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class Buscador:
    """All patterns of some entries, indexed by the words that their first element may be."""

    def __init__(self, entries: Sequence[Entrada]) -> None:
        self.known: dict[str, Comienzo | None] = {}
        self.made: dict[tuple[int, ...], Comienzo] = {}
        self.exact: dict[str, list[list[int]]] = {}
        self.prefixed: dict[str, list[tuple[str, list[int]]]] = {}  # by first letter
        with uncollected():
            self.patterns = [(compile_pattern(pattern), entry) for entry in entries for pattern in entry.patrones]
            self._index()

    def _index(self) -> None:
        alike: dict[int, list[int]] = {}  # patterns whose first element is the very same
        for number, (elements, _) in enumerate(self.patterns):
            alike.setdefault(id(elements[0]), []).append(number)
        exact: defaultdict[str, list[list[int]]] = defaultdict(list)
        for numbers in alike.values():
            first = self.patterns[numbers[0]][0][0]
            for word in first.words:
                exact[word].append(numbers)
            for prefix in first.prefixes:
                self.prefixed.setdefault(prefix[:1], []).append((prefix, numbers))
        self.exact = dict(exact)

    def find(self, doc: Doc) -> list[Hit]:
        """Return the longest match of every entry at every token, in text order."""
        return [Hit(entry, doc[start:end]) for entry, start, end in self.matches([token.norm_ for token in doc])]

    def matches(self, words: list[str], places: Iterable[int] | None = None) -> Iterator[tuple[Entrada, int, int]]:
        """Yield what `find` finds in folded words, as entries with first and last place (the last not included).

        With `places`, only what begins at one of them.
        """
        for start in range(len(words)) if places is None else places:
            beginning = self._beginning(words[start])
            if beginning is None:
                continue
            longest: dict[Entrada, int] = {}
            for elements, entry in beginning.likely(words, start):
                end = _match(elements, words, start, 0)
                if end > longest.get(entry, start):
                    longest[entry] = end
            yield from ((entry, start, end) for entry, end in longest.items())

    def _beginning(self, word: str) -> Comienzo | None:
        """Return the patterns that may begin with a word, remembered for the words seen (`MOST_KNOWN` at most)."""
        if word not in self.known:
            exact = sorted(n for numbers in self.exact.get(word, ()) for n in numbers)
            alike = self.prefixed.get(word[:1], ())
            prefixed = sorted({n for prefix, numbers in alike if word.startswith(prefix) for n in numbers})
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[word] = self._of_patterns((*exact, *prefixed))
        return self.known[word]

    def _of_patterns(self, numbers: tuple[int, ...]) -> Comienzo | None:
        """Return what is made of some patterns once for every word that begins them (the forms of a verb, mostly)."""
        if numbers and numbers not in self.made:
            self.made[numbers] = Comienzo([self.patterns[n] for n in numbers])
        return self.made.get(numbers)


def _match(elements: tuple[Elemento, ...], words: list[str], at: int, k: int) -> int:
    """Return the end of the longest match of `elements[k:]` at word `at`, or 0."""
    while k < len(elements) and not elements[k].optional:
        if at >= len(words) or not (words[at] in elements[k].words or elements[k].fits(words[at])):
            return 0
        at, k = at + 1, k + 1
    if k == len(elements):
        return at
    element = elements[k]
    if element.gap:
        found = 0
        for width in range(element.gap + 1):
            found = max(found, _match(elements, words, at + width, k + 1))
            if at + width < len(words) and words[at + width] in STOPS:
                break
        return found
    here = _match(elements, words, at + 1, k + 1) if at < len(words) and element.fits(words[at]) else 0
    return max(here, _match(elements, words, at, k + 1))
