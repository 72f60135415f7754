"""How alike two texts are by their words, rare ones counting more: the cosine of their words weighted by rarity.

`frecuencias.csv` says in how many notes of the tagger's corpus a word stands (`python -m pipeline.grouping.words` makes it).
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from math import log, sqrt
from pathlib import Path

from pipeline.grouping.names import fold

FILE = Path(__file__).with_name("frecuencias.csv")
CORPUS = Path(__file__).parents[2] / "nlp" / "corpus"
HANDS = re.compile(r"[a-m]|t\d")  # the writers that are counted: grouping's weights were set with the rarity that these give
# Shorter words are articles, prepositions and common verbs; the first letters make plurals and endings fall together.
SHORTEST, LETTERS = 4, 7
# Words that fewer notes hold are rare alike, and leaving them out leaves names out of the file.
FEWEST = 10
# Added below the fraction: a tenth of the product of two usual texts' lengths, more than that of two lines'.
FEW_WORDS = 150.0
TOTAL = ""  # the row that tells how many notes were counted


def stems(text: str) -> frozenset[str]:
    """Return the content words of a text by their first letters, and its numbers of two digits or more."""
    return frozenset(
        word[:LETTERS] for word in fold(text).split() if len(word) >= SHORTEST or (word.isdigit() and len(word) > 1)
    )


@cache
def _frequencies() -> dict[str, int]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {row["palabra"]: int(row["notas"]) for row in csv.DictReader(lines)}


@cache
def rarity(stem: str) -> float:
    """Return the weight of a word (the square of its inverse document frequency); what is not in the file is rare."""
    known = _frequencies()
    return log((known[TOTAL] + 1) / (known.get(stem, FEWEST // 2) + 1)) ** 2


def weight(words: frozenset[str]) -> float:
    """Return the length of a text's vector of words."""
    return sqrt(sum(rarity(word) for word in words))


def likeness(a: frozenset[str], b: frozenset[str], lengths: tuple[float, float]) -> float:
    """Return the cosine (0 to 1) of two texts' words, given the lengths of their vectors; a few common words say little."""
    return sum(rarity(word) for word in a & b) / (lengths[0] * lengths[1] + FEW_WORDS)


def count(notes: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return in how many of the notes (title, text) each word stands that is not rare, in the order of the alphabet."""
    found: Counter[str] = Counter()
    total = 0
    for titulo, texto in notes:
        total += 1
        found.update(stems(f"{titulo} {texto}"))
    return {TOTAL: total, **{word: found[word] for word in sorted(found) if found[word] >= FEWEST}}


def corpus() -> list[tuple[str, str]]:
    """Return title and text of the notes of the tagger's corpus that tell a case."""
    files = sorted(path for path in CORPUS.glob("*.jsonl") if HANDS.fullmatch(path.stem))
    records = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    return [(record.get("titulo") or "", record["texto"]) for record in records if record.get("relevante")]


def main() -> None:
    """Write `frecuencias.csv` from the corpus."""
    with FILE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("palabra", "notas"))
        writer.writerows(count(corpus()).items())


if __name__ == "__main__":
    main()
