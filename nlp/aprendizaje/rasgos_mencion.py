"""Features of one mention of a day: what it hangs on, the words around it, how near the acts are."""

import re

from spacy.tokens import Token

from nlp.aprendizaje.lineal import Rasgos
from nlp.calendario import MESES
from nlp.escena import FAR, Escena
from nlp.expresiones import Expresion
from nlp.indicios_fecha import COURT, DIED, HAPPENED, HARM, PROTEST, REPORT, Caso, is_act, is_reported

SCALE = 3.0  # a good score of the rules
NEAR = (10, 30, 60, 120)  # characters to an act
BEFORE, AFTER = 60, 25  # characters around a day that are read for cues
QUOTED = 300  # characters before a day in which a quotation may have begun
_MONTHS = "|".join(MESES)
_FOUND = re.compile(r"\b(?:re)?(?:hall|encontr|localiz|aparec|identific|rescat|liber)")
_HELD = re.compile(r"\b(?:detuv|deten|captur|arrest|aprehend|cumpliment|catea)")
_EARLIER = re.compile(
    r"\b(?:ya (?:habi|fue|antes|en)|previ|anterior|antes|desde (?:el|ese|entonces)|en su momento|por primera vez)"
)
_CAUSE = re.compile(r"\b(?:(?:luego|despues) de que|tras|por)\s+(?:\w+\s+){0,3}$")
_PURPOSE = re.compile(
    r"\b(?:para (?:exig|protest|ped|recl|recor|evit)\w+|en protesta|en demanda|en contra de|en apoyo|a favor)"
)
_VAGUE = re.compile(
    rf"\b(?:desde hace|hace (?:\w+ )?(?:meses|anos|semanas)|desde (?:\w+ )?(?:{_MONTHS})|entre \w+ y \w+ de|semana pasada"
    r"|en (?:dias|semanas|meses) (?:pasad|recient)|fin de semana|(?:ultimos|ultimas|recientes) (?:dias|semanas|meses)"
    r"|(?:varias|repetidas|distintas) (?:veces|ocasiones)|una (?:noche|madrugada|tarde) de|en (?:19|20)\d\d\b"
    rf"|(?:{_MONTHS}) (?:pasado|de (?:19|20)\d\d))"
)
_YEARS_AFTER = re.compile(
    r"\b(?:a|hace|cumpl\w+|tras|despues de) (?:casi |mas de )?"
    r"(?:un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|\d+) anos?\b"
)
_THEN = re.compile(r"\b(?:tras|luego de|despues de|a raiz de|por (?:el|la|los|las)|donde|cuando|en que)\b")
_HOURS = re.compile(r"\b(?:noche|madrugada|tarde|manana|mediodia|a las|horas)\b")
_WORD = re.compile(r"(?:hoy|ayer|anoche|antier|este|esta|el pasado|hace|del)\b")
_PREPOSITION = re.compile(
    r"\b(desde|hasta|del?|para|en|por|a|con|entre|durante|tras|que|y|el)\s+"
    r"(?:(?:el|la|este|ese|pasado|mismo|noche|madrugada|tarde|manana|del?|dia)\s+)*$"
)
_PART_OF_DAY = re.compile(r"(?:noche|tarde|manana|madrugada|dia|mediodia|horas?)$")
_DEED = re.compile(
    r"(?:hecho|ataque|agresi|atentado|crimen|asesinato|homicidio|detenci|desaparici|golpiza|incidente|emboscada|balacera)"
)
_QUOTE = re.compile(r"[“\"«](?=[^”\"»]*$)")
_AROUND = {
    "ocurrio": HAPPENED,
    "murio": DIED,
    "hallado": _FOUND,
    "detenido": _HELD,
    "antes": _EARLIER,
    "dicho": REPORT,
    "juicio": COURT,
}
_IN_FRONT = {"causa": _CAUSE, "proposito": _PURPOSE}
_IN_SENTENCE = {"vago": _VAGUE, "marcha": PROTEST, "aniv": _YEARS_AFTER}
_VERBS = {
    "danio": HARM,
    "dicho": REPORT,
    "juicio": COURT,
    "hallado": _FOUND,
    "detenido": _HELD,
    "marcha": PROTEST,
    "murio": DIED,
    "ocurrio": re.compile(r"(?:ocurr|suced|registr|perpetr|suscit|dier|tuv|sufri|victim|comenz|empez)"),
    "etapa": re.compile(
        r"(?:traslad|entreg|regres|volv|reanud|sepult|crem|coloc|acord|convoc|reun|cumpl|visit|acud|inici|pas|ingres|sali"
        r"|asist|lleg)"
    ),
    "publico": re.compile(r"(?:publi|difund|difus|transmit|entrevist|exhib|document|subi|compart|circul|filtr)"),
}
_WITH_PRESENT = ("dice:hoy", "dice:este", "previa:desde", "clase:relativa")


def mention_features(scene: Escena, expression: Expresion, rules: float, case: Caso) -> Rasgos:
    """Return the features of a day where it is told; `rules` is the score that the rules give it."""
    names = _of_words(scene, expression) | _of_governor(scene, scene.governor(expression.span))
    names |= _of_head(scene, expression) | _of_paragraph(scene, expression) | _of_act(scene, expression, case)
    names |= {"clase:" + expression.clase} | ({"completa"} if expression.completa else set())
    if "tiempo:Pres" in names:
        names |= {f"{name}+presente" for name in _WITH_PRESENT if name in names}
    index = scene.index(expression.inicio)
    if scene.parte == "titulo" or index <= 1:
        names.add("titulo" if scene.parte == "titulo" else "entrada")
    return dict.fromkeys(names, 1.0) | {"puntos": rules / SCALE, "lejos": min(index, 15) / 15}


def _of_act(scene: Escena, expression: Expresion, case: Caso) -> set[str]:
    gap = scene.act_gap(expression.span)
    near = f"acto:{sum(gap > limit for limit in NEAR)}"
    beside = "acto:junto" if scene.act_beside(expression.span) else "acto:nada"
    found = {near if gap < FAR else beside}
    return found | ({"referido"} if is_reported(scene, expression.span, gap, case.institutional) else set())


def _of_words(scene: Escena, expression: Expresion) -> set[str]:
    """Return the cues of the sentence and of the words right around the day."""
    start, end = scene.sentence(expression.inicio)
    said = scene.folded[expression.inicio : expression.fin]
    before = scene.folded[max(start, expression.inicio - BEFORE) : expression.inicio]
    after = scene.folded[expression.fin : min(end, expression.fin + AFTER)]
    found = {name for name, pattern in _AROUND.items() if pattern.search(before + said + after)}
    found |= {name for name, pattern in _IN_FRONT.items() if pattern.search(before)}
    found |= {name for name, pattern in _IN_SENTENCE.items() if pattern.search(scene.folded[start:end])}
    told = {
        "parte del dia": _HOURS.search(said + after),
        "luego:tras": _THEN.search(after[: AFTER // 2]),
        "comillas": _QUOTE.search(scene.text[max(0, expression.inicio - QUOTED) : expression.inicio]),
    }
    found |= {name for name, match in told.items() if match}
    first, last = _WORD.match(said), _PREPOSITION.search(before)
    return found | {f"dice:{first[0] if first else ''}"} | ({f"previa:{last[1]}"} if last else set())


def _of_head(scene: Escena, expression: Expresion) -> set[str]:
    """Return what noun the day hangs on ("la elección del 2 de junio", "el ataque del lunes")."""
    found = scene.doc.char_span(*expression.span, alignment_mode="expand")
    head = found.root.head if found is not None and len(found) else None
    while head is not None and _PART_OF_DAY.match(head.norm_) and head.head.i != head.i:
        head = head.head
    if head is None or head.pos_ not in ("NOUN", "PROPN"):
        return set()
    kind = "acto" if is_act(scene, head) else "hecho" if _DEED.match(head.norm_) else "nombre"
    return {f"cuelga:{kind}"}


def _of_paragraph(scene: Escena, expression: Expresion) -> set[str]:
    """Return whether the paragraph of the day holds acts, and the sentences between the day and an act."""
    if scene.parte == "titulo" or not scene.acts:
        return set()
    start, end = scene.text.rfind("\n", 0, expression.inicio) + 1, scene.text.find("\n", expression.fin)
    inside = [act for act in scene.acts if start <= act[0] < (end if end >= 0 else len(scene.text))]
    index = scene.index(expression.inicio)
    away = min(abs(scene.index(act[0]) - index) for act in scene.acts)
    found = {f"frases:{min(4, away)}"} | ({"parrafo:acto"} if inside else set())
    found |= {"parrafo:primer acto"} if scene.acts[0] in inside else set()
    return found | ({"tras el acto"} if scene.acts[0][0] < expression.inicio else set())


def _of_governor(scene: Escena, token: Token | None) -> set[str]:
    """Return what kind of verb the day hangs on and its tense."""
    if token is None:
        return set()
    found = {f"rige:{name}" for name, pattern in _VERBS.items() if pattern.match(token.norm_)} | {f"pos:{token.pos_}"}
    found |= {"rige:acto"} if is_act(scene, token) else set()
    helpers = {child.norm_ for child in token.children if child.dep_.startswith("aux")}
    found |= {"tiempo:pluscuamperfecto"} if helpers & {"habia", "habian"} else set()
    found |= {"tiempo:pasiva"} if helpers & {"fue", "fueron"} else set()
    return found | {f"tiempo:{one}" for one in (*token.morph.get("Tense", [])[:1], *token.morph.get("VerbForm", [])[:1])}
