"""The passages: every value of the guide's record with the words and the rule behind it."""

from collections.abc import Iterable

from spacy.tokens import Span

from nlp.etiquetas import Pasaje
from nlp.patrones import Hit
from nlp.reglas.actos import Acto, Lectura
from nlp.reglas.victima import reached

Cues = Iterable[tuple[str, Hit]]


def _passage(campo: str, valor: str, place: tuple[str, Span], etiqueta: str, regla: str) -> Pasaje:
    """Return the passage of a span in its part, with offsets into the whole text of that part."""
    parte, span = place
    return Pasaje(campo, valor, parte, span.start_char, span.end_char, etiqueta, regla)


def of_acts(modalities: dict[str, list[Acto]]) -> list[Pasaje]:
    """Return the passages of `modalidad`."""
    acts = [acto for found in modalities.values() for acto in found]
    return [_passage("modalidad", a.modalidad, (a.parte, a.hit.span), "acto", a.hit.entrada.regla) for a in acts]


def of_victims(lectura: Lectura) -> list[Pasaje]:
    """Return the passages of `victima`."""
    return [_passage("victima", m.tipo, (p, m.span), m.modo, m.regla) for p, m in reached(lectura)]


def of_cues(campo: str, valor: str, cues: Cues, regla: str = "") -> list[Pasaje]:
    """Return the passages of a value that rests on words of the lexicon."""
    return [_passage(campo, valor, (p, h.span), campo, regla or h.entrada.regla) for p, h in cues]
