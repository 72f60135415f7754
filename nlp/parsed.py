"""What the rules of `nlp.reglas` pass to one another: the parsed note, the acts found in it and the victims told of."""

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span

from nlp.etiquetas import Nota

MAX_PARSED = 20_000  # characters of `texto` that are parsed at most (design, "Facts": longer texts cost memory)
TEXT = "hallazgos.texto"  # its place in a doc's `user_data`


def text_of(doc: Doc) -> str:
    """Return `doc.text`, kept with the doc: spaCy puts it together token by token at every call."""
    kept = doc.user_data.get(TEXT)
    if kept is None:
        kept = doc.user_data[TEXT] = doc.text
    return str(kept)


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
