"""What the rules of `nlp.reglas` pass to one another: the parsed note, the acts found in it and the victims told of."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from spacy.tokens import Doc, Span, Token

from nlp.etiquetas import Nota

MAX_PARSED = 20_000  # characters of `texto` that are parsed at most (design, "Facts": longer texts cost memory)
TEXT = "hallazgos.texto"  # its place in a doc's `user_data`
CAPITALS = "hallazgos.mayusculas"
SENTENCES = "hallazgos.frases"


def text_of(doc: Doc) -> str:
    """Return `doc.text`, kept with the doc: spaCy puts it together token by token at every call."""
    kept = doc.user_data.get(TEXT)
    if kept is None:
        kept = doc.user_data[TEXT] = doc.text
    return str(kept)


def is_capital(token: Token) -> bool:
    """Say whether a token could be part of a proper name."""
    text = token.text
    return len(text) > 1 and text[0].isupper() and text[0].isalpha()


def capitals(doc: Doc) -> list[int]:
    """Return the places of the tokens that could be part of a proper name, kept with the doc."""
    kept = doc.user_data.get(CAPITALS)
    if kept is None:
        kept = doc.user_data[CAPITALS] = [token.i for token in doc if is_capital(token)]
    return cast("list[int]", kept)


def sentence_words(token: Token) -> frozenset[str]:
    """Return the folded words of a token's sentence, kept with the doc."""
    kept = token.doc.user_data.setdefault(SENTENCES, {})
    start = token.sent.start
    if start not in kept:
        kept[start] = frozenset(one.norm_ for one in token.sent)
    return cast("frozenset[str]", kept[start])


@dataclass(frozen=True)
class Parsed:
    """A note and its two parses; both docs begin at character 0 of `nota.titulo` and `nota.texto` (offsets are the same).

    `texto` covers the first `MAX_PARSED` characters at most. `titulo` is an empty doc where there is no headline.
    """

    titulo: Doc
    texto: Doc
    nota: Nota

    def doc(self, parte: str) -> Doc:
        """Return the doc of a part: `titulo` or `texto`."""
        return self.titulo if parte == "titulo" else self.texto

    @cached_property
    def textos(self) -> dict[str, str]:
        """The text of each part, as parsed."""
        return {"titulo": text_of(self.titulo), "texto": text_of(self.texto)}


@dataclass(frozen=True)
class Anchor:
    """An act that reaches a victim: `span` is its trigger ("golpearon", "amenazas de muerte") in part `parte`.

    `doc` is the doc of that part; `modalidad` the guide's slug; `sent` the sentence that holds the trigger.
    """

    doc: Doc
    span: Span
    modalidad: str
    sent: Span
    parte: str


@dataclass(frozen=True)
class Mention:
    """A phrase that tells a victim, tied to an act: "la reportera Ana Ruiz de Canal X", "dos fotógrafas".

    `span` starts at the determiner or number and ends with the name, where there is one; `tipo` is `periodista` or
    `defensora`; `rol` is `victima` (the only one handed on today); `colectivo` says that the head is an outlet or group.
    """

    parte: str
    span: Span
    tipo: str
    rol: str = "victima"
    colectivo: bool = False
