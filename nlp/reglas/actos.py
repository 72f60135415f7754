"""The acts of a note: which harms it tells and whom they reach. Every other rule reads this `Lectura`.

An act is strong when a victim mention of its sentence is its patient; weak when only a pronoun, a subject left out or the
run of the story ties it to the victim told before («Ahí la golpearon», «Fue llevado a los separos»).
"""

from bisect import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, wraps
from typing import TypeVar, cast

from spacy.tokens import Doc, Span, Token

from nlp.parsed import Parsed, is_capital
from nlp.patrones import Buscador, Hit, read_lexicon
from nlp.reglas import papeles
from nlp.reglas.correferencia import adopted
from nlp.reglas.mencion import Mencion
from nlp.reglas.menciones import role_mentions, settled
from nlp.reglas.papeles import Papel
from nlp.reglas.presentados import name_mentions

Answer = TypeVar("Answer")
PARTS = ("titulo", "texto")
ARTICLES = ("lo", "la", "los", "las")
GOING = frozenset(["va", "van", "iba", "iban", "voy", "vamos", "amenazo", "amenazaron", "amenazan", "amenaza", "ir"])
FAR = 200  # tokens between a mention and an act beyond which they are never compared
FOCUS = ("persona", "nombre", "propio")  # mentions that an act without a patient of its own may be about
LEAD = 60  # tokens of a part in which an outlet or a group may be what the note is about
THINGS = frozenset({"danio_bienes", "ataque_digital", "censura", "obstruccion"})  # harms to what a victim has or does
BEFORE, AFTER = 80, 40  # tokens from such a mention to the act (twice as many before an act with a pronoun)


@dataclass(frozen=True)
class Acto:
    """A harm told in `parte`; `mencion` is its patient where the sentence names it (then it is `fuerte`)."""

    hit: Hit
    parte: str
    mencion: Mencion | None
    fuerte: bool

    @property
    def modalidad(self) -> str:
        """The guide's slug."""
        return self.hit.entrada.valor


@dataclass(frozen=True)
class Lectura:
    """Everything the rules need of one note, by part where it matters."""

    parsed: Parsed
    hits: dict[str, list[Hit]]
    menciones: dict[str, list[Mencion]]
    actos: tuple[Acto, ...]
    agentes: tuple[tuple[Mencion, Hit], ...]

    def hits_of(self, campo: str, valor: str | None = None) -> list[tuple[str, Hit]]:
        """Return the hits of a field of the lexicon with their parts."""
        found = self._by_field.get(campo, [])
        return [(parte, hit) for parte, hit in found if valor is None or hit.entrada.valor == valor]

    @cached_property
    def kept(self) -> dict[object, object]:
        """The answers of the functions that `once` remembers."""
        return {}

    @cached_property
    def _by_field(self) -> dict[str, list[tuple[str, Hit]]]:
        found: dict[str, list[tuple[str, Hit]]] = {}
        for parte in PARTS:
            for hit in self.hits[parte]:
                found.setdefault(hit.entrada.campo, []).append((parte, hit))
        return found

    @property
    def fuertes(self) -> tuple[Acto, ...]:
        """The acts with a patient told beside them."""
        return tuple(acto for acto in self.actos if acto.fuerte)


def once(question: Callable[[Lectura], Answer]) -> Callable[[Lectura], Answer]:
    """Decorate what several rules ask of the same note: it is worked out once. Nobody may change the answer."""

    @wraps(question)
    def answered(lectura: Lectura) -> Answer:
        if question not in lectura.kept:
            lectura.kept[question] = question(lectura)
        return cast("Answer", lectura.kept[question])

    return answered


@lru_cache(maxsize=1)
def buscador() -> Buscador:
    """Return the matcher of the whole lexicon (0.1 s to build, once)."""
    return Buscador(read_lexicon())


def _unmasked(hits: Sequence[Hit]) -> list[Hit]:
    """Drop the hits that a false friend («golpe de calor») or a denial («no hubo agresiones») covers."""
    masked = {
        i
        for hit in hits
        if hit.entrada.tipo == "traba" and hit.entrada.campo != "victima"
        for i in range(hit.span.start, hit.span.end)
    }
    return [
        h
        for h in hits
        if (h.entrada.tipo != "traba" or h.entrada.campo == "victima")
        and not (
            h.entrada.campo == "modalidad"
            and (not masked.isdisjoint(range(h.span.start, h.span.end)) or _no_verb(h) or _only_said(h))
        )
    ]


def _no_verb(hit: Hit) -> bool:
    """Say whether a word that looks like a verb's form is another word by the parse («su esposo», «cerca», «la captura»)."""
    word = hit.span[0]
    if word.norm_ in ARTICLES and word.pos_ == "DET":  # «la demanda» is no «la demanda(n)»
        return True
    if hit.entrada.tipo != "acto":
        return False
    name = word.pos_ == "PROPN" and is_capital(word) and not word.is_sent_start  # «Rocío Mesino»
    return name or (_no_participle(hit) if papeles.is_participle(word) else _no_finite(word))


def _no_participle(hit: Hit) -> bool:
    """Say whether a participle stands for a noun («los detenidos», «sus heridas»)."""
    word = hit.span[0]
    before = word.nbor(-1) if word.i > 0 else None
    if before is None:
        return False
    noun = word.pos_ == "NOUN" and before.pos_ in ("DET", "NUM", "ADP")
    return noun or (before.norm_ in ("los", "las", "presunto", "presunta", "presuntos", "ahora") and len(hit.span) < 3)


def _no_finite(word: Token) -> bool:
    before = word.nbor(-1) if word.i > 0 else None
    if before is not None and before.norm_ in ("de", "del", "en") and "Inf" not in word.morph.get("VerbForm", []):
        return True
    free = before is None or before.pos_ not in ("DET", "ADP", "NUM")
    if free and word.i + 1 < len(word.doc) and word.nbor(1).norm_ in ("a", "al"):
        return False  # «reportero arrolla a ciclista», which the parser may take for an adjective
    return word.pos_ in ("NOUN", "ADJ", "ADV", "ADP", "DET", "NUM", "PRON", "CCONJ") and not word.is_sent_start


def _only_said(hit: Hit) -> bool:
    """Say whether the harm is announced, feared or supposed, not told as done («la golpearían», «que iba a matarla»)."""
    word = hit.span[0]
    if hit.entrada.valor == "amenaza" or hit.entrada.tipo in ("nombre", "nombre_de"):
        return False
    verbs = [t for t in hit.span[:2] if t.pos_ in ("VERB", "AUX")]
    if any("Cnd" in t.morph.get("Mood", []) or "Fut" in t.morph.get("Tense", []) for t in verbs):
        return True
    before = [word.nbor(-k).norm_ for k in (1, 2) if word.i - k >= 0]
    infinitive = "Inf" in word.morph.get("VerbForm", [])
    if infinitive and {"trato", "trataron", "intento", "intentaron", "intentar", "tratar", "quisieron"} & set(before):
        return hit.entrada.valor in ("danio_bienes", "privacion_libertad", "censura")
    return infinitive and before[:1] in (["a"], ["con"]) and before[1:2] != [] and before[1] in GOING


def _sentence(doc: Doc, token: Token) -> Span:
    return token.sent if doc.has_annotation("SENT_START") else doc[:]


def _person_after(hit: Hit) -> bool:
    """Say whether another person than a known victim is the act's object («golpearon a dos jóvenes»)."""
    doc, end = hit.span.doc, hit.span.end
    after = doc[end : end + 2]
    if not len(after) or after[0].norm_ not in ("a", "al", "contra"):
        return False
    return len(after) < 2 or after[1].norm_ not in ("ella", "el", "ellas", "ellos", "golpes", "la", "los", "las", "su", "sus")


def _owner_after(hit: Hit) -> bool:
    """Say whether the thing harmed has an owner told («quemó la casa de su vecino»)."""
    return any(token.norm_ in ("de", "del", "a", "al") for token in hit.span.doc[hit.span.end : hit.span.end + 2])


def _other_subject(hit: Hit) -> bool:
    """Say whether a passive has a subject of its own («dos manifestantes fueron detenidos»)."""
    verb = papeles.trigger(hit)
    return any(child.dep_.startswith("nsubj") and child.pos_ in ("NOUN", "PROPN") for child in verb.children)


def weakly_tied(hit: Hit) -> bool:
    """Say whether the act may reach a victim told before: by pronoun, by a subject left out, or as a noun without owner."""
    verb = papeles.trigger(hit)
    if papeles.has_clitic(hit) or papeles.has_enclitic(verb):
        return not _person_after(hit) or verb.norm_ in papeles.CLITICS
    if hit.entrada.tipo == "suceso":
        return not _other_subject(hit)
    if papeles.is_participle(verb):
        return (
            not _other_subject(hit)
            and verb.i > 0
            and bool({verb.nbor(-1).norm_, verb.nbor(-min(2, verb.i)).norm_} & papeles.PASSIVE)
        )
    if hit.entrada.tipo in ("nombre", "nombre_de"):
        return not _person_after(hit)
    return hit.entrada.valor in THINGS and len(hit.span) > 1 and not _owner_after(hit)


def _link(hit: Hit, parte: str, mentions: Sequence[Mencion], focused: bool) -> tuple[Acto | None, list[Mencion]]:
    """Return the act of a hit (strong, weak or none) and the mentions that are its agents."""
    sentence = _sentence(hit.span.doc, hit.span[0])
    near = [m for m in mentions if sentence.start <= m.head.i < sentence.end and not _inside(m, hit)]
    roles = [(m, papeles.role(m, hit)) for m in near]
    patients = [m for m, r in roles if r is Papel.PACIENTE]
    agents = [m for m, r in roles if r is Papel.AGENTE]
    if patients:
        closest = min(patients, key=lambda m: abs(m.head.i - hit.span.start))
        return Acto(hit, parte, closest, True), agents
    informed = any(papeles.informs(m, hit) for m in near)
    if focused and weakly_tied(hit) and not agents and not informed:
        return Acto(hit, parte, None, False), agents
    return None, agents


def _told_near(hit: Hit, mentions: Sequence[Mencion]) -> bool:
    """Say whether a victim was told shortly before the act, or is told right after it."""
    reach = 2 if papeles.has_clitic(hit) else 1
    return any(in_focus(m) and -AFTER <= hit.span.start - m.head.i <= BEFORE * reach for m in mentions)


def in_focus(mention: Mencion) -> bool:
    """Say whether an act without a patient of its own may be about a mention: a person, or the group that a lead tells."""
    group = mention.modo in ("medio", "colectivo") and mention.start < LEAD
    return mention.concreta and (mention.modo in FOCUS or group)


def _inside(mention: Mencion, hit: Hit) -> bool:
    return hit.span.start <= mention.head.i < hit.span.end and hit.entrada.tipo != "acto"


def read(parsed: Parsed) -> Lectura:
    """Return the `Lectura` of a parsed note: hits, mentions (role nouns, then names), acts in text order."""
    hits = {parte: _unmasked(buscador().find(parsed.doc(parte))) for parte in PARTS}
    roles = {parte: role_mentions(parsed.doc(parte), hits[parte]) for parte in PARTS}
    defended = {hit.span[0].norm_ for parte in PARTS for hit in hits[parte] if hit.entrada.campo == "defensa"}
    roles = {parte: settled(roles[parte], len(defended)) for parte in PARTS}
    roles["texto"] = adopted(parsed.texto, roles["texto"])
    named = [m for parte in PARTS for m in roles[parte] if m.nombre]
    mentions = {p: sorted(roles[p] + name_mentions(parsed.doc(p), named, roles[p]), key=lambda m: m.start) for p in PARTS}
    actos: list[Acto] = []
    agents: list[tuple[Mencion, Hit]] = []
    headline = any(map(in_focus, mentions["titulo"]))
    for parte in PARTS:
        places = [m.start for m in mentions[parte]]
        for hit in (h for h in hits[parte] if h.entrada.campo == "modalidad" and h.entrada.tipo != "indicio"):
            near = mentions[parte][bisect(places, hit.span.start - FAR) : bisect(places, hit.span.start + FAR)]
            acto, doing = _link(hit, parte, near, headline or _told_near(hit, near))
            actos += [acto] if acto else []
            agents += [(mention, hit) for mention in doing]
    return Lectura(parsed, hits, mentions, tuple(actos), tuple(agents))
