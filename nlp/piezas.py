"""Parses long texts in pieces: the pipeline's memory grows with the longest text it sees (1 GB for 100 kB in one go)."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from nlp.modelo_base import set_norms

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
    """Return one doc of a text's pieces, with the offsets of the whole."""
    whole = Doc.from_docs(list(docs), ensure_whitespace=False) if len(docs) > 1 else None
    if whole is None:
        return docs[0]
    set_norms(whole)
    return whole


def parse(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Yield the doc of each text, parsed in pieces."""
    lots = [split(text) for text in texts]
    docs = nlp.pipe((piece for lot in lots for piece in lot), batch_size=8)
    for lot in lots:
        yield join([next(docs) for _ in lot])
