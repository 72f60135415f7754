"""Features of a whole note: what the rules found in it, and its words."""

import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from nlp.aprendizaje.lemas import lemmas
from nlp.aprendizaje.lineal import Rasgos, scaled
from nlp.reglas import movilizacion, nota, relevante, victima
from nlp.reglas.actos import PARTS, Lectura
from nlp.reglas.agresor import candidates

LEAD = 60  # tokens of the text that count as its lead
WORDS = 14.0  # length of the block of words beside the rules' features
MOST_WORDS = 1_500  # tokens of the text whose words are read
BLOCKS_OF_ONE = ("t", "e", "c", "r")  # headline, lead, sentences of the case, the rest
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})


def note_features(lectura: Lectura) -> Rasgos:
    """Return the features that say whether a note is a finding.

    Who is merely mentioned is left out: annotated negatives all mention journalists and defenders, ordinary news does not.
    """
    return _of_reasons(lectura) | _of_harms(lectura) | _of_cues(lectura) | _of_words(lectura)


def _of_reasons(lectura: Lectura) -> Rasgos:
    found = {f"razon:{reason}": math.log1p(count) for reason, count in relevante.reasons(lectura).items() if count}
    sure = relevante.confidence(lectura)
    found["razon:suma"] = max(-4.0, min(4.0, math.log(max(sure, 1e-3) / max(1 - sure, 1e-3))))
    if not relevante.tells_something(lectura):
        found["razon:sin caso"] = 1.0
    if not relevante.may_tell(lectura):
        found["razon:nada"] = 1.0
    return found


def _place(parte: str, at: int) -> str:
    return "titulo" if parte == "titulo" else "entrada" if at < LEAD else "cuerpo"


def _of_harms(lectura: Lectura) -> Rasgos:
    found: set[str] = set()
    for acto in lectura.actos:
        how = "fuerte" if acto.fuerte else "debil"
        found |= {f"danio:{acto.modalidad}:{how}", f"danio:{how}:{_place(acto.parte, acto.hit.span.start)}"}
        if acto.fuerte and acto.mencion is not None:
            found |= {f"paciente:{acto.mencion.modo}:{acto.mencion.concreta}", f"danio:{acto.modalidad}:{acto.mencion.modo}"}
    for parte, hit in lectura.hits_of("modalidad"):
        found |= {f"danio:{hit.entrada.valor}:{_place(parte, hit.span.start)}", f"linea:{hit.entrada.regla}"}
    best: Counter[str] = Counter()
    for score, _, hit in candidates(lectura):
        best[hit.entrada.valor] = max(best[hit.entrada.valor], score)
    found |= {f"agresor:{kind}:{score}" for kind, score in best.items()}
    return dict.fromkeys(found, 1.0)


def people_features(lectura: Lectura) -> Rasgos:
    """Return what is told of possible victims, for the decisions about a finding."""
    found = {f"victima:{kind}" for kind in victima.kinds(lectura)}
    for parte in PARTS:
        for mention in lectura.menciones[parte]:
            found |= {
                f"mencion:{mention.tipo}:{mention.modo}:{mention.concreta}",
                f"mencion:{mention.tipo}:{_place(parte, mention.start)}",
                f"mencion:{mention.tipo}:{mention.head.norm_}" if mention.modo != "nombre" else f"nombre:{mention.tipo}",
            }
    return dict.fromkeys(found, 1.0)


def _of_cues(lectura: Lectura) -> Rasgos:
    found: Rasgos = {f"nota:{nota.kind(lectura)}": 1.0, "protesta": math.log1p(len(movilizacion.protests(lectura)))}
    found["protesta:toda"] = math.log1p(len(lectura.hits_of("movilizacion")))
    found["etapa"] = math.log1p(len(lectura.hits_of("nota")))
    for field in ("nota", "movilizacion", "riesgo", "vinculo", "via", "urgente"):
        for parte, hit in lectura.hits_of(field):
            found[f"{field}:{hit.entrada.valor}:{_place(parte, hit.span.start)}"] = 1.0
    return found


def _says_something(token: Token) -> bool:
    """Say whether a word is about something: the little words tell one writer from another, not a case from other news."""
    return token.pos_ in CONTENT and not token.is_stop and not token.like_num


def _grams(prefix: str, tokens: Doc | Span, *, pairs: bool) -> set[str]:
    start = tokens.start if isinstance(tokens, Span) else 0
    told = lemmas(tokens.doc if isinstance(tokens, Span) else tokens)[start : start + len(tokens)]
    words = [(word, _says_something(token)) for token, word in zip(tokens, told, strict=True) if word]
    found = {prefix + word for word, says in words if says}
    if pairs:
        found |= {f"{prefix}{one} {other}" for (one, says), (other, also) in pairwise(words) if says or also}
    return found


def _telling(lectura: Lectura) -> set[int]:
    """Return where the sentences begin that tell a possible victim or an act."""
    told = [m.head for m in lectura.menciones["texto"] if m.concreta or m.modo in ("medio", "colectivo")]
    told += [acto.hit.span[0] for acto in lectura.actos if acto.parte == "texto"]
    return {token.sent.start for token in told}


def _sentences(doc: Doc) -> Iterator[Span]:
    if not doc.has_annotation("SENT_START"):
        yield doc[:MOST_WORDS]
        return
    for sentence in doc.sents:
        if sentence.start >= MOST_WORDS:
            return
        yield sentence


def _of_words(lectura: Lectura) -> Rasgos:
    """Return the lemmas (pairs too where the case is told), by where they stand, as one block."""
    doc, telling = lectura.parsed.texto, _telling(lectura)
    found = _grams("t:", lectura.parsed.titulo, pairs=True) | _grams("e:", doc[:LEAD], pairs=True)
    for sentence in _sentences(doc):
        core = sentence.start in telling
        found |= _grams("c:" if core else "r:", sentence, pairs=core)
    for parte in PARTS:
        for mention in lectura.menciones[parte]:
            if mention.concreta or mention.modo != "persona":
                found |= _governed(mention.head, mention.tipo)
    return scaled(found, WORDS)


def _governed(head: Token, kind: str) -> set[str]:
    """Return what a mention hangs on and how («obj>golpear»)."""
    part = head.dep_.split(":")[0]
    lemma = head.head.lemma_.lower()
    return {f"d:{part}>{lemma}", f"d:{part}>{head.head.pos_}", f"d:{kind}:{part}>{lemma}"}
