"""`relevante`: whether the note tells a concrete case (guide, "Is it a finding?"), as a score of reasons for and against."""

from nlp.reglas.actos import Acto, Lectura
from nlp.reglas.modalidad import is_general

THRESHOLD = 1.0


def score(lectura: Lectura) -> float:
    """Return the weight of evidence: about 1 for one clear act against a victim, more for more, less for a report's words."""
    strong = [acto for acto in lectura.fuertes if _concrete(acto)]
    points = sum(_weight(acto) for acto in strong[:6])
    weak = [acto for acto in lectura.actos if not acto.fuerte and acto.hit.entrada.tipo != "nombre"]
    people = [m for part in lectura.menciones.values() for m in part if m.modo in ("persona", "propio")]
    if people:
        points += min(len(weak), 4) * 0.2
        points += 0.6 * bool(lectura.hits_of("riesgo"))
    points -= 0.5 * len(lectura.agentes)
    reports = {hit.span[0].norm_ for _, hit in lectura.hits_of("relevante", "contra")}
    return points - 0.2 * min(len(reports), 5)


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
