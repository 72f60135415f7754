"""`movilizacion`: the case happened before, during or after a demonstration and because of it (guide; lexicon §6)."""

from nlp.patrones import Hit
from nlp.reglas.actos import Lectura


def protests(lectura: Lectura) -> list[tuple[str, Hit]]:
    """Return the words of protest beside the acts or in the headline and lead."""
    found = lectura.hits_of("movilizacion")
    near = {(acto.parte, acto.hit.span[0].sent.start) for acto in lectura.actos}
    return [(parte, hit) for parte, hit in found if parte == "titulo" or (parte, hit.span[0].sent.start) in near]
