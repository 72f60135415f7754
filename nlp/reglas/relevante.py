"""`relevante`: whether the note tells a concrete case (guide, "Is it a finding?"), as a sum of reasons for and against.

No single pattern decides: feature openings, pronouns and plain wire style all tell cases. The weights were chosen on half of
the development records and kept coarse; `confianza` is the sum through a logistic curve (not calibrated yet).
"""

import math

from nlp.patrones import Hit
from nlp.reglas.actos import PARTS, Acto, Lectura
from nlp.reglas.menciones import Mencion
from nlp.reglas.modalidad import is_general
from nlp.reglas.papeles import has_clitic

THRESHOLD = 0.4  # confidence from which a note is a finding: a missed attack is worse than a false alarm (design, 9)
BASE = 1.5
FOR = {
    "acto con víctima": 0.35,
    "acto con pronombre": 0.2,
    "acto suelto": 0.1,
    "acto en el título": 0.35,
    "título con víctima": 0.3,
    "víctima con nombre": 1.0,
    "organismo": 0.15,
}
AGAINST = {
    "nombre de acto suelto": 0.25,
    "acto contra otros": 0.25,
    "institucional": 1.0,
    "memoria": 0.8,
    "ficcion": 1.05,
    "deporte": 0.35,
    "accidente": 0.6,
    "comun": 1.0,
    "fuente": 0.2,
}
MOST = 3  # times that a reason counts


def reasons(lectura: Lectura) -> dict[str, int]:
    """Return how often each reason for or against is found, `MOST` at most."""
    strong = [acto for acto in lectura.fuertes if is_concrete(acto)]
    weak = [acto for acto in lectura.actos if not acto.fuerte]
    nominal = [acto for acto in weak if acto.hit.entrada.tipo in ("nombre", "nombre_de")]
    clitic = [acto for acto in weak if has_clitic(acto.hit)]
    harms = lectura.hits_of("modalidad")
    counts = {
        "acto con víctima": sum(_of_person(acto) and not is_general(acto) for acto in strong),
        "acto con pronombre": len(clitic),
        "acto suelto": sum(acto not in clitic and acto not in nominal for acto in weak),
        "acto en el título": int(any(parte == "titulo" for parte, _ in harms)),
        "título con víctima": int(any(acto.parte == "titulo" for acto in strong)),
        "víctima con nombre": int(any(mention.nombre for mention in people(lectura))),
        "nombre de acto suelto": len(nominal),
        "acto contra otros": min(5, len(harms) - len(lectura.actos)),
    }
    counts |= {kind: len(_words(lectura, kind)) for kind in (*list(AGAINST)[2:], "organismo")}
    return {reason: min(count, 5 if reason == "acto contra otros" else MOST) for reason, count in counts.items()}


def _words(lectura: Lectura, kind: str) -> set[str]:
    return {hit.span[0].norm_ for _, hit in lectura.hits_of("relevante", kind)}


def people(lectura: Lectura) -> list[Mencion]:
    """Return the mentions of people: role nouns, the outlet's own voice, names told before."""
    return [m for parte in PARTS for m in lectura.menciones[parte] if m.modo in ("persona", "propio", "nombre")]


def is_concrete(acto: Acto) -> bool:
    """Say whether the patient is somebody, not a class of people («los periodistas»)."""
    mention = acto.mencion
    if mention is None:
        return False
    generic = mention.head.norm_.endswith("s") and not mention.nombre and mention.span[0].norm_ in ("los", "las", mention.head.norm_)
    return not (generic and acto.hit.entrada.tipo in ("nombre", "nombre_de"))


def _of_person(acto: Acto) -> bool:
    return acto.mencion is not None and acto.mencion.modo in ("persona", "propio", "nombre")


def tells_something(lectura: Lectura) -> bool:
    """Say whether there is both a harm or a danger and somebody whom it may reach: without them nothing is weighed."""
    somebody = any(lectura.menciones[parte] for parte in PARTS)
    return somebody and bool(lectura.actos or lectura.hits_of("riesgo"))


def confidence(lectura: Lectura) -> float:
    """Return 0–1: how sure the rules are that the note tells a case."""
    if not tells_something(lectura):
        return 0.0
    found = reasons(lectura)
    points = BASE + sum(weight * found[reason] for reason, weight in FOR.items())
    points -= sum(weight * found[reason] for reason, weight in AGAINST.items())
    return 1 / (1 + math.exp(-points))


def cues(lectura: Lectura) -> list[tuple[str, Hit]]:
    """Return the words of organisms that watch over press and defenders: what `relevante` rests on beside the acts."""
    return lectura.hits_of("relevante", "organismo")
