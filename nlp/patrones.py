"""The lexicon's little pattern language over the folded tokens of a doc.

A pattern is words parted by spaces. `<golpear|patear>` is any form of either verb (`<golpear:p>` participles only;
kinds f, p, i, g as in `nlp.flexion`), `a|b` is either word, `{agresion}` the noun and its plural, `@equipo` a class of
`clases.json`, `camar*` any word that begins so, `..` up to three words whatever they are, and `?` after an element makes it
optional.

spaCy's `Matcher` tries every pattern at every token, which for this lexicon cost 1.5 times the parse itself (measured);
`Buscador` looks only at the patterns whose first element can be the token at hand: about a twentieth of the parse.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc, Span

from nlp.flexion import forms, noun_forms
from nlp.plegado import fold

LEXICON = Path(__file__).parent / "lexico"
GAP = 3  # words that `..` may stand for
STOPS = frozenset(".;:?!\n")  # … none of them one of these


@dataclass(frozen=True, eq=False)  # compared and hashed by identity: its hundreds of patterns are slow to hash
class Entrada:
    """One line of the lexicon: `patrones` that speak for `valor` of `campo`.

    `tipo` of a modality: `acto` (a verb that asks for a patient), `nombre` (a noun whose patient comes with «a», «contra»),
    `nombre_de` (also with «de»), `suceso` (a phrase that says the harm by itself). Of a victim: `persona`, `posible` (a role
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


def words_of(element: str) -> frozenset[str]:
    """Return every folded word that one element of a pattern stands for (classes and inflection opened up)."""
    found: set[str] = set()
    if element.startswith("<"):
        for part in element.strip("<>").split("|"):
            verb, _, kinds = part.partition(":")
            found |= forms(verb, kinds or "fpig")
        return frozenset(found)
    for part in element.split("|"):
        if part.startswith("@"):
            for member in _classes()[part[1:]]:
                found |= words_of(member)
        elif part.startswith("{"):
            found |= noun_forms(part.strip("{}"))
        else:
            found.add(part)
    return frozenset(found)


@dataclass(frozen=True)
class Elemento:
    """One element of a pattern: exact `words`, beginnings (`prefixes`), or a `gap`; `optional` ones may be left out."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    optional: bool = False
    gap: bool = False

    def fits(self, word: str) -> bool:
        """Say whether a folded word is one of the element's."""
        return word in self.words or bool(self.prefixes and word.startswith(self.prefixes))


@lru_cache(maxsize=20_000)
def _element(raw: str) -> Elemento:
    if raw == "..":
        return Elemento(frozenset(), (), optional=True, gap=True)
    element = raw.rstrip("?")
    if "*" not in element:
        return Elemento(words_of(element), (), raw.endswith("?"))
    parts = element.split("|")
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


Candidato = tuple[tuple[Elemento, ...], Entrada, frozenset[str] | None]
MOST_KNOWN = 20_000  # words whose patterns are remembered


def _candidate(elements: tuple[Elemento, ...], entry: Entrada) -> Candidato:
    """Return a pattern with the words that must follow its first, where that is certain."""
    plain = len(elements) > 1 and not (elements[0].optional or elements[1].optional or elements[1].prefixes)
    return elements, entry, elements[1].words if plain else None


class Buscador:
    """All patterns of some entries, indexed by the words that their first element may be."""

    def __init__(self, entries: Sequence[Entrada]) -> None:
        self.patterns = [(compile_pattern(pattern), entry) for entry in entries for pattern in entry.patrones]
        self.exact: dict[str, list[int]] = {}
        self.prefixed: list[int] = []
        self.known: dict[str, tuple[Candidato, ...]] = {}
        for number, (elements, _) in enumerate(self.patterns):
            for word in elements[0].words:
                self.exact.setdefault(word, []).append(number)
            if elements[0].prefixes:
                self.prefixed.append(number)

    def find(self, doc: Doc) -> list[Hit]:
        """Return the longest match of every entry at every token, in text order."""
        words = [token.norm_ for token in doc]
        hits: list[Hit] = []
        for start, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False)):
            longest: dict[Entrada, int] = {}
            for elements, entry, second in self._candidates(word):
                if second is not None and following not in second:
                    continue
                end = _match(elements, words, start, 0)
                if end > longest.get(entry, start):
                    longest[entry] = end
            hits += [Hit(entry, doc[start:end]) for entry, end in longest.items()]
        return hits

    def _candidates(self, word: str) -> tuple[Candidato, ...]:
        """Return the patterns that may begin with a word, remembered for the words seen (`MOST_KNOWN` at most)."""
        if word not in self.known:
            prefixed = [n for n in self.prefixed if word.startswith(self.patterns[n][0][0].prefixes)]
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[word] = tuple(_candidate(*self.patterns[n]) for n in self.exact.get(word, []) + prefixed)
        return self.known[word]


def _match(elements: tuple[Elemento, ...], words: list[str], at: int, k: int) -> int:
    """Return the end of the longest match of `elements[k:]` at word `at`, or 0."""
    if k == len(elements):
        return at
    element = elements[k]
    if element.gap:
        found = 0
        for width in range(GAP + 1):
            found = max(found, _match(elements, words, at + width, k + 1))
            if at + width < len(words) and words[at + width] in STOPS:
                break
        return found
    here = _match(elements, words, at + 1, k + 1) if at < len(words) and element.fits(words[at]) else 0
    return max(here, _match(elements, words, at, k + 1)) if element.optional else here
