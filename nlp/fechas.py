"""The day of the event (guide, `fecha_hecho`): among the days that a note tells, the one tied to the act.

Days of a complaint, statement, protest, trial or anniversary hang on words of reporting and lose; of what remains, the
one nearest to an act wins, the beginning of the note first. Without such a day there is none: better none than an invented one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from nlp.escena import FAR, Escena, gap, scenes
from nlp.etiquetas import Pasaje
from nlp.expresiones import Expresion, find_days
from nlp.horas import Hora, find_hours
from nlp.parsed import Anchor, Parsed
from nlp.pistas import any_of
from nlp.plegado import even_fold

RULE = "fechas"
THRESHOLD = 1.3  # measured: 1.0 finds no more days and invents more; from 1.6 on days are lost

_REPORT = re.compile(
    r"\b(?:inform(?:o|aron|a|an|ar)\b|denunci|dijo|dijeron|senalo|senalaron|asegur|declar|anunci|publico (?:que|un|una"
    r"|en|ayer|hoy|este|el)|publicaron|difundi|dio a conocer|dieron a conocer|dados? a conocer|revelo|revelaron"
    r"|condeno\b|condenaron|exig|exij|pidi|pide|llamo a\b|confirm|aclar|respond|lament|recordo|recordaron|comento"
    r"|explico|indico\b|mencion|precis|agreg|comunicado\b|boletin|conferencia|en entrevista|entrevistad"
    r"|rueda de prensa|anivers|cumpl(?:e|en|io|ieron)\b|ratific|admiti|investiga\b|investigan|abrio (?:una|la"
    r"|un) (?:carpeta|investig|expediente)|inicio (?:una|la|un) (?:carpeta|investig)|contest|emiti|pronunci|repudi"
    r"|suscri|firmo|firmaron|velan|velar|sepult|homenaj|misa|citad[oa]s|posicion|acudi\w* (?:\w+ ){0,3}?a (?:la |las "
    r"|el )?(?:fiscal|minist|autorid|juzg|denunci|declar|present|ratific)|regreso|visito|se reunio|nacio\b|asumio"
    r"|liberad[oa]s?|liberaron|fecha de|solicit)",
)
_COURT = re.compile(
    r"\b(?:presento\b|presentaron|interpus|ofrecio|sentenci|audiencia|fallo\b|vincul|imputa|tribunal|juez|dicto|impuso"
    r"|conden|extradit|recomendaci|resoluci|determin|amparo|respuesta)"
)  # reports of a case, unless the case is a lawsuit, an order or a word of authority
_INSTITUTIONAL = frozenset({"acoso_judicial", "censura", "estigmatizacion", "obstruccion"})
_HARM = re.compile(rf"{any_of('danio_verbo')}\w*(?:ad[oa]s?|id[oa]s?)$")  # "desaparecido desde …", "golpeadas el …"
_DAYS_AFTER = re.compile(r"dias? despues de")  # "un día después del atentado": counted back to the attack itself
_DIED = re.compile(r"\b(?:murio|fallecio|perdio la vida)\b")
_FOLLOW_UP = re.compile(
    r"\b(?:sentenci|condenan? a |condenad|condeno a (?:\d|un )|condena de|vincul|anivers|extradit|absuel|recomendacion"
    r"|disculpa publica|identidad|impun|sale del penal|sale de prision|prision|anos despues|meses despues|anos (?:de"
    r"|del|sin|por)|un ano (?:de|del|sin)|a (?:un|dos|tres|cuatro|cinco) (?:ano|mes)|dan \d+ anos|capturan"
    r"|presunto (?:asesino|homicida|responsable|autor)|reabre|atrajo|exigen justicia"
    r"|deten[a-z]+ [^.;]{0,50}? por (?:el|la) (?:plagio|asesin|homicid|ataque|agresi|privaci|crimen|secuestro"
    r"|desaparici))"
)
_PROTEST = re.compile(r"\b(?:march|protest|manifest|planton|mitin|concentr|caminaron|bloque)")
_DEMAND = re.compile(r"\b(?:exig|exij|justicia|esclarec|repudi|por el (?:asesinato|homicidio|crimen)|aparici)")
_HAPPENED = re.compile(
    r"\b(?:ocurri|sucedi|los hechos|el hecho\b|el ataque|la agresion|el atentado|el crimen|todo paso|eso fue|asi fue"
    r"|fue (?:la |el )?(?:noche|madrugada|tarde|manana)|visto por ultima vez|desde (?:el|la))"
)


@dataclass(frozen=True)
class _Candidate:
    escena: Escena
    expresion: Expresion
    score: float


@dataclass(frozen=True)
class _Case:
    """What the whole note says: its day, and whether the act is a ruling or a word, a killing, a known case."""

    published: date
    institutional: bool
    killing: bool
    follow_up: bool


def _span(expression: Expresion | Hora) -> tuple[int, int]:
    return (expression.inicio, expression.fin)


def _claims(scene: Escena, span: tuple[int, int], patterns: Sequence[re.Pattern[str]]) -> list[int]:
    """Return the distances to words of reporting that may own the day: not those that a "que" parts from it."""
    start, end = scene.sentence(span[0])
    found = []
    for match in (m for pattern in patterns for m in pattern.finditer(scene.folded[start:end])):
        word = (start + match.start(), start + match.end())
        if word[1] > span[0] or not re.search(r"\b(?:que|quien|cuando)\b", scene.folded[word[1] : span[0]]):
            found.append(gap(word, span))
    return found


def _reported(scene: Escena, span: tuple[int, int], act_gap: int, institutional: bool) -> bool:
    """Tell whether the day belongs to a word of reporting or procedure rather than to the act."""
    start, end = scene.sentence(span[0])
    demand = _DEMAND.search(scene.folded[start:end])
    patterns = [_REPORT] + ([] if institutional else [_COURT]) + ([_PROTEST] if demand else [])
    governor = scene.governor(span)
    if governor is not None and (_acts(scene, governor) or _HARM.match(governor.norm_)):
        return False
    if (
        governor is not None
        and act_gap > 8
        and abs(governor.idx - span[0]) < 60
        and any(pattern.match(governor.norm_) for pattern in patterns[:2])
    ):
        return True
    return min(_claims(scene, span, patterns), default=FAR) < min(act_gap, 25)


def _acts(scene: Escena, token: Token | None) -> bool:
    """Tell whether a token is the word of an act."""
    return token is not None and any(act[0] <= token.idx < act[1] for act in scene.acts)


def _where(scene: Escena, span: tuple[int, int]) -> float:
    """Return what the place of a day in the note is worth: the headline and the lead tell the event."""
    index = scene.index(span[0])
    return 0.6 if scene.parte == "titulo" or index <= 1 else max(0.0, 0.5 - index / 20)


def _score(scene: Escena, expression: Expresion, case: _Case) -> float:
    span = _span(expression)
    act_gap = scene.act_gap(span)
    score = 3.0 - min(act_gap, 200) / 200 if act_gap < FAR else 1.6 if scene.act_beside(span) else 1.1
    score += _where(scene, span)
    if _reported(scene, span, act_gap, case.institutional):
        score -= 3.0
    score += 0.4 if _acts(scene, scene.governor(span)) else 0.0
    start, end = scene.sentence(span[0])
    around = scene.folded[max(start, span[0] - 60) : min(end, span[1] + 20)]
    score += 1.0 if _HAPPENED.search(around) else 0.0
    score += 0.5 if _DAYS_AFTER.search(scene.folded[span[0] : span[1]]) else 0.0
    score -= 0.9 if case.killing and _DIED.search(around) else 0.0
    score += 0.5 if expression.completa else 0.2 if expression.clase in ("fecha", "numero") else 0.0
    if case.follow_up and expression.dia and (case.published - expression.dia).days <= 7:
        score -= 1.0
    return score - (0.6 if scene.folded[span[0] : span[1]].strip() == "hoy" else 0.0)


def _case(parsed: Parsed, anchors: Sequence[Anchor], published: date) -> _Case:
    acts = {anchor.modalidad for anchor in anchors}
    lead = even_fold(parsed.titulo.text + "\n" + parsed.texto.text[:250])
    return _Case(published, bool(acts) and acts <= _INSTITUTIONAL, "asesinato" in acts, bool(_FOLLOW_UP.search(lead)))


def _candidates(parsed: Parsed, anchors: Sequence[Anchor], published: date) -> list[_Candidate]:
    case = _case(parsed, anchors, published)
    return [
        _Candidate(part, one, _score(part, one, case))
        for part in scenes(parsed, anchors)
        for one in find_days(part.text, published)
    ]


def _passage(scene: Escena, found: Expresion | Hora, campo: str, valor: str) -> Pasaje:
    return Pasaje(campo, valor, scene.parte, found.inicio, found.fin, scene.text[found.inicio : found.fin], RULE)


def _hour(chosen: _Candidate) -> tuple[str | None, tuple[Pasaje, ...]]:
    """Return the hour told in the sentence of the chosen day, or in that of an act."""
    scene, span = chosen.escena, _span(chosen.expresion)
    homes = {scene.index(span[0])} | {scene.index(act[0]) for act in scene.acts}
    hours = [one for one in find_hours(scene.text) if scene.index(one.inicio) in homes]
    if not hours:
        return None, ()
    best = min(hours, key=lambda one: gap(_span(one), span))
    return best.hora, (_passage(scene, best, "hora_hecho", best.hora),)


def event_date(
    parsed: Parsed, anchors: Sequence[Anchor], fecha_publicacion: str | None
) -> tuple[str | None, str | None, tuple[Pasaje, ...]]:
    """Return the ISO day of the event, its hour (HH:MM) and the passages that say so; None for what is not told.

    Without a day of publication nothing is read: past and future cannot be told apart.
    """
    published = parse_day(fecha_publicacion)
    ranked = sorted(_candidates(parsed, anchors, published), key=lambda one: -one.score) if published else []
    if not ranked or ranked[0].score < THRESHOLD or ranked[0].expresion.dia is None:
        return None, None, ()
    best = ranked[0]
    day = str(best.expresion.dia)
    hour, passages = _hour(best)
    return day, hour, (_passage(best.escena, best.expresion, "fecha_hecho", day), *passages)


def parse_day(text: str | None) -> date | None:
    """Return the day an ISO date or time begins with, None where it is none."""
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})", text or "")
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
