"""The lemmas of a doc as the weights know words, worked out once, and those that stand around a phrase."""

from typing import cast

from spacy.tokens import Doc, Span, Token

from nlp.aprendizaje.lineal import Rasgos

NAME, NUMBER = "N_", "#"
KEPT = "hallazgos.lemas"  # their place in a doc's `user_data`


def lemma_of(token: Token) -> str:
    """Return the lemma of a token; names and numbers are all alike, punctuation is nothing."""
    if token.is_space or token.is_punct:
        return ""
    if token.like_num:
        return NUMBER
    return NAME if token.pos_ == "PROPN" and token.text[:1].isupper() else token.lemma_.lower()


def lemmas(doc: Doc) -> list[str]:
    """Return `lemma_of` every token, kept with the doc."""
    kept = doc.user_data.get(KEPT)
    if kept is None:
        kept = doc.user_data[KEPT] = [lemma_of(token) for token in doc]
    return cast("list[str]", kept)


def around(span: Span, reach: int) -> set[str]:
    """Return the lemmas at most `reach` tokens before or after a phrase, in the sentence that it begins in."""
    told, sentence = lemmas(span.doc), span[0].sent
    before = told[max(sentence.start, span.start - reach) : span.start]
    return {*before, *told[span.end : min(sentence.end, span.end + reach)]} - {""}


def words(names: set[str], weight: float) -> Rasgos:
    """Return lemmas as features of one weight each."""
    return {f"w:{name}": weight for name in names}
