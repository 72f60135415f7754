"""Parses long texts in pieces: the pipeline's memory grows with the longest text it sees (1 GB for 100 kB in one go)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from thinc.types import Ints2d

from nlp.modelo_base import set_norms
from nlp.parsed import TEXT, capitals

ENTITIES, FOLDING = "ner", "plegado"  # components that `parse_lightly` leaves out, or does itself
BEFORE: list[int | str] = [
    "NORM",
    "SENT_START",
]  # what the model of the entities reads beside the words, as they were before folding
PENDING = "hallazgos.entidades"  # where a doc keeps what `add_entities` needs
TOGETHER = 8  # pieces parsed at once: twice as many take 17 MB more and no less time
PIECE = 2_000  # characters of a piece, at most
ENDS = ("\n", ". ", "” ", " ")  # where a piece may end, the best first


def split(text: str, limit: int = PIECE) -> list[str]:
    """Return pieces of at most `limit` characters that join to exactly `text`, cut at lines, sentences or spaces.

    >>> split("Uno dos tres.", 8)
    ['Uno dos ', 'tres.']
    """
    pieces = []
    start = 0
    while len(text) - start > limit:
        end = start + limit
        cuts = (text.rfind(mark, start + limit // 2, end) + len(mark) for mark in ENDS)
        cut = next((at for at, mark in zip(cuts, ENDS, strict=True) if at >= start + limit // 2 + len(mark)), end)
        pieces.append(text[start:cut])
        start = cut
    return [*pieces, text[start:]]


def join(docs: Sequence[Doc]) -> Doc:
    """Return one doc of a text's pieces, with the offsets of the whole, its norms folded."""
    whole = Doc.from_docs(list(docs), ensure_whitespace=False) if len(docs) > 1 else docs[0]
    set_norms(whole)
    return whole


def parse(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Yield the doc of each text, parsed in pieces."""
    docs = list(parse_lightly(nlp, texts))
    add_entities(nlp, docs)
    yield from docs


def parse_lightly(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Yield the doc of each text without its entities, which cost half the parse: `add_entities` looks for them later."""
    whole = list(texts)
    lots = [split(text) for text in whole]
    late = [] if _listens(nlp) else [ENTITIES]
    docs = nlp.pipe((piece for lot in lots for piece in lot), batch_size=TOGETHER, disable=[*late, FOLDING])
    for text, lot in zip(whole, lots, strict=True):
        pieces = [next(docs) for _ in lot]
        later = [piece.to_array(BEFORE) for piece in pieces]
        doc = join(pieces)
        doc.user_data[TEXT] = text
        if late:
            doc.user_data[PENDING] = later
        yield doc


def _listens(nlp: Language) -> bool:
    """Say whether the model of the entities reads a network that other components share: then it cannot run later."""
    finder: Any = nlp.get_pipe(ENTITIES)
    return any(hasattr(node, "upstream_name") for node in finder.model.walk())


def add_entities(nlp: Language, docs: Sequence[Doc]) -> None:
    """Give docs of `parse_lightly` their entities; those that have them stay as they are.

    Sentences whose first word alone has a capital hold no name (a fifth of a text): they are not looked at.
    """
    waiting = [(doc, doc.user_data.pop(PENDING)) for doc in docs if PENDING in doc.user_data]
    finder: Any = nlp.get_pipe(ENTITIES)
    pieces = [list(_as_before(doc, kept)) for doc, kept in waiting]
    found = finder.pipe((copy for lot in pieces for copy, _ in lot), batch_size=TOGETHER)
    for (doc, _), lot in zip(waiting, pieces, strict=True):
        told = list[Span]()
        for _, places in lot:
            told += [Span(doc, places[ent.start], places[ent.end - 1] + 1, ent.label) for ent in next(found).ents]
        doc.set_ents(told)


def _as_before(doc: Doc, kept: Sequence[Ints2d]) -> Iterator[tuple[Doc, list[int]]]:
    """Yield what may hold names of each piece of a doc, as it was before folding, with its tokens' places in the doc."""
    start, named = 0, _named(doc)
    for values in kept:
        places = [at for at in range(start, start + len(values)) if at in named]
        part = [doc[at] for at in places]
        copy = Doc(doc.vocab, [token.text for token in part], [bool(token.whitespace_) for token in part])
        yield copy.from_array(BEFORE, values[[at - start for at in places]]), places
        start += len(values)


def _named(doc: Doc) -> set[int]:
    """Return the places of the tokens of sentences that have a capital beyond their first word."""
    if not doc.has_annotation("SENT_START"):
        return set(range(len(doc)))
    capital = capitals(doc)
    found = set[int]()
    for sentence in doc.sents:
        first = next((token.i for token in sentence if token.is_alpha), sentence.start)
        at = bisect_right(capital, first)
        if at < len(capital) and capital[at] < sentence.end:
            found.update(range(sentence.start, sentence.end))
    return found
