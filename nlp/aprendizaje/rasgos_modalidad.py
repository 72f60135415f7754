"""Features of each modality that a note's words propose: how it is told, where, and what else is told beside it."""

import math
from collections import defaultdict

from nlp.aprendizaje.lemas import around, words
from nlp.aprendizaje.lineal import Rasgos, crossed
from nlp.aprendizaje.rasgos_nota import LEAD
from nlp.parsed import sentence_words
from nlp.patrones import Hit
from nlp.pistas import word_set
from nlp.reglas import modalidad, relevante
from nlp.reglas.actos import Acto, Lectura
from nlp.reglas.papeles import has_clitic, is_finite

# words of the sentence that make a harm likelier, or less likely, to be the case's own
CUES = word_set("indicio_de_danio")
AROUND, WEIGHT = 8, 0.3  # tokens beside a harm whose lemmas are weighed, and what each counts


def modality_candidates(lectura: Lectura) -> dict[str, Rasgos]:
    """Return the features of every modality that the note names, whoever it reaches."""
    hits: dict[str, list[tuple[str, Hit]]] = defaultdict(list)
    for parte, hit in lectura.hits_of("modalidad"):
        hits[hit.entrada.valor].append((parte, hit))
    acts: dict[str, list[Acto]] = defaultdict(list)
    for acto in lectura.actos:
        acts[acto.modalidad].append(acto)
    strong = {slug for slug, found in acts.items() if any(acto.fuerte for acto in found)}
    ruled = set(modalidad.modalities(lectura))
    shared = {"confianza": relevante.confidence(lectura)}
    return {
        slug: _features(slug, hits[slug], acts[slug], lectura) | _beside(slug, strong, set(hits)) | _ruled(slug, ruled) | shared
        for slug in hits
    }


def _ruled(slug: str, ruled: set[str]) -> Rasgos:
    return {"regla": 1.0, f"{slug}|regla": 1.0} if slug in ruled else {}


def _features(slug: str, hits: list[tuple[str, Hit]], acts: list[Acto], lectura: Lectura) -> Rasgos:
    own = _counts(hits, acts, lectura) | _manner(acts)
    told = {f"linea:{hit.entrada.regla}": 1.0 for _, hit in hits} | {f"palabra:{hit.span[0].norm_}": 1.0 for _, hit in hits}
    beside = words(set().union(*(around(hit.span, AROUND) for _, hit in hits)), WEIGHT)
    return own | crossed(slug, own | beside) | beside | told | _cues(hits) | {f"es:{slug}": 1.0}


def _counts(hits: list[tuple[str, Hit]], acts: list[Acto], lectura: Lectura) -> Rasgos:
    strong = [acto for acto in acts if acto.fuerte]
    first = min((hit.span.start for parte, hit in hits if parte == "texto"), default=400)
    found = {
        "fuertes": min(3, len(strong)) / 3,
        "fuerte": float(bool(strong)),
        "debiles": min(3, len(acts) - len(strong)) / 3,
        "debil": float(len(acts) > len(strong)),
        "veces": math.log1p(len(hits)),
        "sin lazo": float(not acts),
        "titulo": float(any(parte == "titulo" for parte, _ in hits)),
        "entrada": float(any(parte == "texto" and hit.span.start < LEAD for parte, hit in hits)),
        "lejos": min(first, 400) / 400,
        "general": float(bool(acts) and all(map(modalidad.is_general, acts))),
        "concreto": float(any(map(relevante.is_concrete, strong))),
        "fondo": float(bool(acts) and all(modalidad.is_background(acto, lectura) for acto in acts)),
    }
    return {name: value for name, value in found.items() if value}


def _manner(acts: list[Acto]) -> Rasgos:
    found = {f"{'f' if acto.fuerte else 'd'}:{acto.hit.entrada.tipo}" for acto in acts}
    found |= {f"modo:{acto.mencion.modo}" for acto in acts if acto.fuerte and acto.mencion is not None}
    if any(not acto.fuerte and has_clitic(acto.hit) for acto in acts):
        found.add("pronombre")
    if any(any(map(is_finite, acto.hit.span[:2])) for acto in acts):
        found.add("conjugado")
    return dict.fromkeys(found, 1.0)


def _cues(hits: list[tuple[str, Hit]]) -> Rasgos:
    """Return the share of the sentences that hold each cue."""
    found: Rasgos = defaultdict(float)
    for _, hit in hits:
        for word in CUES & sentence_words(hit.span[0]):
            found[f"junto:{word}"] += 1 / len(hits)
    return dict(found)


def _beside(slug: str, strong: set[str], told: set[str]) -> Rasgos:
    others = strong - {slug}
    found = {"otros fuertes": len(others) / 3, "otros": len(told - {slug}) / 5}
    found |= {f"con:{other}": 1.0 for other in others} | {f"{slug}|con:{other}": 1.0 for other in others}
    return {name: value for name, value in found.items() if value}
