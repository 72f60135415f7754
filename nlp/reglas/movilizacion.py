"""`movilizacion`: the case happened before, during or after a demonstration and because of it (guide; lexicon §6)."""

from nlp.patrones import Hit
from nlp.reglas.actos import Lectura

NEAR = 30  # tokens from an act to a word of protest
LEAD = 50  # tokens of the text that count as its lead


def protests(lectura: Lectura) -> list[tuple[str, Hit]]:
    """Return the words of protest in the headline, the lead or beside an act."""
    places = [(acto.parte, acto.hit.span.start) for acto in lectura.actos]
    return [
        (parte, hit)
        for parte, hit in lectura.hits_of("movilizacion")
        if parte == "titulo"
        or hit.span.start < LEAD
        or any(parte == part and abs(hit.span.start - place) <= NEAR for part, place in places)
    ]
