"""What ties a day that a note tells to the event, or to a complaint, a trial, a protest: cues and a score of rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from nlp.escena import FAR, Escena, gap
from nlp.expresiones import Expresion
from nlp.parsed import Anchor, Parsed
from nlp.pistas import any_of
from nlp.plegado import even_fold

REPORT = re.compile(
    r"\b(?:inform(?:o|aron|a|an|ar)\b|denunci|dijo|dijeron|senalo|senalaron|asegur|declar|anunci|publico (?:que|un|una"
    r"|en|ayer|hoy|este|el)|publicaron|difundi|dio a conocer|dieron a conocer|dados? a conocer|revelo|revelaron"
    r"|condeno\b|condenaron|exig|exij|pidi|pide|llamo a\b|confirm|aclar|respond|lament|recordo|recordaron|comento"
    r"|explico|indico\b|mencion|precis|agreg|comunicado\b|boletin|conferencia|en entrevista|entrevistad"
    r"|rueda de prensa|anivers|cumpl(?:e|en|io|ieron)\b|ratific|admiti|investiga\b|investigan|abrio (?:una|la"
    r"|un) (?:carpeta|investig|expediente)|inicio (?:una|la|un) (?:carpeta|investig)|contest|emiti|pronunci|repudi"
    r"|suscri|firmo|firmaron|velan|velar|sepult|homenaj|misa|citad[oa]s|posicion|acudi\w* (?:\w+ ){0,3}?a (?:la |las "
    r"|el )?(?:fiscal|minist|autorid|juzg|denunci|declar|present|ratific)|regreso|visito|se reunio|nacio\b|asumio"
    r"|liberad[oa]s?|liberaron|fecha de|solicit|ingresad|escrito|carta"
    r"|se enter|supo\b|supier|detect|queja\b|asamblea|mensaje difund|filtrad|notificad)",
)
COURT = re.compile(
    r"\b(?:presento\b|presentaron|interpus|ofrecio|sentenci|audiencia|fallo\b|vincul|imputa|tribunal|juez|dicto|impuso"
    r"|conden|extradit|recomendaci|resoluci|resolvi|resuelv|revoc|determin|amparo|respuesta)"
)  # reports of a case, unless the case is a lawsuit, an order or a word of authority
INSTITUTIONAL = frozenset({"acoso_judicial", "censura", "estigmatizacion", "obstruccion"})
HARM = re.compile(rf"{any_of('danio_verbo')}\w*(?:ad[oa]s?|id[oa]s?)$")  # "desaparecido desde …", "golpeadas el …"
DAYS_AFTER = re.compile(r"dias? despues de")  # "un día después del atentado": counted back to the attack itself
DIED = re.compile(r"\b(?:murio|fallecio|perdio la vida)\b")
FOLLOW_UP = re.compile(
    r"\b(?:sentenci|condenan? a |condenad|condeno a (?:\d|un )|condena de|vincul|anivers|extradit|absuel|recomendacion"
    r"|disculpa publica|identidad|impun|sale del penal|sale de prision|prision|anos despues|meses despues|anos (?:de"
    r"|del|sin|por)|un ano (?:de|del|sin)|a (?:un|dos|tres|cuatro|cinco) (?:ano|mes)|dan \d+ anos|capturan"
    r"|presunto (?:asesino|homicida|responsable|autor)|(?:por|del?|el) (?:asesinato|crimen|homicidio|caso)\b"
    r"|sin (?:detenidos|justicia|culpables)|libre a |penal federal|reabre|atrajo|exigen justicia"
    r"|deten[a-z]+ [^.;]{0,50}? por (?:el|la) (?:plagio|asesin|homicid|ataque|agresi|privaci|crimen|secuestro"
    r"|desaparici))"
)
PROTEST = re.compile(r"\b(?:march|protest|manifest|planton|mitin|concentr|caminaron|bloque)")
DEMAND = re.compile(r"\b(?:exig|exij|justicia|esclarec|repudi|por el (?:asesinato|homicidio|crimen)|aparici)")
HAPPENED = re.compile(
    r"\b(?:ocurri|sucedi|los hechos|el hecho\b|el ataque|la agresion|el atentado|el crimen|todo paso|eso fue|asi fue"
    r"|fue (?:la |el )?(?:noche|madrugada|tarde|manana)|visto por ultima vez|desde (?:el|la))"
)


@dataclass(frozen=True)
class Caso:
    """What the whole note says: its day, its harms, and whether the act is a ruling or a word, a killing, a known case."""

    published: date
    modalidades: frozenset[str]
    institutional: bool
    killing: bool
    follow_up: bool


def case_of(parsed: Parsed, anchors: Sequence[Anchor], published: date) -> Caso:
    """Return what the note says as a whole."""
    acts = frozenset(anchor.modalidad for anchor in anchors)
    lead = even_fold(parsed.textos["titulo"] + "\n" + parsed.textos["texto"][:250])
    return Caso(published, acts, bool(acts) and acts <= INSTITUTIONAL, "asesinato" in acts, bool(FOLLOW_UP.search(lead)))


def _claims(scene: Escena, span: tuple[int, int], patterns: Sequence[re.Pattern[str]]) -> list[int]:
    """Return the distances to words of reporting that may own the day: not those that a "que" parts from it."""
    start, end = scene.sentence(span[0])
    found = []
    for match in (m for pattern in patterns for m in pattern.finditer(scene.folded[start:end])):
        word = (start + match.start(), start + match.end())
        if word[1] > span[0] or not re.search(r"\b(?:que|quien|cuando)\b", scene.folded[word[1] : span[0]]):
            found.append(gap(word, span))
    return found


def is_reported(scene: Escena, span: tuple[int, int], act_gap: int, institutional: bool) -> bool:
    """Tell whether the day belongs to a word of reporting or procedure rather than to the act."""
    start, end = scene.sentence(span[0])
    demand = DEMAND.search(scene.folded[start:end])
    patterns = [REPORT] + ([] if institutional else [COURT]) + ([PROTEST] if demand else [])
    governor = scene.governor(span)
    if governor is not None and (is_act(scene, governor) or HARM.match(governor.norm_)):
        return False
    if (
        governor is not None
        and act_gap > 8
        and abs(governor.idx - span[0]) < 60
        and any(pattern.match(governor.norm_) for pattern in patterns[:2])
    ):
        return True
    return min(_claims(scene, span, patterns), default=FAR) < min(act_gap, 25)


def is_act(scene: Escena, token: Token | None) -> bool:
    """Tell whether a token is the word of an act."""
    return token is not None and any(act[0] <= token.idx < act[1] for act in scene.acts)


def _where(scene: Escena, span: tuple[int, int]) -> float:
    """Return what the place of a day in the note is worth: the headline and the lead tell the event."""
    index = scene.index(span[0])
    return 0.6 if scene.parte == "titulo" or index <= 1 else max(0.0, 0.5 - index / 20)


def _norm(token: Token | None) -> str:
    return even_fold(token.text) if token is not None else ""


def points(scene: Escena, expression: Expresion, case: Caso) -> float:
    """Return how surely the day is the event's by rules alone: nearness to an act, place in the note, cues (about −2 to 6)."""
    span = expression.span
    act_gap = scene.act_gap(span)
    score = 3.0 - min(act_gap, 200) / 200 if act_gap < FAR else 1.6 if scene.act_beside(span) else 1.1
    score += _where(scene, span)
    if is_reported(scene, span, act_gap, case.institutional):
        score -= 3.0
    score += 0.4 if is_act(scene, scene.governor(span)) else 0.0
    start, end = scene.sentence(span[0])
    around = scene.folded[max(start, span[0] - 60) : min(end, span[1] + 20)]
    score += 1.0 if HAPPENED.search(around) else 0.0
    score += 0.5 if DAYS_AFTER.search(scene.folded[span[0] : span[1]]) else 0.0
    score -= 0.9 if case.killing and DIED.search(around) else 0.0
    score += 0.5 if expression.completa else 0.2 if expression.clase in ("fecha", "numero") else 0.0
    if case.follow_up and expression.dia and (case.published - expression.dia).days <= 7:
        score -= 2.5 if PROTEST.match(_norm(scene.governor(span))) else 1.0
    return score - (0.6 if scene.folded[span[0] : span[1]].strip() == "hoy" else 0.0)
