"""Where the acts stand in each part of a note: what ties a day or a place to the event."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from nlp.parsed import Anchor, Parsed, text_of
from nlp.plegado import even_fold

FAR = 999  # a distance that ties nothing
PARTES = ("titulo", "texto")


def _start(span: tuple[int, int]) -> int:
    return span[0]


@dataclass(frozen=True)
class Escena:
    """A part of the note with character spans: its acts (sorted) and its sentences."""

    parte: str
    doc: Doc
    acts: tuple[tuple[int, int], ...]

    @cached_property
    def text(self) -> str:
        """The text of the part."""
        return text_of(self.doc)

    @cached_property
    def folded(self) -> str:
        """The text folded, with the same offsets."""
        return even_fold(self.text)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Character spans of the sentences."""
        return tuple((sent.start_char, sent.end_char) for sent in self.doc.sents) if len(self.doc) else ()

    def index(self, at: int) -> int:
        """Return the number of the sentence that holds a character."""
        place = bisect(self.sentences, at, key=_start) - 1
        inside = place >= 0 and at < self.sentences[place][1]
        return place if inside else max(0, len(self.sentences) - 1)

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the character span of the sentence that holds a character."""
        return self.sentences[self.index(at)] if self.sentences else (0, len(self.text))

    def act_gap(self, span: tuple[int, int]) -> int:
        """Return the characters between a span and the nearest act of its sentence, FAR where it holds none."""
        start, end = self.sentence(span[0])
        return min((gap(act, span) for act in self.acts if start <= act[0] < end), default=FAR)

    def act_beside(self, span: tuple[int, int]) -> bool:
        """Tell whether a sentence next to that of the span holds an act."""
        index = self.index(span[0])
        return any(abs(self.index(act[0]) - index) == 1 for act in self.acts)

    def governor(self, span: tuple[int, int]) -> Token | None:
        """Return the verb (or root) that the span hangs on in the parse."""
        found = self.doc.char_span(*span, alignment_mode="expand")
        if found is None or not len(found):
            return None
        token = found.root
        while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
            token = token.head
        return token


def gap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Return the characters between two spans, 0 where they touch."""
    return max(0, max(a[0], b[0]) - min(a[1], b[1]))


def scenes(parsed: Parsed, anchors: Sequence[Anchor]) -> tuple[Escena, ...]:
    """Return the parts of the note that hold text, headline first."""
    found = []
    for parte in PARTES:
        acts = tuple(sorted((a.span.start_char, a.span.end_char) for a in anchors if a.parte == parte))
        if len(parsed.doc(parte)):
            found.append(Escena(parte, parsed.doc(parte), acts))
    return tuple(found)
