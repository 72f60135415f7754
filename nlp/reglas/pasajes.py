"""The passages: every value of the guide's record with the words and the rule behind it."""

from collections.abc import Iterable

from nlp.etiquetas import Pasaje
from nlp.parsed import passage
from nlp.patrones import Hit
from nlp.reglas.actos import Acto, Lectura
from nlp.reglas.victima import reached

Cues = Iterable[tuple[str, Hit]]


def of_acts(modalities: dict[str, list[Acto]]) -> list[Pasaje]:
    """Return the passages of `modalidad`."""
    acts = [acto for found in modalities.values() for acto in found]
    return [passage("modalidad", a.modalidad, a.parte, a.hit.span, etiqueta="acto", regla=a.hit.entrada.regla) for a in acts]


def of_victims(lectura: Lectura) -> list[Pasaje]:
    """Return the passages of `victima`."""
    return [passage("victima", m.tipo, p, m.span, etiqueta=m.modo, regla=m.regla) for p, m in reached(lectura)]


def of_cues(campo: str, valor: str, cues: Cues, regla: str = "") -> list[Pasaje]:
    """Return the passages of a value that rests on words of the lexicon."""
    return [passage(campo, valor, p, h.span, etiqueta=campo, regla=regla or h.entrada.regla) for p, h in cues]
