"""`nota`: whether a finding is news of the case or a later stage of it."""

from nlp.patrones import Hit
from nlp.reglas.actos import Lectura
from nlp.vocabulario import TipoNota


def follow_ups(lectura: Lectura) -> list[tuple[str, Hit]]:
    """Return the cues of a later stage (arrest, trial, sentence, anniversary)."""
    return lectura.hits_of("nota", "seguimiento")


def kind(lectura: Lectura) -> str:
    """Return `hecho_nuevo` or `seguimiento`: a cue in the headline or the first sentence, or two in the text."""
    cues = follow_ups(lectura)
    first = [hit for parte, hit in cues if parte == "titulo" or hit.span.start < 60]
    headline = any(parte == "titulo" for parte, _ in cues)
    return str(TipoNota.SEGUIMIENTO if headline or (first and len(cues) > 1) else TipoNota.HECHO_NUEVO)
