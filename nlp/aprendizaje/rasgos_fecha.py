"""Features of each day that a note tells: is it the day of the event, or of a complaint, a trial, another case."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nlp.aprendizaje.lemas import around, words
from nlp.aprendizaje.lineal import Rasgos
from nlp.aprendizaje.rasgos_mencion import SCALE, mention_features
from nlp.escena import Escena, scenes
from nlp.expresiones import Expresion, find_days
from nlp.indicios_fecha import Caso, case_of, is_act, points
from nlp.parsed import Anchor, Parsed
from nlp.plegado import even_fold

AGO = (0, 1, 3, 7, 30, 364)  # days before publication
MOST = 5  # days or mentions that count as many
AROUND, WEIGHT = 15, 0.5  # tokens beside a day whose lemmas are weighed, and what each counts
READ = 3  # mentions of a day whose words are read
DIFFUSE = frozenset({"espionaje", "desplazamiento", "estigmatizacion", "ataque_digital", "hostigamiento"})
_TITLES = {
    "exige": re.compile(r"\b(?:exig|pid|demand|reclam|march|protest|denunci|acus|llam|urg|solicit|condena[nr]?\b)"),
    "hallan": re.compile(r"\b(?:hall|encuentr|localiz|re?aparec|muert|sin vida)"),
    "liberan": re.compile(r"\b(?:liber|libre|sale|salen|absuel|excarcel|recobr)"),
    "detienen": re.compile(r"\b(?:detien|captur|cae|vincul|imput|process|sentenc)"),
}


@dataclass(frozen=True)
class Mencion:
    """An expression of a day where it stands, with the rules' score."""

    escena: Escena
    expresion: Expresion
    puntos: float


@dataclass(frozen=True)
class Candidato:
    """A day that a note tells, None for one that contradicts itself; its mentions, the rules' best first."""

    dia: date | None
    menciones: tuple[Mencion, ...]


def date_candidates(
    parsed: Parsed, anchors: Sequence[Anchor], published: date, without: date | None = None
) -> list[tuple[Candidato, Rasgos]]:
    """Return each distinct day that a note tells with its features; `without` leaves one day out, as if it were not told."""
    case = case_of(parsed, anchors, published)
    days: dict[date | None, list[Mencion]] = defaultdict(list)
    for scene in scenes(parsed, anchors):
        for one in find_days(scene.text, published):
            if not _is_ahead(scene, one) and (one.dia is None or one.dia != without):
                days[one.dia].append(Mencion(scene, one, points(scene, one, case)))
    found = [Candidato(day, tuple(sorted(told, key=lambda mention: -mention.puntos))) for day, told in days.items()]
    whole = dict.fromkeys(_of_case(case, parsed), 1.0)
    return [(one, _of_mentions(one, case) | _of_day(one, case) | _beside(one, found) | whole) for one in found]


def date_examples(
    parsed: Parsed, anchors: Sequence[Anchor], published: date, gold: date | None
) -> Iterator[tuple[Rasgos, bool]]:
    """Yield every day of a note as an example; then the other days once more, as they look where the event's is not told."""
    found = date_candidates(parsed, anchors, published)
    yield from ((features, one.dia == gold) for one, features in found if one.dia is not None)
    if gold is not None and any(one.dia == gold for one, _ in found):
        rest = date_candidates(parsed, anchors, published, gold)
        yield from ((features, False) for one, features in rest if one.dia is not None)


def _is_ahead(scene: Escena, one: Expresion) -> bool:
    """Tell a weekday still to come ("el viernes habrá una reunión")."""
    governor = scene.governor(one.span)
    return one.clase in ("semana", "suelta", "relativa") and governor is not None and "Fut" in governor.morph.get("Tense", [])


def _of_case(case: Caso, parsed: Parsed) -> set[str]:
    """Return what the whole note is about: its harms, what its headline does."""
    title = even_fold(parsed.textos["titulo"])
    found = set(case.modalidades) | {name for name, pattern in _TITLES.items() if pattern.search(title)}
    found |= {"difuso"} if case.modalidades and case.modalidades <= DIFFUSE else set()
    found |= {"seguimiento"} if case.follow_up else set()
    return {f"caso:{name}" for name in found | ({"institucional"} if case.institutional else set())}


def _of_mentions(one: Candidato, case: Caso) -> Rasgos:
    """Return the features of the rules' best mention, and apart (`~`) those that any mention has."""
    told = [mention_features(m.escena, m.expresion, m.puntos, case) for m in one.menciones]
    found = dict(told[0]) | _around(one.menciones[0])
    for features in reversed(told):
        found |= {f"{name}~": value for name, value in features.items()}
    for mention in one.menciones[1:READ]:
        found |= {f"{name}~": value for name, value in _around(mention).items()}
    return found


def _around(mention: Mencion) -> Rasgos:
    """Return the lemmas beside a mention."""
    span = mention.escena.doc.char_span(*mention.expresion.span, alignment_mode="expand")
    return words(around(span, AROUND), WEIGHT) if span is not None and len(span) else {}


def _of_day(one: Candidato, case: Caso) -> Rasgos:
    found: Rasgos = {"veces": min(MOST, len(one.menciones)) / MOST}
    if one.dia is not None:
        back = (case.published - one.dia).days
        same_day = (one.dia.month, one.dia.day) == (case.published.month, case.published.day)
        found[f"hace:{sum(back > limit for limit in AGO)}"] = 1.0
        found["otro anio"] = float(one.dia.year != case.published.year)
        found["aniversario"] = float(back > AGO[-1] and same_day)
    return {name: value for name, value in found.items() if value}


def _beside(one: Candidato, all_of: Sequence[Candidato]) -> Rasgos:
    """Return how the day stands among the others."""
    others = [other for other in all_of if other is not one]
    best = one.menciones[0].puntos
    rival = max((other.menciones[0].puntos for other in others), default=0.0)
    found: Rasgos = {"dias": min(MOST, len(others)) / MOST, "solo": float(not others)}
    found |= {"ventaja": max(-1.0, min(1.0, (best - rival) / SCALE)), "mejor": float(best >= rival)}
    known = [other.dia for other in others if other.dia is not None]
    if known and one.dia is not None:
        found |= {"mas antiguo": float(one.dia < min(known)), "mas reciente": float(one.dia > max(known))}
    found["primero"] = float(all(_order(one) <= _order(other) for other in others))
    found["otro rige"] = float(not _is_ruled(one) and any(map(_is_ruled, others)))
    return {name: value for name, value in found.items() if value}


def _order(one: Candidato) -> tuple[bool, int]:
    """Return where the day is first told, the text before the headline."""
    return min((mention.escena.parte != "texto", mention.expresion.inicio) for mention in one.menciones)


def _is_ruled(one: Candidato) -> bool:
    """Tell whether a mention of the day hangs on the word of an act."""
    return any(is_act(mention.escena, mention.escena.governor(mention.expresion.span)) for mention in one.menciones)
