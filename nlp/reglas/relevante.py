"""`relevante`: whether the note tells a concrete case (guide, "Is it a finding?"), as a score of reasons for and against."""

from nlp.reglas.actos import Acto, Lectura
from nlp.reglas.modalidad import is_general
from nlp.reglas.papeles import has_clitic

THRESHOLD = 1.0


def score(lectura: Lectura) -> float:
    """Return the weight of evidence: about 1 for one clear act against a victim, more for more, less for a report's words."""
    people = [m for part in lectura.menciones.values() for m in part if m.modo in ("persona", "propio", "nombre")]
    groups = [m for part in lectura.menciones.values() for m in part if m.modo in ("colectivo", "medio")]
    points = _diminishing([_weight(acto) for acto in lectura.fuertes if _concrete(acto)], 0.4)
    if people:
        points += _diminishing([_weak_weight(acto) for acto in lectura.actos if not acto.fuerte], 0.5)
        points += 0.3 * any(m.modo != "nombre" for m in lectura.menciones["titulo"])
        points += 0.2 * bool(lectura.hits_of("vinculo", "confirmado")) + 0.4 * bool(lectura.hits_of("riesgo"))
        points += 0.3 * any(h.entrada.campo == "modalidad" for h in lectura.hits["titulo"])
        points += 0.3 * any(m.nombre for m in people)
    elif groups:
        points += 0.4 * _diminishing([_weak_weight(acto) for acto in lectura.actos if not acto.fuerte], 0.5)
    return points - min(1.5, 0.3 * len(lectura.agentes)) - _report_penalty(lectura)


def _report_penalty(lectura: Lectura) -> float:
    words = {hit.span[0].norm_ for _, hit in lectura.hits_of("relevante", "contra")}
    title = [hit for parte, hit in lectura.hits_of("relevante", "contra") if parte == "titulo"]
    return 0.15 * min(len(words), 4) + 0.4 * bool(title)


def _diminishing(weights: list[float], factor: float) -> float:
    """Add up weights, largest first, each counted less than the one before."""
    return sum(weight * factor**k for k, weight in enumerate(sorted(weights, reverse=True)[:5]))


def _weak_weight(acto: Acto) -> float:
    if acto.hit.entrada.tipo in ("nombre", "nombre_de"):
        return 0.2
    return 0.5 if has_clitic(acto.hit) else 0.35


def _concrete(acto: Acto) -> bool:
    """Say whether the patient is somebody: a person, a group or an outlet told of one by one, not «los periodistas»."""
    mention = acto.mencion
    if mention is None:
        return False
    generic = mention.head.norm_.endswith("s") and not mention.nombre and mention.span[0].norm_ in ("los", "las", "a", "periodistas")
    return not (generic and acto.hit.entrada.tipo in ("nombre", "nombre_de"))


def _weight(acto: Acto) -> float:
    mode = acto.mencion.modo if acto.mencion else ""
    base = 1.0 if mode in ("persona", "propio", "nombre") else 0.6
    return base * (1.2 if acto.parte == "titulo" else 1.0) * (0.8 if is_general(acto) else 1.0)


def is_relevant(lectura: Lectura) -> bool:
    """Say whether the note is a finding."""
    return score(lectura) >= THRESHOLD
