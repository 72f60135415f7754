"""Features of a name wherever a note says it: its part in the acts, its grammar, where it stands, the words around it."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span, Token

from nlp.aprendizaje.lineal import Rasgos, scaled
from nlp.aprendizaje.rasgos_nota import LEAD
from nlp.personas import Nombrado, signs_a_note
from nlp.reglas.actos import AFTER, BEFORE, Lectura
from nlp.reglas.papeles import SUFFER

WORDS = 1.5  # length of the block of words around the name beside the features that have a meaning of their own
FIELDS = ("agresor", "modalidad", "victima")  # of the lexicon, that say something of a name beside them
NEAR = 5  # words before and after a name that are read
ARTICLES = frozenset({"el", "la", "los", "las", "al", "del", "un", "una", "don", "dona"})
PREPOSITIONS = {"al": "a", "del": "de"}
OPENING, CLOSING = "“«\"'‘", "”»\"'’"
OLDER = re.compile(r"\b(?:(?:19|20)\d\d|hace (?:\w+ ){1,2}(?:anos|meses)|anos (?:antes|atras|despues))\b")


@dataclass(frozen=True)
class _Dicha:
    """A mention of a person with its tokens."""

    nombre: Nombrado
    span: Span

    def touches(self, start: int, end: int) -> bool:
        """Say whether the mention shares a token with another span of its part."""
        return self.span.start < end and start < self.span.end


def told(
    names: Sequence[Nombrado], lectura: Lectura, texts: Mapping[str, str], signs: Callable[[Nombrado, str], Set[str]]
) -> Rasgos:
    """Return what the mentions of one name say: each sign seen at all, and the words around."""
    found: set[str] = set()
    words: set[str] = set()
    for name in names:
        span = lectura.parsed.doc(name.parte).char_span(name.inicio, name.fin, alignment_mode="expand")
        if span is None:
            continue
        dicha = _Dicha(name, span)
        found |= _roles(dicha, lectura) | _grammar(span) | _frame(dicha, texts[name.parte])
        found |= {f"s:{sign}" for sign in signs(name, texts[name.parte])}
        words |= _words(span)
    return dict.fromkeys(found, 1.0) | scaled(words, WORDS)


def _roles(one: _Dicha, lectura: Lectura) -> set[str]:
    """Return what the rules say of a mention: possible victim, patient, agent, told as an aggressor."""
    parte, found = one.nombre.parte, set[str]()
    for mention in lectura.menciones[parte]:
        if one.touches(mention.start, mention.end):
            found |= {f"m:{mention.modo}", f"m:{mention.tipo}"}
    for acto in lectura.actos:
        if acto.parte != parte:
            continue
        if acto.mencion is not None and one.touches(acto.mencion.start, acto.mencion.end):
            found |= {"paciente", f"paciente:{acto.modalidad}", f"paciente:{acto.hit.entrada.tipo}"}
        elif not acto.fuerte and -AFTER <= acto.hit.span.start - one.span.start <= BEFORE:
            found.add("acto débil después" if acto.hit.span.start > one.span.start else "acto débil antes")
    if any(one.touches(mention.start, mention.end) for mention, hit in lectura.agentes if mention.doc is one.span.doc):
        found.add("agente")
    return found | _near(one, lectura)


def _near(one: _Dicha, lectura: Lectura) -> set[str]:
    """Return which fields of the lexicon speak just before and just after a mention, and the harms of its sentence."""
    found, sentence = set[str](), one.span.sent
    for hit in lectura.hits[one.nombre.parte]:
        field, gap = hit.entrada.campo, one.span.start - hit.span.end
        if field in FIELDS and (-1 <= gap <= 2 or one.touches(hit.span.start, hit.span.end)):
            found.add(f"tras:{field}")
        if field in FIELDS and 0 <= hit.span.start - one.span.end <= 3:
            found.add(f"ante:{field}")
        if field == "modalidad" and sentence.start <= hit.span.start < sentence.end:
            found |= {f"frase:{hit.entrada.valor}", "daño en la frase"}
    return found


def _grammar(span: Span) -> set[str]:
    root = span.root
    part, verb = root.dep_.split(":")[0], root.head
    found = {f"dep:{part}", f"gob:{verb.pos_}", f"v:{part}>{verb.lemma_.lower()}"}
    if verb.norm_ in SUFFER:
        found |= {"gob:padece", f"{part}:padece"}
    before = span.start - 1
    while before > 0 and span.doc[before].norm_ in ARTICLES - {"al", "del"}:
        before -= 1
    if before >= 0 and (span.doc[before].pos_ == "ADP" or span.doc[before].norm_ in PREPOSITIONS):
        found.add(f"prep:{PREPOSITIONS.get(span.doc[before].norm_, span.doc[before].norm_)}")
    if before >= 0:
        found.add(f"tras:{span.doc[before].pos_}")
    if span[0].is_sent_start:
        found.add("abre")
    found |= {f"ent:{ent.label_}" for ent in span.ents}
    return found


def _frame(one: _Dicha, text: str) -> set[str]:
    """Return where the mention stands: headline, lead, a line of its own, a signature, quotes, a sentence about other years."""
    name, found = one.nombre, set[str]()
    line = text[text.rfind("\n", 0, name.inicio) + 1 : name.inicio], text[name.fin :].split("\n", 1)[0]
    if name.parte == "titulo" or one.span.start < LEAD:
        found.add("titulo" if name.parte == "titulo" else "entrada")
    if signs_a_note(name, text) or (len(line[0]) < 12 and len(line[1]) < 25 and len(text) > 200):
        found.add("firma")
    if name.inicio and text[name.inicio - 1] in OPENING and text[name.fin : name.fin + 1] in tuple(CLOSING):
        found.add("entrecomillado")
    if line[0].count("“") + line[0].count("«") > line[0].count("”") + line[0].count("»") or line[0].count('"') % 2:
        found.add("en cita")
    if OLDER.search(" ".join(token.norm_ for token in one.span.sent)):
        found.add("otros años")
    if len(name.palabras) > 1:
        found.add("completo")
    return found


def _word(token: Token) -> str:
    if token.like_num:
        return "#"
    return "N_" if token.pos_ == "PROPN" and token.text[:1].isupper() else token.norm_


def _words(span: Span) -> set[str]:
    doc, sentence = span.doc, span.sent
    before = doc[max(sentence.start, span.start - NEAR) : span.start]
    after = doc[span.end : min(sentence.end, span.end + NEAR)]
    found = {f"a:{_word(t)}" for t in before} | {f"d:{_word(t)}" for t in after}
    found |= {f"a1:{_word(t)}" for t in before[-1:]} | {f"d1:{_word(t)}" for t in after[:1]}
    return found | {f"d2:{_word(s)} {_word(t)}" for s, t in pairwise(after[:2])}
