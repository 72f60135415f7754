"""Features of one name of place where it stands: what the words before make of it, the acts near it, what it hangs on."""

import re

from nlp.contexto_lugar import DEMAND, JUSTICE
from nlp.escena import FAR, Escena
from nlp.indicios_fecha import COURT, HAPPENED, HARM, PROTEST, REPORT, is_act
from nlp.indicios_lugar import Indicio

NEAR = (15, 40, 80, 160)  # characters to an act
BEFORE, AFTER = 45, 30  # characters around a name that are read for cues
_PREPOSITION = re.compile(
    r"(?:\b(en|de|del|desde|a|al|hasta|hacia|por|para|sobre|entre|frente a)(?: (?:la|el|los|las))?|([,(]))\s*$"
)
_LIST = re.compile(r"(?:,| y| e)\s+$")
_EARLIER = re.compile(
    r"\b(?:en (?:19|20)\d\d|anos? (?:atras|antes)|hace (?:\w+ )?anos?|anteriormente|previ[ao]|otr[oa]s? casos?|tambien)\b"
)
_LIVES = re.compile(
    r"\b(?:vive[n]?|radica\w*|reside\w*|trabaja\w*|labora\w*|colabora\w*|cubr\w+|su (?:casa|domicilio|vivienda)|vecin[oa]s?)\b"
)
_VERBS = {"dicho": REPORT, "juicio": COURT, "marcha": PROTEST, "danio": HARM}


def place_features(scene: Escena, one: Indicio) -> set[str]:
    """Return the features of a name of place."""
    found = (
        {f"papel:{one.papel}", f"tipo:{one.lugar.tipo}"} | _of_act(scene, one) | _of_words(scene, one) | _of_verb(scene, one)
    )
    found |= {"dudoso"} if one.dudoso else set()
    found |= {"firme"} if one.firme else set()
    index = scene.index(one.inicio)
    return found | {"titulo" if scene.parte == "titulo" else f"frase:{min(index, 3) if index < 6 else 6}"}


def _of_act(scene: Escena, one: Indicio) -> set[str]:
    gap = scene.act_gap((one.inicio, one.fin))
    if gap < FAR:
        return {f"acto:{sum(gap > limit for limit in NEAR)}", "acto:frase"}
    return {"acto:junto" if scene.act_beside((one.inicio, one.fin)) else "acto:nada"}


def _of_words(scene: Escena, one: Indicio) -> set[str]:
    start, end = scene.sentence(one.inicio)
    sentence = scene.folded[start:end]
    before = scene.folded[max(start, one.inicio - BEFORE) : one.inicio]
    after = scene.folded[one.fin : min(end, one.fin + AFTER)]
    said = {
        "demanda": DEMAND.search(sentence) and JUSTICE.search(sentence),
        "marcha": PROTEST.search(sentence),
        "ocurrio": HAPPENED.search(before + after),
        "antes": _EARLIER.search(sentence),
        "vive": _LIVES.search(before),
        "dicho": REPORT.search(before),
        "enumera": _LIST.search(before),
        "coma": after.startswith(","),
    }
    found, preposition = {name for name, match in said.items() if match}, _PREPOSITION.search(before)
    return found | ({f"previa:{preposition[1] or ','}"} if preposition else set())


def _of_verb(scene: Escena, one: Indicio) -> set[str]:
    """Return what kind of verb the name hangs on, and whether the noun that it hangs on is an act."""
    span = scene.doc.char_span(one.inicio, one.fin, alignment_mode="expand")
    verb = scene.governor((one.inicio, one.fin))
    if verb is None or span is None:
        return set()
    found = {f"rige:{name}" for name, pattern in _VERBS.items() if pattern.match(verb.norm_)}
    found |= {"rige:acto"} if is_act(scene, verb) else set()
    return found | ({"cuelga:acto"} if is_act(scene, span.root.head) else set())
