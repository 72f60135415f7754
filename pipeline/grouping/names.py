"""Compares victims' names as the press spells them: missing second surnames, misspellings, initials, short names, outlets.

Given names and surnames are compared apart: a high score over the whole string calls "Juan" and "Juana Pérez" the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import combinations

from rapidfuzz.distance import JaroWinkler, Levenshtein

WORD = re.compile(r"[a-z0-9]+")
ACCENTS = re.compile(r"[\u0300-\u036f]+")
PARTICLES = frozenset({"de", "del", "la", "las", "los", "y", "e", "el", "al", "don", "dona", "sr", "sra"})
# Words that many outlets and collectives share; a name is told apart by the others.
GENERIC = frozenset(
    {
        *("radio", "diario", "periodico", "portal", "revista", "semanario", "noticias", "canal", "agencia", "medio"),
        *("centro", "red", "colectivo", "colectiva", "grupo", "frente", "organizacion", "asociacion", "comite", "consejo"),
        *("brigada", "movimiento", "casa", "albergue", "civil", "ac", "derechos", "humanos", "familias", "madres"),
        *("comunitaria", "indigena", "digital", "informativo", "por", "que", "en", "para"),
    }
)


class Same(IntEnum):
    """How surely two names are of one person or group."""

    NO = 0
    SURNAME = 1  # the surname fits, the given name does not: a short name ("Polo", "Chencho") or a relative
    PARTLY = 2  # what both give fits, one gives less
    FULLY = 3


@dataclass(frozen=True)
class PersonName:
    """A victim's name as told; `group` for an outlet or collective."""

    nombre: str
    group: bool = False


def fold(text: str) -> str:
    """Return `text` in lower case without accents or punctuation, its words one space apart."""
    return " ".join(WORD.findall(ACCENTS.sub("", unicodedata.normalize("NFD", text.lower()))))


@lru_cache(maxsize=50_000)
def folded(nombre: str) -> str:
    """Return a name folded; kept, since grouping asks for the same ones again and again."""
    return fold(nombre)


@lru_cache(maxsize=50_000)
def tokens(nombre: str) -> tuple[str, ...]:
    """Return the folded words of a name without its particles; an initial "E." in front is none."""
    words = folded(nombre).split()
    return tuple(word for at, word in enumerate(words) if word not in PARTICLES or (at == 0 and len(word) == 1))


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """Return how a folded word sounds in Mexico: b/v, s/z/c, y/ll, silent h, doubled letters alike."""
    word = re.sub(r"gu(?=[ei])", "g", word).replace("ll", "y").replace("h", "").replace("v", "b").replace("z", "s")
    word = re.sub(r"c(?=[ei])", "s", word).replace("qu", "k").replace("c", "k").replace("x", "j")
    word = re.sub(r"g(?=[ei])", "j", word)
    return re.sub(r"(.)\1+", r"\1", word)


def words_alike(a: str, b: str) -> bool:
    """Tell whether two folded words are one name spelt twice; an initial fits any word that begins with it."""
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if a == b or sound(a) == sound(b):
        return True
    longest = max(len(a), len(b))
    return longest >= 5 and Levenshtein.distance(sound(a), sound(b)) <= (1 if longest < 8 else 2) and a[0] == b[0]


def _splits(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield (given names, surnames) as Spanish names divide: two and two of four words; three may divide either way."""
    cuts = {1: (1,), 2: (1,), 3: (1, 2)}.get(len(words), (len(words) - 2,))
    for cut in cuts:
        yield words[:cut], words[cut:]


def _other_gender(a: str, b: str) -> bool:
    """Tell whether two given names differ by their ending alone ("Juan", "Juana"; "Mario", "María")."""
    return a != b and a.rstrip("ao") == b.rstrip("ao")


def _given_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """One side's given names all stand among the other's ("Socorro", "María del Socorro")."""
    few, many = sorted((a, b), key=len)
    return all(any(words_alike(word, other) and not _other_gender(word, other) for other in many) for word in few)


def _surnames_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Surnames fit by position; the second may be missing."""
    return bool(a and b) and all(words_alike(x, y) for x, y in zip(a, b, strict=False))


def _people(a: tuple[str, ...], b: tuple[str, ...]) -> Same:
    if a == b:
        return Same.FULLY
    best = Same.NO
    for given_a, surnames_a in _splits(a):
        for given_b, surnames_b in _splits(b):
            if len(a) == len(b) and len(given_a) != len(given_b):
                continue  # "Ana Ruiz Paz" and "Ana Paz Ruiz" fit only if the same word were a given name and a surname
            if not _surnames_alike(surnames_a, surnames_b):
                continue
            if not _given_alike(given_a, given_b):
                best = max(best, Same.SURNAME)
            elif len(surnames_a) == len(surnames_b) == 2:
                return Same.FULLY
            else:
                best = max(best, Same.PARTLY)
    return best


def _groups(a: tuple[str, ...], b: tuple[str, ...]) -> Same:
    if a == b or "".join(a) == "".join(b):
        return Same.FULLY
    own_a, own_b = set(a) - GENERIC, set(b) - GENERIC
    if own_a and own_b and (own_a <= own_b or own_b <= own_a):
        return Same.PARTLY
    close = JaroWinkler.similarity("".join(sorted(own_a)), "".join(sorted(own_b))) if own_a and own_b else 0.0
    return Same.PARTLY if close >= 0.93 else Same.NO


@lru_cache(maxsize=100_000)
def compare(a: PersonName, b: PersonName) -> Same:
    """Return how surely `a` and `b` are the same."""
    words_a, words_b = tokens(a.nombre), tokens(b.nombre)
    if not words_a or not words_b:
        return Same.NO
    if a.group or b.group:
        joined = folded(a.nombre).replace(" ", "") == folded(b.nombre).replace(" ", "")
        return Same.FULLY if joined else _groups(words_a, words_b)
    return _people(words_a, words_b)


def blocking_keys(name: PersonName) -> frozenset[str]:
    """Return the keys under which a name is found again: a person's words two by two, a group's own words one by one.

    A word counts by its first three sounds. Single words would find every namesake; a name with initials is found by date only.
    """
    words = [word for word in tokens(name.nombre) if word not in GENERIC] or list(tokens(name.nombre))
    sounds = sorted({sound(word)[:3] for word in words if len(word) > 1})
    if name.group:
        return frozenset({*sounds, sound(folded(name.nombre).replace(" ", ""))[:3]})
    return frozenset(f"{a}+{b}" for a, b in combinations(sounds, 2)) or frozenset(sounds)
