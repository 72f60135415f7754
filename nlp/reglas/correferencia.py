"""Ties a role told without a name to the name told just before: «Matías Olmedo cayó. El videógrafo de Distrito Cero…»."""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc

from nlp.genero import MAN, UNKNOWN, WOMAN, by_name
from nlp.parsed import is_capital
from nlp.personas import given_names
from nlp.pistas import word_set
from nlp.reglas.mencion import Mencion
from nlp.reglas.nombre_propio import PARTICLES, name_after

REACH = 60  # tokens back from the role to the name, at most
GENDERS = {"la": WOMAN, "el": MAN, "al": MAN, "del": MAN}
OFFICES = word_set("cargo_o_sitio")


def adopted(doc: Doc, mentions: Iterable[Mencion]) -> list[Mencion]:
    """Return the mentions, those of one unnamed person with the nearest fitting full name before them."""
    return [_with_name(doc, mention) if _lacks_name(mention) else mention for mention in mentions]


def _lacks_name(mention: Mencion) -> bool:
    singular = not mention.head.norm_.endswith("s")
    return mention.modo == "persona" and not mention.nombre and singular and mention.span[0].norm_ in GENDERS


def _with_name(doc: Doc, mention: Mencion) -> Mencion:
    wanted = GENDERS[mention.span[0].norm_]
    for at in range(mention.start - 2, max(-1, mention.start - REACH), -1):
        if doc[at].norm_ not in given_names() or not is_capital(doc[at]) or (at and is_capital(doc[at - 1])):
            continue
        stop = name_after(doc, at)
        official = {token.norm_ for token in doc[max(0, at - 4) : at]} & OFFICES
        if stop - at >= 2 and not official and by_name(doc[at:stop].text) in (wanted, UNKNOWN):
            return replace(mention, nombre=tuple(t.norm_ for t in doc[at:stop] if t.lower_ not in PARTICLES))
    return mention
