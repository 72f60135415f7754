"""The passages that decide: of a note's tagged spans, the few sentences that hold the weightiest, with the words marked."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from pipeline.pages.passages import Passage, highlight

MOST = 3  # sentences of a card
WIDEST = 320  # characters of one: a longer one is cut around its marks
AROUND = 120  # characters left of its first mark in a sentence that is cut
# How much a passage's field decides for whoever reads: what happened, then who did it and to whom, then where and when.
WEIGHTS = {
    "modalidad": 6,
    "urgente": 4,
    "agresor": 3,
    "victima": 2,
    "victimas": 2,
    "vinculo": 2,
    "nota": 2,
    "movilizacion": 1,
    "alcaldia": 1,
    "entidad": 1,
    "cdmx": 1,
    "sitio": 1,
    "fecha_hecho": 1,
    "via": 1,
}
SENTENCE = re.compile(r"\S(?:.*?[.!?…»”](?=\s+[¿¡«“\"A-ZÁÉÍÓÚÑ0-9])|.+)", re.DOTALL)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the places (start, end) of a text's sentences; a line's end ends one too."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        found += [(line.start() + m.start(), line.start() + m.end()) for m in SENTENCE.finditer(line[0])]
    return found


def deciding(text: str, passages: Sequence[Passage]) -> list[Markup]:
    """Return at most `MOST` sentences of `text` in its order, those whose passages weigh most, with the spans marked.

    `passages` are those of the text (`parte` = `texto`), as `pipeline.pages.passages.highlight` takes them.
    """
    weighed = [(weight(start, end, passages), start, end) for start, end in sentences(text)]
    best = sorted((one for one in weighed if one[0]), key=lambda one: (-one[0], one[1]))[:MOST]
    return [marked(text, start, end, passages) for _, start, end in sorted(best, key=lambda one: one[1])]


def weight(start: int, end: int, passages: Sequence[Passage]) -> int:
    """Return how much the passages inside a stretch decide: each field and value counts once."""
    inside = {(field(one), one["valor"]) for one in passages if start <= one["inicio"] < end}
    return sum(WEIGHTS.get(name, 0) for name, _ in inside)


def field(passage: Passage) -> str:
    """Return a passage's field without the record it stands in (`lugar.alcaldia` → `alcaldia`)."""
    return str(passage["campo"]).rpartition(".")[2]


def marked(text: str, start: int, end: int, passages: Sequence[Passage]) -> Markup:
    """Return one sentence with its spans marked, cut around the first of them where it is too long."""
    own = [one for one in passages if field(one) in WEIGHTS and one["inicio"] < end and one["fin"] > start]
    left, right = start, end
    if end - start > WIDEST:
        left = max(start, min(max(one["inicio"], start) for one in own) - AROUND)
        right = min(end, left + WIDEST)
    moved = [shifted(one, left) for one in own]
    return Markup("{}{}{}").format("…" if left > start else "", highlight(text[left:right], moved), "…" if right < end else "")


def shifted(passage: Passage, by: int) -> Mapping[str, Any]:
    """Return a passage whose offsets count from `by`."""
    return {**passage, "inicio": passage["inicio"] - by, "fin": passage["fin"] - by}


def opening(text: str, length: int = 600) -> Markup:
    """Return the beginning of a text without marks, cut at a space: what a refused note is judged by."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return escape(flat)
    return Markup("{}…").format(flat[:length].rpartition(" ")[0] or flat[:length])
