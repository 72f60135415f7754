"""`victima`: journalist, defender or both, from the mentions that acts reach."""

from nlp.reglas.actos import PARTS, Lectura
from nlp.reglas.mencion import Mencion
from nlp.vocabulario import Victima


def reached(lectura: Lectura) -> list[tuple[str, Mencion]]:
    """Return the mentions that acts reach, with their parts; without any, those of the headline, then of the text."""
    found = [(acto.parte, acto.mencion) for acto in lectura.fuertes if acto.mencion is not None]
    if found:
        return found
    return [(p, m) for p in PARTS for m in lectura.menciones[p] if m.modo in ("persona", "propio")][:1]


def kinds(lectura: Lectura) -> tuple[str, ...]:
    """Return the list `victima` in the vocabulary's order."""
    found = {mention.tipo for _, mention in reached(lectura)}
    return tuple(str(kind) for kind in Victima if kind in found)
