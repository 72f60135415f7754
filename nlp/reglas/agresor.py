"""`agresor`: who did it, from the part that the actors told near the harms play in them.

Doer: «policías golpearon a», «fue agredido por comerciantes», «amenazas del alcalde», «acusó a inspectores», «condenan a un
exempleado por». Not a doer: «denunció ante la fiscalía», «informó la policía», «en la alcaldía Tlalpan», «un agente tomó nota».
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from nlp.parsed import is_capital
from nlp.patrones import Hit, words_of
from nlp.pistas import word_set
from nlp.reglas.actos import PARTS, Lectura, once
from nlp.reglas.papeles import HAVE, PASSIVE, has_clitic, is_finite, is_participle
from nlp.vocabulario import Agresor

BOROUGH = ("alcaldia", "delegacion", "ayuntamiento", "municipio")
SURE, LIKELY, POSSIBLE = 3, 2, 1
REACH = 16  # tokens between an actor and the harm
BLAME = words_of("<acusar|señalar|responsabilizar|denunciar|culpar|atribuir|demandar|identificar>") | {"contra"}
PUNISHED = words_of("<sentenciar|condenar|detener|capturar|aprehender|vincular|imputar|arrestar|extraditar|caer>") | {
    "dan", "dieron", "carcel", "prision", "años", "proceso", "presunto", "presunta", "presuntos", "exigen", "disculpa",
}  # fmt: skip
OFFICIAL = words_of(
    "<informar|investigar|indagar|confirmar|ofrecer|abrir|recibir|acudir|llegar|reportar|atender|pedir|declarar|iniciar"
    "|solicitar|condenar|resguardar|exhortar|interponer|integrar|anunciar|prometer|lamentar|aclarar|asegurar|señalar"
    "|indicar|precisar|admitir|aceptar|negar|rechazar|responder|contestar|clausurar|desplegar|instalar|trabajar|mandar"
    "|custodiar|custodiarlo|localizar|hallar|encontrar|emitir|decir|expresar|explicar|decretar|reconocer|recomendar>"
)
SAYING = words_of("<ser|estar|haber|tener|poder|querer|decir|pasar|seguir|ir>")
HEADS = word_set("cabeza_de_agresor")
PREPOSITIONS = word_set("preposicion")
WARDED = "<retirar|quitar|suspender|negar|denegar|reducir|rechazar>"
TAKEN_BACK = words_of(WARDED)


def np_start(doc: Doc, start: int) -> int:
    """Return where the phrase that holds an actor begins: «[un grupo de] comerciantes», «[cuatro] policías»."""
    at = start
    while at > 0:
        before = doc[at - 1]
        if before.pos_ in ("DET", "ADJ", "NUM") or before.norm_ in ("presuntos", "supuestos", "presunto"):
            at -= 1
        elif before.norm_ in ("de", "del") and at > 1 and doc[at - 2].norm_ in HEADS:
            at -= 2
        else:
            return at
    return at


def verbs_between(doc: Doc, start: int, end: int) -> list[Token]:
    """Return the finite verbs of main clauses between two places; helpers and relative clauses aside."""
    skipped = HAVE | PASSIVE
    return [t for t in doc[start:end] if is_finite(t) and t.norm_ not in skipped and not t.dep_.startswith("acl")]


def _told_after(doc: Doc, actor: Hit, harms: Sequence[Hit]) -> bool:
    """Say whether the actor is the subject of a harm told after it («policías golpearon», «el alcalde la amenazó»)."""
    stop = actor.span[0].sent.end
    for harm in harms:
        gap = harm.span.start - actor.span.end
        if is_participle(harm.span[0]):
            continue
        if harm.entrada.tipo not in ("nombre", "nombre_de") and 0 <= gap <= REACH and harm.span.start < stop:
            return not verbs_between(doc, actor.span.end, harm.span.start) and not _passive(harm)
    return False


def _passive(harm: Hit) -> bool:
    return harm.span.start > 0 and harm.span.doc[harm.span.start - 1].norm_ in PASSIVE


def _head_verb(actor: Hit, harms: Sequence[Hit]) -> bool:
    """Say whether the actor is by the parse the subject of a verb of harm, wherever it stands."""
    root = actor.span.root
    if not root.dep_.startswith("nsubj") or root.dep_.endswith("pass"):
        return False
    verbs = {root.head.i} | {child.i for child in root.head.children if child.dep_ in ("conj", "xcomp")}
    return any(not verbs.isdisjoint(range(h.span.start, h.span.end)) and not _passive(h) for h in harms)


def _told_before(doc: Doc, at: int, harms: Sequence[Hit], prep: str) -> int:
    """Return how surely a phrase that begins at `at` is the doer of a harm told before («agredido por», «amenazas de»)."""
    start = doc[at].sent.start
    near = [harm for harm in harms if start <= harm.span.start and 0 <= at - harm.span.end <= REACH]
    if prep == "por":
        passive = any(is_participle(token) for token in doc[max(start, at - 4) : at - 1])
        if passive and not near:
            return LIKELY  # «la piedra fue lanzada por comerciantes»
        return SURE if near and not verbs_between(doc, near[-1].span.end, at) else 0
    if prep in ("de", "del"):
        close = any(at - harm.span.end <= 4 and harm.entrada.tipo in ("nombre", "nombre_de") for harm in near)
        return SURE if close else 0
    return 0


def _score(doc: Doc, actor: Hit, harms: Sequence[Hit]) -> int:
    """Return how surely an actor is the doer of one of the harms of its part (0: no doer)."""
    at = np_start(doc, actor.span.start)
    prep = preposition(doc, at)
    borough = actor.span[-1].norm_ in BOROUGH and actor.span.end < len(doc) and is_capital(doc[actor.span.end])
    if borough and prep != "por":  # «en la alcaldía Tlalpan»
        return 0
    if _is_blamed(doc, at, prep) or is_punished(doc, actor) or (earlier := _told_before(doc, at, harms, prep)) == SURE:
        return SURE
    if actor.entrada.valor == Agresor.CRIMEN_ORGANIZADO and prep not in ("contra", "sobre", "segun"):
        return LIKELY  # nobody names organised crime beside a victim in passing
    if prep and prep not in ("de", "del"):
        return 0
    return max(earlier, _as_subject(doc, actor, harms, prep))


def preposition(doc: Doc, at: int) -> str:
    """Return the preposition before a phrase that begins at `at`, or an empty string."""
    if at > 0 and doc[at - 1].norm_ in PREPOSITIONS:
        return doc[at - 1].norm_
    return doc[at].norm_ if doc[at].norm_ in ("al", "del") else ""


def _is_blamed(doc: Doc, at: int, prep: str) -> bool:
    """Say whether somebody accuses the actor («señalan a inspectores»)."""
    if prep not in ("a", "al", "contra"):
        return False
    before = {token.norm_ for token in doc[max(doc[at].sent.start, at - 5) : at]}
    return bool(before & BLAME) and "no" not in before


def _as_subject(doc: Doc, actor: Hit, harms: Sequence[Hit], prep: str) -> int:
    """Return how surely an actor without preposition is the subject of a harm or of some other deed."""
    at = np_start(doc, actor.span.start)
    following = verbs_between(doc, actor.span.end, min(doc[at].sent.end, actor.span.end + 10))
    if following and following[0].norm_ in OFFICIAL and not _in_harm(following[0], harms):
        return 0
    if not prep and (_beside_verb(actor, at, harms) or _told_after(doc, actor, harms) or _head_verb(actor, harms)):
        return SURE
    return POSSIBLE if not prep and following and following[0].norm_ not in SAYING else 0


def _beside_verb(actor: Hit, at: int, harms: Sequence[Hit]) -> bool:
    """Say whether the actor follows its verb («Retira Mecanismo escoltas a», «Golpean policías a»)."""
    told = [harm for harm in harms if harm.entrada.tipo == "acto" or harm.entrada.campo == "riesgo"]
    return any(harm.span.start < actor.span.start < harm.span.end or harm.span.end == at for harm in told)


def is_punished(doc: Doc, actor: Hit) -> bool:
    """Say whether the actor is arrested, tried or sentenced for something («Dan 22 años a un hombre que disparó»)."""
    at = np_start(doc, actor.span.start)
    if at == 0 or doc[at - 1].norm_ not in ("a", "al"):
        return False
    before = {token.norm_ for token in doc[max(doc[at].sent.start, at - 5) : at]}
    after = {token.norm_ for token in doc[actor.span.end : min(len(doc), actor.span.end + 12)]}
    return bool(before & PUNISHED) and bool({"por", "que"} & after)


def kind_of(doc: Doc, actor: Hit) -> str:
    """Return the actor's kind; a man who was found and sentenced is no longer unknown."""
    unknown = actor.entrada.valor == Agresor.NO_IDENTIFICADO
    return str(Agresor.PARTICULAR) if unknown and is_punished(doc, actor) else actor.entrada.valor


def _in_harm(token: Token, harms: Sequence[Hit]) -> bool:
    return any(harm.span.start <= token.i < harm.span.end for harm in harms)


def _harms(lectura: Lectura, parte: str) -> list[Hit]:
    """Return the harms of a part whose doer is asked for: arrests and trials only where they reach a victim."""
    linked = {acto.hit.span.start for acto in lectura.actos if acto.parte == parte and (acto.fuerte or has_clitic(acto.hit))}
    chosen = [
        hit
        for part, hit in lectura.hits_of("modalidad")
        if part == parte
        and hit.entrada.tipo != "indicio"
        and (hit.span.start in linked or hit.entrada.valor not in ("privacion_libertad", "acoso_judicial"))
    ]
    withdrawn = [h for p, h in lectura.hits_of("riesgo") if p == parte and any(t.norm_ in TAKEN_BACK for t in h.span)]
    return sorted(chosen + withdrawn, key=lambda hit: hit.span.start)


def _longest(lectura: Lectura, parte: str) -> Iterator[Hit]:
    """Yield the actors of a part, the longest where they overlap, outside the victims' mentions."""
    busy = {i for m in lectura.menciones[parte] if m.concreta and m.modo != "posible" for i in range(m.start, m.end)}
    hits = [hit for part, hit in lectura.hits_of("agresor") if part == parte and hit.span.start not in busy]
    end = 0
    for hit in sorted(hits, key=lambda h: (h.span.start, -len(h.span))):
        if hit.span.start >= end:
            end = hit.span.end
            yield hit


@once
def mentions(lectura: Lectura) -> tuple[tuple[int, str, Hit], ...]:
    """Return every actor that a note tells, with how surely it is a doer (0–3) and its part, in text order."""
    return tuple(_mentions(lectura))


def _mentions(lectura: Lectura) -> Iterator[tuple[int, str, Hit]]:
    for parte in PARTS:
        doc, harms = lectura.parsed.doc(parte), _harms(lectura, parte)
        starts = [harm.span.start for harm in harms]
        for hit in _longest(lectura, parte):
            near = harms[bisect_left(starts, hit.span.start - 60) : bisect_left(starts, hit.span.start + 60)]
            yield _score(doc, hit, near), parte, hit


@once
def candidates(lectura: Lectura) -> tuple[tuple[int, str, Hit], ...]:
    """Return the actors that may be doers, with how surely (1–3) and their part."""
    return tuple(told for told in mentions(lectura) if told[0])


@once
def actors(lectura: Lectura) -> dict[str, list[tuple[str, Hit]]]:
    """Return the doers by kind with their words; the unknown only where nobody better is told."""
    found = candidates(lectura)
    best = max((score for score, _, _ in found), default=0)
    chosen: dict[str, list[tuple[str, Hit]]] = {}
    for score, parte, hit in found:
        if score == best:
            chosen.setdefault(kind_of(lectura.parsed.doc(parte), hit), []).append((parte, hit))
    if len(chosen) > 1:
        chosen.pop(str(Agresor.NO_IDENTIFICADO), None)
    if best == POSSIBLE and len(chosen) > 1:
        return {}
    return {str(kind): chosen[kind] for kind in Agresor if kind in chosen}
