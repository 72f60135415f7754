"""`relevante`: whether the note tells a concrete case (guide, "Is it a finding?"), as a sum of reasons for and against.

No single pattern decides: feature openings, pronouns and plain wire style all tell cases. The weights are log-odds fitted on
the project's annotated notes (signs fixed beforehand) and kept coarse; their sum through a
logistic curve is one feature among many: the learned weights (`nlp.aprendizaje`) decide.
"""

import math

from nlp.patrones import Hit
from nlp.reglas.actos import FOCUS, PARTS, Acto, Lectura, once
from nlp.reglas.mencion import Mencion
from nlp.reglas.modalidad import is_general
from nlp.reglas.papeles import PASSIVE, has_clitic, is_finite
from nlp.reglas.razones import by_own_deed, headline_of_doer, headline_of_others, topics

BASE = 0.25
FOR = {
    "acto con víctima": 0.8,
    "acto con pronombre": 0.4,
    "acto suelto": 0.15,
    "acto de grupo": 0.7,
    "acto en el título": 0.75,
    "acto en la entrada": 1.0,
    "título con víctima": 0.25,
    "persona en el título": 0.1,
    "víctima con nombre": 0.7,
    "organismo": 0.1,
    "peligro": 0.7,
    "denso": 0.5,
    "labor": 0.25,
}
AGAINST = {
    "título ajeno": 1.4,
    "título con otra víctima": 0.85,
    "víctima que agrede": 0.5,
    "título de quien agrede": 3.5,
    "acto contra otros": 0.65,
    "institucional": 0.65,
    "memoria": 0.95,
    "ficcion": 1.3,
    "deporte": 0.6,
    "accidente": 0.4,
    "comun": 0.8,
    "fuente": 0.6,
    "sin lazo": 1.0,
}
KINDS = ("institucional", "memoria", "ficcion", "deporte", "accidente", "comun", "fuente")
DENSE = 1.5  # harms a hundred words from which a note is about harm
LEAD = 60  # tokens of the text that count as its lead
FIRST = 25  # … and in which an outlet or a group must be told to be what the note is about
MOST = 3  # times that a reason counts


@once
def reasons(lectura: Lectura) -> dict[str, int]:
    """Return how often each reason for or against is found, `MOST` at most."""
    counts = _of_acts(lectura) | _of_people(lectura) | topics(lectura, KINDS)
    counts["organismo"] = len({hit.span[0].norm_ for _, hit in lectura.hits_of("relevante", "organismo")})
    counts["peligro"] = len(danger(lectura))
    counts["labor"] = len(lectura.hits_of("vinculo"))
    counts["denso"] = int(is_dense(lectura))
    counts["sin lazo"] = int(not tells_something(lectura))
    return {reason: min(count, 5 if reason == "acto contra otros" else MOST) for reason, count in counts.items()}


def _of_acts(lectura: Lectura) -> dict[str, int]:
    strong = [acto for acto in lectura.fuertes if is_concrete(acto) and not is_general(acto)]
    weak = [acto for acto in lectura.actos if not acto.fuerte]
    nominal = [acto for acto in weak if acto.hit.entrada.tipo in ("nombre", "nombre_de")]
    clitic = [acto for acto in weak if has_clitic(acto.hit)]
    harms = lectura.hits_of("modalidad")
    return {
        "acto con víctima": sum(map(_of_person, strong)),
        "acto de grupo": sum(not _of_person(acto) for acto in strong),
        "acto con pronombre": len(clitic),
        "acto suelto": sum(acto not in clitic and acto not in nominal for acto in weak),
        "acto contra otros": len(harms) - len(lectura.actos),
        "acto en el título": int(any(parte == "titulo" for parte, _ in harms)),
        "acto en la entrada": int(any(_leads(acto.parte, acto.hit.span.start) for acto in lectura.actos)),
        "título con víctima": int(any(acto.parte == "titulo" for acto in strong)),
        "título con otra víctima": int(headline_of_others(lectura)),
        "título de quien agrede": int(headline_of_doer(lectura)),
        "víctima que agrede": len({m.start for m, _ in lectura.agentes if m.concreta}) + sum(map(by_own_deed, strong)),
    }


def _of_people(lectura: Lectura) -> dict[str, int]:
    told = people(lectura)
    return {
        "víctima con nombre": int(any(mention.nombre for mention in told)),
        "persona en el título": int(any(m in lectura.menciones["titulo"] for m in told)),
    }


def _leads(parte: str, at: int) -> bool:
    return parte == "texto" and at < LEAD


@once
def people(lectura: Lectura) -> list[Mencion]:
    """Return the mentions of somebody in particular: role nouns, the outlet's own voice, names told before."""
    return [m for parte in PARTS for m in lectura.menciones[parte] if m.modo in FOCUS and m.concreta]


def is_concrete(acto: Acto) -> bool:
    """Say whether the patient is somebody, not a class of people («agresiones contra periodistas»).

    A plural without number is somebody where a verb tells the harm as done («gasearon a observadoras»).
    """
    if acto.mencion is None or acto.mencion.modo == "posible":
        return False
    verb = acto.hit.span[0]
    done = any(map(is_finite, acto.hit.span[:2])) or (verb.i > 0 and verb.nbor(-1).norm_ in PASSIVE)
    return acto.mencion.concreta or (acto.mencion.modo in ("persona", "medio") and done)


def _of_person(acto: Acto) -> bool:
    return acto.mencion is not None and acto.mencion.modo in FOCUS


@once
def tells_something(lectura: Lectura) -> bool:
    """Say whether a harm or a danger is tied to somebody in particular."""
    told = [a for a in lectura.actos if (is_concrete(a) if a.fuerte else a.hit.entrada.tipo in ("acto", "suceso"))]
    named = any(mention.nombre for mention in people(lectura))
    headline = named and any(parte == "titulo" for parte, _ in lectura.hits_of("modalidad"))
    tied = bool(people(lectura) and (told or headline or danger(lectura)))
    return tied or any(a.fuerte for a in told)


def may_tell(lectura: Lectura) -> bool:
    """Say whether the note is worth weighing: it tells somebody in particular and some harm or danger."""
    groups = [m for p in PARTS for m in lectura.menciones[p] if m.modo in ("colectivo", "medio") and m.start < FIRST]
    somebody = people(lectura) or any(mention.concreta for mention in groups)
    return tells_something(lectura) or bool(somebody and (lectura.hits_of("modalidad") or lectura.hits_of("riesgo")))


def is_dense(lectura: Lectura) -> bool:
    """Say whether the note is about harm from end to end."""
    harms = {(parte, hit.span.start) for parte, hit in lectura.hits_of("modalidad")}
    return len(harms) >= 2 and 100 * len(harms) >= DENSE * max(60, len(lectura.parsed.texto))


@once
def danger(lectura: Lectura) -> list[tuple[str, Hit]]:
    """Return the words of a danger without assault («pide protección») in a sentence that tells a person."""
    told = {(parte, m.head.sent.start) for parte in PARTS for m in lectura.menciones[parte] if m.modo != "medio"}
    return [(parte, hit) for parte, hit in lectura.hits_of("riesgo") if (parte, hit.span[0].sent.start) in told]


@once
def confidence(lectura: Lectura) -> float:
    """Return 0–1: how sure the rules are that the note tells a case."""
    if not may_tell(lectura):
        return 0.0
    found = reasons(lectura)
    points = BASE + sum(weight * found[reason] for reason, weight in FOR.items())
    points -= sum(weight * found[reason] for reason, weight in AGAINST.items())
    return 1 / (1 + math.exp(-points))
