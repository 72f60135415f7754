"""Shows why a note was tagged as it was: its text with the tagged spans marked, safe to put into a page."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from pipeline.labels import column_title, label

Passage = Mapping[str, Any]


def reason(passage: Passage) -> str:
    """Return one passage's field, value and rule in words: `modalidad: Amenaza (regla amenaza_directa)`."""
    return f"{column_title(passage['campo'])}: {label(passage['campo'], passage['valor'])} (regla {passage['regla']})"


def highlight(text: str, passages: Sequence[Passage]) -> Markup:
    """Return `text` escaped, each stretch that passages cover inside one `<mark>` whose title tells all their reasons.

    Spans are character offsets into `text`; they may overlap, and what lies outside the text is cut off.
    """
    spans = [(max(0, p["inicio"]), min(len(text), p["fin"]), p) for p in passages]
    spans = [span for span in spans if span[0] < span[1]]
    edges = sorted({0, len(text)} | {edge for start, end, _ in spans for edge in (start, end)})
    pieces: list[Markup] = []
    for left, right in pairwise(edges):
        covering = [p for start, end, p in spans if start <= left and right <= end]
        pieces.append(marked(text[left:right], covering))
    return Markup("").join(pieces)


def marked(piece: str, covering: Sequence[Passage]) -> Markup:
    """Return one stretch, marked when anything covers it."""
    if not covering:
        return escape(piece)
    reasons = "; ".join(dict.fromkeys(reason(passage) for passage in covering))
    return Markup('<mark class="campo-{}" title="{}">{}</mark>').format(covering[0]["campo"], reasons, piece)
