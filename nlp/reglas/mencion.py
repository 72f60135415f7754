"""A possible victim in a parsed text: what `menciones` and `presentados` find and every other rule reads."""

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from nlp.pistas import word_set

GROUPS = word_set("grupo_civil")
COUNTED = word_set("contado")


@dataclass(frozen=True)
class Mencion:
    """A possible victim: tokens `start`–`end` of `doc` (name included), its head token, kind and how it was found.

    `modo`: `persona` (role noun), `medio`, `colectivo`, `propio` (the outlet's own voice), `nombre` (a name told before).
    """

    doc: Doc
    start: int
    end: int
    head: Token
    tipo: str
    modo: str
    regla: str
    nombre: tuple[str, ...] = ()

    @cached_property
    def concreta(self) -> bool:
        """Say whether somebody in particular is told: a name, one person, a number of them; not «los periodistas»."""
        if self.nombre or self.modo in ("propio", "nombre"):
            return True
        plural = self.head.norm_.endswith("s")
        after = self.doc[max(self.start, self.end - 2) : self.end + 3]  # «integrantes de la Asamblea por el Agua»
        group = any(token.norm_ in GROUPS for token in after)
        return self.head.norm_ != "prensa" and (not plural or group or self.span[0].norm_ in COUNTED)

    @cached_property
    def span(self) -> Span:
        """The tokens of the mention."""
        return self.doc[self.start : self.end]
