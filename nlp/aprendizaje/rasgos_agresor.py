"""Features of each kind of aggressor: how surely the rules take its words for the doer's, and which words they are."""

from collections import defaultdict

from nlp.aprendizaje.lineal import Rasgos, crossed
from nlp.aprendizaje.rasgos_nota import LEAD
from nlp.patrones import Hit
from nlp.reglas.actos import Lectura
from nlp.reglas.agresor import actors, candidates, np_start, preposition
from nlp.vocabulario import Agresor

TOP = 3  # the surest score of the rules


def aggressor_candidates(lectura: Lectura) -> dict[str, Rasgos]:
    """Return the features of all five kinds, told or not (`no_identificado` is also what stands when none is told)."""
    words: dict[str, set[str]] = defaultdict(set)
    for parte, hit in lectura.hits_of("agresor"):
        words[hit.entrada.valor] |= _of_words(parte, hit)
    scores: dict[str, list[int]] = defaultdict(list)
    for score, _, hit in candidates(lectura):
        scores[hit.entrada.valor].append(score)
    ruled = set(actors(lectura)) or {str(Agresor.NO_IDENTIFICADO)}
    acts = {f"acto:{acto.modalidad}": 1.0 for acto in lectura.fuertes}
    return {str(kind): _features(str(kind), words[kind], scores, ruled) | crossed(str(kind), acts) for kind in Agresor}


def _of_words(parte: str, hit: Hit) -> set[str]:
    root = hit.span.root
    part, governor = root.dep_.split(":")[0], root.head.lemma_.lower()
    found = {
        "dicho",
        f"linea:{hit.entrada.regla}",
        f"palabra:{hit.span[0].norm_}",
        f"palabras:{hit.span.text.lower()}",
        f"dep:{part}",
        f"de:{governor}",
    }
    found |= {f"dep:{part}>{governor}", f"prep:{preposition(hit.span.doc, np_start(hit.span.doc, hit.span.start))}"}
    if parte == "titulo" or hit.span.start < LEAD:
        found.add("titulo" if parte == "titulo" else "entrada")
    return found


def _features(kind: str, words: set[str], scores: dict[str, list[int]], ruled: set[str]) -> Rasgos:
    own = scores.get(kind, [])
    best = max((max(values) for values in scores.values()), default=0)
    general: Rasgos = {name: 1.0 for name in ("dicho", "titulo", "entrada") if name in words}
    general |= {f"seguro:{score}": 1.0 for score in own} | {"suma": min(3.0, sum(own) / TOP)}
    general |= {"mayor": max(own, default=0) / TOP, "el mayor": float(best > 0 and max(own, default=0) == best)}
    general |= {"regla": float(kind in ruled), "nadie": float(not best)}
    others: Rasgos = {f"otro:{other}": 1.0 for other in ruled - {kind}} | {"otros": len(ruled) / TOP}
    others |= {f"otro:{other}:{max(values)}": 1.0 for other, values in scores.items() if other != kind and values}
    general = {name: value for name, value in general.items() if value}
    return general | crossed(kind, general | others | dict.fromkeys(words, 1.0))
