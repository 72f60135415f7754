"""The day of the event (guide, `fecha_hecho`): among the days that a note tells, the likeliest by learned weights.

Days of a complaint, statement, protest, trial or anniversary are told beside it, often alone. Where no day is likely enough
there is none: better none than an invented one.
"""

import re
from collections.abc import Sequence
from datetime import date

from nlp.aprendizaje.lineal import Lineal
from nlp.aprendizaje.rasgos_fecha import Candidato, Mencion, date_candidates
from nlp.aprendizaje.rasgos_mencion import SCALE
from nlp.escena import Escena, gap
from nlp.etiquetas import Pasaje
from nlp.expresiones import Expresion
from nlp.horas import Hora, find_hours
from nlp.parsed import Anchor, Parsed

RULE = "fechas"
RULES_ALONE = Lineal(-2.6, {"puntos": 2 * SCALE})  # weighs the score of the rules and nothing else: from 1.3 points on


def _passage(scene: Escena, found: Expresion | Hora, campo: str, valor: str) -> Pasaje:
    return Pasaje(campo, valor, scene.parte, found.inicio, found.fin, scene.text[found.inicio : found.fin], RULE)


def _hour(chosen: Mencion) -> tuple[str | None, tuple[Pasaje, ...]]:
    """Return the hour told in the sentence of the chosen day, or in that of an act."""
    scene, span = chosen.escena, chosen.expresion.span
    homes = {scene.index(span[0])} | {scene.index(act[0]) for act in scene.acts}
    hours = [one for one in find_hours(scene.text) if scene.index(one.inicio) in homes]
    if not hours:
        return None, ()
    best = min(hours, key=lambda one: gap((one.inicio, one.fin), span))
    return best.hora, (_passage(scene, best, "hora_hecho", best.hora),)


def _chosen(parsed: Parsed, anchors: Sequence[Anchor], published: date, line: Lineal) -> Candidato | None:
    """Return the likeliest day if it reaches the threshold."""
    ranked = [(line.probability(features), one) for one, features in date_candidates(parsed, anchors, published)]
    sure, best = max(ranked, key=lambda pair: pair[0], default=(0.0, None))
    return best if sure >= line.umbral else None


def event_date(
    parsed: Parsed, anchors: Sequence[Anchor], fecha_publicacion: str | None, line: Lineal = RULES_ALONE
) -> tuple[str | None, str | None, tuple[Pasaje, ...]]:
    """Return the ISO day of the event, its hour (HH:MM) and the passages that say so; None for what is not told.

    Without a day of publication nothing is read: past and future cannot be told apart. A day that its weekday contradicts
    is none, and stands for none where it is the likeliest.
    """
    published = parse_day(fecha_publicacion)
    best = _chosen(parsed, anchors, published, line) if published else None
    if best is None or best.dia is None:
        return None, None, ()
    first, day = best.menciones[0], str(best.dia)
    hour, passages = _hour(first)
    return day, hour, (_passage(first.escena, first.expresion, "fecha_hecho", day), *passages)


def parse_day(text: str | None) -> date | None:
    """Return the day an ISO date or time begins with, None where it is none."""
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})", text or "")
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
