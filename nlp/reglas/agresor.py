"""`agresor`: who did it, from the part that the actors told near the acts play in them.

Doer: «policías golpearon a», «fue agredido por comerciantes», «amenazas del alcalde», «acusó a inspectores». Not a doer:
«denunció ante la fiscalía», «informó la policía», «un agente tomó nota».
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from nlp.patrones import Hit, words_of
from nlp.reglas.actos import Acto, Lectura
from nlp.vocabulario import Agresor

SURE, LIKELY, POSSIBLE = 3, 2, 1
REACH = 14  # tokens between an actor and the act
BLAME = words_of("<acusar|señalar|responsabilizar|denunciar|culpar|atribuir|demandar|identificar>") | {"contra"}
OFFICIAL = words_of(
    "<informar|investigar|indagar|confirmar|ofrecer|abrir|recibir|acudir|llegar|reportar|atender|exigir|pedir|declarar|iniciar"
    "|solicitar|condenar|tomar|resguardar|exhortar|presentar|interponer|integrar|anunciar|prometer|lamentar|aclarar>"
) | {"ante", "segun", "acuerdo", "versiones"}
WATCHERS = frozenset(
    [
        "fiscalia",
        "ministerio",
        "publico",
        "juez",
        "jueza",
        "mecanismo",
        "secretaria",
        "tribunal",
        "gobierno",
        "fiscal",
        "congreso",
    ]
)


def _score(doc: Doc, actor: Hit, acts: list[Acto]) -> int:
    """Return how surely an actor is the doer of one of the acts of its part (0: no doer)."""
    start = actor.span.start
    before = [doc[k].norm_ for k in range(max(0, start - 5), start)]
    around = set(before[-4:]) | {doc[k].norm_ for k in range(actor.span.end, min(len(doc), actor.span.end + 3))}
    if set(before[-3:]) & {"ante", "segun"} or (OFFICIAL & around and actor.span[0].norm_ in WATCHERS):
        return 0
    if BLAME & set(before[-4:]):
        return LIKELY
    return max((_beside(doc, actor, acto, before) for acto in acts), default=0)


def _beside(doc: Doc, actor: Hit, acto: Acto, before: list[str]) -> int:
    gap = acto.hit.span.start - actor.span.end
    prep = next((word for word in reversed(before) if word in ("por", "de", "del", "a", "al", "con", "contra", "entre")), "")
    if 0 <= gap <= REACH:
        return SURE if prep not in ("a", "al", "de", "del", "contra") or before[-1:] in ([","], ["."]) else POSSIBLE
    behind = actor.span.start - acto.hit.span.end
    if 0 <= behind <= REACH:
        by_noun = prep in ("de", "del") and acto.hit.entrada.tipo in ("nombre", "nombre_de")
        return SURE if prep == "por" or by_noun else POSSIBLE
    same = acto.hit.span[0].sent.start == doc[actor.span.start].sent.start
    return POSSIBLE if same else 0


def _candidates(lectura: Lectura) -> Iterator[tuple[int, str, Hit]]:
    busy = {(p, i) for p, ms in lectura.menciones.items() for m in ms for i in range(m.start, m.end)}
    for parte, hit in lectura.hits_of("agresor"):
        if (parte, hit.span.start) not in busy:
            acts = [acto for acto in lectura.actos if acto.parte == parte]
            score = _score(lectura.parsed.doc(parte), hit, acts)
            if score == POSSIBLE and hit.entrada.valor == Agresor.CRIMEN_ORGANIZADO:
                score = LIKELY  # nobody names organised crime beside an act in passing
            if score:
                yield score, parte, hit


def actors(lectura: Lectura) -> dict[str, list[tuple[str, Hit]]]:
    """Return the doers by kind with their words; the unknown only where nobody better is told."""
    found = list(_candidates(lectura))
    best = max((score for score, _, _ in found), default=0)
    told = {hit.entrada.valor for _, _, hit in found}
    single = len(told) == 1 and Agresor.AUTORIDAD_CIVIL not in told  # officials are named in every note: never by mere nearness
    chosen: dict[str, list[tuple[str, Hit]]] = {}
    for score, parte, hit in found:
        if score == SURE or (score == best and (best == LIKELY or single)):
            chosen.setdefault(hit.entrada.valor, []).append((parte, hit))
    if len(chosen) > 1:
        chosen.pop(str(Agresor.NO_IDENTIFICADO), None)
    return {str(kind): chosen[kind] for kind in Agresor if kind in chosen}
