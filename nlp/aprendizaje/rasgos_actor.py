"""Features of each actor that a note names: what it hangs on, the harm told beside it, the words around it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from nlp.aprendizaje.lineal import Rasgos
from nlp.aprendizaje.rasgos_nota import LEAD
from nlp.patrones import Hit
from nlp.reglas.actos import PARTS, Lectura, once
from nlp.reglas.agresor import (
    BLAME,
    OFFICIAL,
    PREPOSITIONS,
    PUNISHED,
    REACH,
    SAYING,
    kind_of,
    mentions,
    np_start,
    preposition,
    verbs_between,
)
from nlp.reglas.papeles import has_clitic, is_participle

VERBS = {"culpa": BLAME, "oficial": OFFICIAL, "decir": SAYING, "castigo": PUNISHED}
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "DET", "PRON"})
OF_A_NOUN = frozenset({"nmod", "appos", "conj", "flat", "compound"})
OBJECTS = frozenset({"obj", "iobj", "expl", "ccomp", "xcomp"})
CLAUSES = frozenset({"conj", "xcomp", "ccomp", "advcl", "acl"})
STEPS = 4  # nouns climbed from an actor to the verb that it hangs on
NEAR = (3, 6, 10, 16)  # tokens from an actor to a harm
BEFORE, AFTER, BLAMED, AHEAD = 3, 2, 6, 10  # tokens read around an actor: words one by one, words of blame, a verb
WORDS = ("-", "+", "cuelga", "entre")  # features that weigh alike for every kind
Actor = tuple[str, Rasgos]  # kind and features


@dataclass(frozen=True)
class Parte:
    """One part of a note: its harms in text order, which of them are acts, and whom it tells."""

    doc: Doc
    danios: Sequence[Hit]
    lugares: frozenset[int]
    fuertes: frozenset[int]
    debiles: frozenset[int]
    personas: Sequence[int]


@once
def actor_mentions(lectura: Lectura) -> list[Actor]:
    """Return every actor that a note names, in text order."""
    parts = {parte: _part(lectura, parte) for parte in PARTS}
    acts: Rasgos = {f"acto:{acto.modalidad}": 1.0 for acto in lectura.fuertes}
    times: Counter[str] = Counter()
    found = []
    for score, parte, hit in mentions(lectura):
        doc = lectura.parsed.doc(parte)
        kind, start = kind_of(doc, hit), np_start(doc, hit.span.start)
        times[kind] += 1
        names = {f"regla:{score}", f"vez:{min(3, times[kind])}"} | _where(parte, hit)
        names |= _hanging(parts[parte], hit, preposition(doc, start)) | _beside(parts[parte], hit, start)
        names |= _around(parts[parte], hit, start)
        found.append((kind, _features(kind, names, hit) | {f"{kind}|{name}": value for name, value in acts.items()}))
    return found


def _part(lectura: Lectura, parte: str) -> Parte:
    harms = [hit for part, hit in lectura.hits_of("modalidad") if part == parte and hit.entrada.tipo != "indicio"]
    words = {token.i for hit in harms for token in hit.span if token.pos_ in ("VERB", "NOUN", "ADJ", "AUX")}
    acts = [acto for acto in lectura.actos if acto.parte == parte]
    strong = frozenset(acto.hit.span.start for acto in acts if acto.fuerte)
    people = [mention.start for mention in lectura.menciones[parte] if mention.concreta]
    weak = frozenset(acto.hit.span.start for acto in acts)
    return Parte(lectura.parsed.doc(parte), harms, frozenset(words), strong, weak, people)


def _features(kind: str, names: set[str], hit: Hit) -> Rasgos:
    """Return features that weigh for every kind and, what says the actor's role, for its own too."""
    words = {f"palabra:{hit.span[0].norm_}", f"palabras:{hit.span.text.lower()}", f"linea:{hit.entrada.regla}", f"es:{kind}"}
    own = {f"{kind}|{name}": 1.0 for name in names if not name.startswith(WORDS)}
    return dict.fromkeys(names | words, 1.0) | own


def _where(parte: str, hit: Hit) -> set[str]:
    place = "titulo" if parte == "titulo" else "entrada" if hit.span.start < LEAD else "cuerpo"
    return {place, "varios" if "Plur" in hit.span.root.morph.get("Number", []) else "uno"}


def _classes(token: Token, harms: frozenset[int]) -> set[str]:
    """Return what kind of verb or noun a token is to its subject or object."""
    found = {name for name, words in VERBS.items() if token.norm_ in words}
    return found | ({"danio"} if token.i in harms else set()) or {"otro"}


def _climb(token: Token, harms: frozenset[int]) -> tuple[Token, str]:
    """Return what an actor hangs on beyond other nouns, and by which relation."""
    relation, head, steps = token.dep_.split(":")[0], token.head, 0
    through = relation in OF_A_NOUN
    while head.pos_ in NOMINAL and head.head.i != head.i and steps < STEPS and head.i not in harms:
        relation = head.dep_.split(":")[0] if through else relation
        head, steps = head.head, steps + 1
    return head, relation


def _hanging(part: Parte, hit: Hit, prep: str) -> set[str]:
    """Return the actor's place in the parse."""
    root = hit.span.root
    dep = root.dep_.split(":")[0]
    head, via = _climb(root, part.lugares)
    lemma = head.lemma_.lower()
    found = {f"dep:{dep}", f"prep:{prep}", f"verbo:{lemma}", f"verbo:{dep}:{lemma}"}
    if root.head is not head:
        found.add(f"cuelga:{root.head.norm_}")
    for name in _classes(head, part.lugares):
        found |= {f"rige:{name}", f"rige:{name}:{dep}", f"rige:{name}:{via}>", f"rige:{name}:p:{prep}"}
    for child in head.children:
        relation = child.dep_.split(":")[0]
        found |= {f"hijos:{relation}"} if relation in OBJECTS else set()
        found |= {f"cadena:{relation}:{dep}"} if relation in CLAUSES and child.i in part.lugares else set()
        found |= {"negado"} if child.norm_ == "no" else set()
    clauses = [child for child in root.children if child.dep_.startswith("acl")]
    return found | {"relativa danio" if child.i in part.lugares else "relativa otra" for child in clauses}


def _beside(part: Parte, hit: Hit, start: int) -> set[str]:
    """Return how the actor stands to the nearest harm of its sentence, and to a possible victim."""
    root = hit.span.root
    sentence = root.sent
    earlier = sum(harm.span.start < sentence.start for harm in part.danios)
    found = {f"ya dicho:{min(2, earlier)}"}
    people = [at for at in part.personas if sentence.start <= at < sentence.end]
    if people:
        closest = min(people, key=lambda at: abs(at - root.i))
        found |= {"victima", "victima:antes" if closest < root.i else "victima:luego"}
    harms = [h for h in part.danios if sentence.start <= h.span.start < sentence.end and root not in h.span]
    if not harms:
        return found | {"danio:fuera"}
    nearest = min(harms, key=lambda h: min(abs(h.span.start - root.i), abs(h.span.end - 1 - root.i)))
    return found | _to_harm(part, hit, nearest, preposition(part.doc, start))


def _to_harm(part: Parte, hit: Hit, harm: Hit, prep: str) -> set[str]:
    before = harm.span.start < hit.span.root.i
    side, kind = "antes" if before else "luego", harm.entrada.tipo
    distance = sum(abs(harm.span.start - hit.span.root.i) > limit for limit in NEAR)
    tie = "fuerte" if harm.span.start in part.fuertes else "debil" if harm.span.start in part.debiles else "suelto"
    names = {side, f"{side}:{distance}", f"{side}:{kind}", f"{side}:{prep}", harm.entrada.valor, tie, f"{tie}:{side}"}
    names |= {f"{side}:{kind}:{prep}:{is_participle(harm.span[0])}"}
    names |= {"clitico", f"clitico:{side}"} if has_clitic(harm) else set()
    start, end = (harm.span.end, hit.span.start) if before else (hit.span.end, harm.span.start)
    between = part.doc[start:end] if start < end else part.doc[0:0]
    found = {f"danio:{name}" for name in names} | {f"entre:{side}:{min(2, len(_verbs(between)))}"}
    return found | {f"entre:{side}:{token.norm_}" for token in between if len(between) <= REACH and _links(token)}


def _verbs(span: Span) -> list[Token]:
    return verbs_between(span.doc, span.start, span.end)


def _links(token: Token) -> bool:
    return token.norm_ in PREPOSITIONS or token.text in ',;:"“”' or token.pos_ == "SCONJ"


def _around(part: Parte, hit: Hit, start: int) -> set[str]:
    """Return the words before and after the actor, those of blame or punishment before it, the verb that follows."""
    doc, sentence, end = part.doc, hit.span.root.sent, hit.span.end
    found = {f"-{at}:{doc[start - at].norm_}" for at in range(1, BEFORE + 1) if start - at >= sentence.start}
    found |= {f"+{at + 1}:{doc[end + at].norm_}" for at in range(AFTER) if end + at < sentence.end}
    window = {token.norm_ for token in doc[max(sentence.start, start - BLAMED) : start]}
    found |= {f"antes:{name}" for name in ("culpa", "castigo") if window & VERBS[name]}
    following = verbs_between(doc, end, min(sentence.end, end + AHEAD))
    found |= {f"det:{doc[start].norm_ if start < hit.span.start else ''}"}
    if not following:
        return found | {"sigue:nada"}
    return found | {f"sigue:{name}" for name in {*_classes(following[0], part.lugares), following[0].lemma_.lower()}}
