"""`relevante`: whether the note tells a concrete case (guide, "Is it a finding?"), as a sum of reasons for and against.

No single pattern decides: feature openings, pronouns and plain wire style all tell cases. The weights were chosen on half of
the development records and kept coarse; `confianza` is the sum through a logistic curve (not calibrated yet).
"""

import math

from nlp.patrones import Hit
from nlp.reglas.actos import FOCUS, PARTS, Acto, Lectura
from nlp.reglas.menciones import Mencion, is_capital
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
    "título ajeno": 2.0,
    "título con otra víctima": 1.5,
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
DENSE = 1.5  # harms a hundred words from which a note is about harm
UNTIED = 0.7  # taken off where no sentence ties harm and person
KINDS = ("institucional", "memoria", "ficcion", "deporte", "accidente", "comun", "fuente")
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
    counts["título ajeno"] = int(
        any(p == "titulo" for kind in ("comun", "ficcion", "deporte") for p, _ in lectura.hits_of("relevante", kind))
    )
    counts["título con otra víctima"] = int(_headline_of_others(lectura))
    counts |= {kind: len(_words(lectura, kind)) for kind in (*KINDS, "organismo")}
    return {reason: min(count, 5 if reason == "acto contra otros" else MOST) for reason, count in counts.items()}


def _headline_of_others(lectura: Lectura) -> bool:
    """Say whether the headline tells a harm to others («Emboscan a policías») and none to a victim."""
    linked = {acto.hit.span.start for acto in lectura.actos if acto.parte == "titulo"}
    harms = [h for p, h in lectura.hits_of("modalidad") if p == "titulo" and h.entrada.tipo == "acto"]
    taken = {m.start for m in lectura.menciones["titulo"]} | {m.head.i for m in lectura.menciones["titulo"]}
    others = [h for h in harms if h.span.start not in linked and _object_of(h, taken)]
    return bool(others) and not linked


def _object_of(hit: Hit, taken: set[int]) -> bool:
    """Say whether a verb's object with «a» is none of the tokens in `taken` (victims) nor next to one."""
    doc = hit.span.doc
    after = [k for k in range(hit.span.end, min(len(doc), hit.span.end + 5)) if doc[k].norm_ in ("a", "al")]
    return bool(after) and not any(k in taken for k in range(after[0], min(len(doc), after[0] + 5)))


def _words(lectura: Lectura, kind: str) -> set[str]:
    """Return the distinct words of a kind; a capital inside a sentence is a name («Martín Carrera»), save for organisms."""
    hits = [hit for _, hit in lectura.hits_of("relevante", kind)]
    return {h.span[0].norm_ for h in hits if kind == "organismo" or h.span[0].is_sent_start or not is_capital(h.span[0])}


def people(lectura: Lectura) -> list[Mencion]:
    """Return the mentions of somebody in particular: role nouns, the outlet's own voice, names told before."""
    return [m for parte in PARTS for m in lectura.menciones[parte] if m.modo in FOCUS and m.concreta]


def is_concrete(acto: Acto) -> bool:
    """Say whether the patient is somebody, not a class of people («agresiones contra periodistas»)."""
    return acto.mencion is not None and acto.mencion.concreta


def _of_person(acto: Acto) -> bool:
    return acto.mencion is not None and acto.mencion.modo in ("persona", "propio", "nombre")


def tells_something(lectura: Lectura) -> bool:
    """Say whether a harm or a danger is tied to somebody in particular: without that nothing is weighed."""
    told = [a for a in lectura.actos if (is_concrete(a) if a.fuerte else a.hit.entrada.tipo in ("acto", "suceso"))]
    named = any(mention.nombre for mention in people(lectura))
    headline = named and any(parte == "titulo" for parte, _ in lectura.hits_of("modalidad"))
    tied = bool(people(lectura) and (told or headline or danger(lectura)))
    return tied or any(a.fuerte and is_concrete(a) for a in told)


def is_dense(lectura: Lectura) -> bool:
    """Say whether the note is about harm from end to end and tells a person, though no sentence ties the two."""
    harms = len({(parte, hit.span.start) for parte, hit in lectura.hits_of("modalidad")})
    somebody = any(m.modo in (*FOCUS, "posible") for parte in PARTS for m in lectura.menciones[parte])
    return somebody and harms >= 2 and 100 * harms >= DENSE * max(60, len(lectura.parsed.texto))


def danger(lectura: Lectura) -> list[tuple[str, Hit]]:
    """Return the words of a danger without assault («pide protección») in a sentence that tells a person."""
    told = {(parte, m.head.sent.start) for parte in PARTS for m in lectura.menciones[parte] if m.modo != "medio"}
    return [(parte, hit) for parte, hit in lectura.hits_of("riesgo") if (parte, hit.span[0].sent.start) in told]


def confidence(lectura: Lectura) -> float:
    """Return 0–1: how sure the rules are that the note tells a case."""
    tied = tells_something(lectura)
    if not tied and not is_dense(lectura):
        return 0.0
    found = reasons(lectura)
    points = BASE + sum(weight * found[reason] for reason, weight in FOR.items())
    points -= sum(weight * found[reason] for reason, weight in AGAINST.items())
    return 1 / (1 + math.exp(-points + (0 if tied else UNTIED)))


def cues(lectura: Lectura) -> list[tuple[str, Hit]]:
    """Return the words of organisms that watch over press and defenders: what `relevante` rests on beside the acts."""
    return lectura.hits_of("relevante", "organismo")
