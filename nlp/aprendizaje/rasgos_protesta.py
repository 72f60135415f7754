"""Features of the protests that a note tells: whether the case happens in one, or the note only speaks of one."""

from collections import defaultdict

from nlp.aprendizaje.lineal import Rasgos
from nlp.aprendizaje.rasgos_nota import LEAD
from nlp.patrones import Hit
from nlp.reglas.actos import Lectura

NEAR = (4, 8, 16)  # tokens from a protest to an act of its sentence
MOST = 5  # protests that count
NONE = 2.0  # weight of there being none, beside the many words
Acto = tuple[int, bool]  # where an act begins, and whether its patient is told beside it


def protest_features(lectura: Lectura) -> Rasgos:
    """Return how each protest is told: where, after which words, and beside which acts."""
    acts: dict[tuple[str, int], list[Acto]] = defaultdict(list)
    for acto in lectura.actos:
        acts[acto.parte, acto.hit.span[0].sent.start].append((acto.hit.span.start, acto.fuerte))
    told = lectura.hits_of("movilizacion")
    if not told:
        return {"p:ninguna": NONE}
    found: set[str] = set()
    for parte, hit in told:
        found |= _of_protest(parte, hit, acts.get((parte, hit.span[0].sent.start), []))
    return dict.fromkeys(found, 1.0) | {"p:cuantas": min(MOST, len(told)) / 2}


def _of_protest(parte: str, hit: Hit, acts: list[Acto]) -> set[str]:
    doc, start, root = hit.span.doc, hit.span.start, hit.span.root
    place = "titulo" if parte == "titulo" else "entrada" if start < LEAD else "cuerpo"
    tie = "acto" if any(strong for _, strong in acts) else "debil" if acts else "nada"
    word, before = hit.span[0].norm_, [token.norm_ for token in doc[max(hit.span[0].sent.start, start - 2) : start]]
    found = {f"p:{word}", f"p:{tie}", f"p:{tie}:{place}", f"p:{word}:{tie}", f"p:dep:{root.dep_}"}
    found.add(f"p:rige:{root.head.lemma_.lower()}")
    if before:
        found |= {f"p:previa:{before[-1]}", f"p:previas:{' '.join(before)}", f"p:previa:{before[-1]}:{tie}"}
    if acts:
        gap = min(abs(at - start) for at, _ in acts)
        found.add(f"p:lejos:{sum(gap > limit for limit in NEAR)}")
    return found
