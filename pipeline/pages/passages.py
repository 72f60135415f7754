"""Shows why a note was tagged as it was: its text with the tagged spans marked, safe to put into a page."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from pipeline.pages.headings import column_title
from pipeline.pages.labels import label

Passage = Mapping[str, Any]


def code(passage: Passage) -> str:
    """Return one passage's field and value in words: `modalidad: Amenaza`, `alcaldía: Tlalpan` of `lugar.alcaldia`."""
    field = passage["campo"].rpartition(".")[2]
    return f"{column_title(field)}: {label(field, passage['valor'])}"


def reason(passage: Passage) -> str:
    """Return one passage's code with the rule behind it: `modalidad: Amenaza (regla amenaza_directa)`."""
    return f"{code(passage)} (regla {passage['regla']})"


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


def paragraphs(marked_text: Markup) -> Markup:
    """Return a marked text with an empty line between its paragraphs (the stylesheet keeps line breaks)."""
    return Markup(re.sub(r"\n+", "\n\n", str(marked_text)))


def grouped(passages: Sequence[Passage], parts: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return [(`modalidad: Amenaza`, [(quoted words, rule), …]), …] without repetitions, in the order of the text."""
    groups: dict[str, dict[tuple[str, str], None]] = {}
    for passage in passages:
        quote = parts[passage["parte"]][passage["inicio"] : passage["fin"]]
        groups.setdefault(code(passage), {})[quote, passage["regla"]] = None
    return [(name, list(quotes)) for name, quotes in groups.items()]


def marked(piece: str, covering: Sequence[Passage]) -> Markup:
    """Return one stretch, marked when anything covers it."""
    if not covering:
        return escape(piece)
    reasons = "; ".join(dict.fromkeys(reason(passage) for passage in covering))
    return Markup('<mark class="campo-{}" title="{}">{}</mark>').format(covering[0]["campo"].rpartition(".")[2], reasons, piece)
