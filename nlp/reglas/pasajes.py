"""The passages: every value of the guide's record with the words and the rule behind it."""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Span

from nlp.etiquetas import Pasaje, Puntaje
from nlp.patrones import Hit
from nlp.reglas.actos import Acto, Lectura
from nlp.reglas.victima import reached
from nlp.vocabulario import agresiones_de, clase_de

Cues = Iterable[tuple[str, Hit]]


def _passage(campo: str, valor: str, place: tuple[str, Span], etiqueta: str, regla: str) -> Pasaje:
    """Return the passage of a span in its part, with offsets into the whole text of that part."""
    parte, span = place
    return Pasaje(campo, valor, parte, span.start_char, span.end_char, etiqueta, regla)


def of_acts(modalities: dict[str, list[Acto]]) -> list[Pasaje]:
    """Return the passages of `modalidad`."""
    acts = [acto for found in modalities.values() for acto in found]
    return [_passage("modalidad", a.modalidad, (a.parte, a.hit.span), "acto", a.hit.entrada.regla) for a in acts]


def of_derived(acts: dict[str, list[Acto]], group: str) -> list[Pasaje]:
    """Return the passages of what follows from the acts: `relevante`, `clase` and each kind of `agresion`."""
    firsts = {slug: max(found, key=lambda acto: acto.fuerte) for slug, found in acts.items() if found}
    made = []
    for slug, acto in firsts.items():
        place = (acto.parte, acto.hit.span)
        made += [_passage("agresion", kind, place, slug, "agresion.tabla") for kind in agresiones_de([slug])]
        if clase_de([slug]) == group and not any(one.campo == "clase" for one in made):
            made.append(_passage("clase", group, place, slug, "clase.guia"))
    if firsts:
        best = max(firsts.values(), key=lambda acto: acto.fuerte)
        if not any(one.campo == "clase" for one in made):
            made.append(_passage("clase", group, (best.parte, best.hit.span), best.modalidad, "clase.pesos"))
        made.append(_passage("relevante", "true", (best.parte, best.hit.span), best.modalidad, "relevante.confidence"))
    return made


def of_victims(lectura: Lectura) -> list[Pasaje]:
    """Return the passages of `victima`."""
    return [_passage("victima", m.tipo, (p, m.span), m.modo, m.regla) for p, m in reached(lectura)]


def of_cues(campo: str, valor: str, cues: Cues, regla: str = "") -> list[Pasaje]:
    """Return the passages of a value that rests on words of the lexicon."""
    return [_passage(campo, valor, (p, h.span), campo, regla or h.entrada.regla) for p, h in cues]


def with_scores(passages: Iterable[Pasaje], scores: Iterable[Puntaje]) -> list[Pasaje]:
    """Return the passages with the weights' probability behind the rule, where they decided («modalidad_fisica:12 (0.83)»)."""
    sure = {(one.campo, one.valor): one.probabilidad for one in scores}
    return [
        replace(one, regla=f"{one.regla} ({sure[one.campo, one.valor]:.2f})") if (one.campo, one.valor) in sure else one
        for one in passages
    ]
