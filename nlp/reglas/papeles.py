"""Who did what to whom: the part that a mention plays in an act, from word order, prepositions, dependencies.

Patient: «golpearon a la reportera», «la reportera fue golpeada», «Reportera, agredida en Tepito», «agresión contra el
fotógrafo», «asesinato del periodista», «la fotógrafa denunció amenazas», «a Ruiz lo rodearon». Agent: «el periodista golpeó a
su vecino», «agresión de la periodista a un policía». Neither: «informó el periodista».
"""

from enum import Enum

from spacy.tokens import Span, Token

from nlp.flexion import forms
from nlp.patrones import Hit, words_of
from nlp.reglas.mencion import Mencion


class Papel(Enum):
    """What a mention is to an act."""

    PACIENTE = "paciente"
    AGENTE = "agente"
    NINGUNO = "ninguno"


CLITICS = frozenset({"me", "nos", "lo", "la", "los", "las", "le", "les"})
THIRD = frozenset({"lo", "la", "los", "las", "le", "les"})
SAYS = words_of(
    "<decir|señalar|relatar|narrar|contar|comentar|referir|expresar|declarar|explicar|denunciar|recordar|afirmar|asegurar"
    "|indicar|expresar|reprochar|lamentar|agregar|añadir|sostener|reclamar|detallar|exponer|precisar|escribir|acusar>"
)
AGAINST = frozenset({"a", "al", "contra", "hacia", "sobre"})
OF = frozenset({"de", "del"})
OWN_ARTICLE = frozenset({"el", "la", "los", "las", "un", "una", "unos", "unas"})
PASSIVE = frozenset().union(*(forms(v) for v in ("ser", "estar", "resultar", "quedar", "terminar", "acabar", "salir", "ver")))
PASSIVE |= words_of("fue|fueron|es|son|era|eran|sido|siendo|sea|sean|fuera|fueran|esta|estan|estaba|estaban")
HAVE = words_of("ha|han|habia|habian|haya|hayan|hubiera|hubieran|haber|habria|habrian|habiendo|he|hemos")
SUFFER = words_of(
    "<denunciar|sufrir|recibir|padecer|enfrentar|acusar|relatar|narrar|reportar|soportar|vivir|alertar|responsabilizar|exhibir"
    "|referir|exigir|documentar|temer|revelar|contar|afrontar|evidenciar|advertir|encarar|llevar|tener|hallar|encontrar>"
) | frozenset({"victima", "victimas", "objeto", "blanco"})
POSSESSIONS = frozenset(
    {"danio_bienes", "ataque_digital", "espionaje", "censura", "obstruccion"}
)  # harms done to what is the victim's
INFORMS = words_of("<informar|reportar|publicar|explicar|precisar|detallar|indicar|confirmar|difundir>")
UNDERGO = words_of("<sufrir|recibir|padecer|enfrentar|denunciar>")  # «la agresión que sufrió la reportera»
REACH = 14  # tokens between a mention and its act, at most


def is_participle(token: Token) -> bool:
    """Say whether a trigger is a participle that is not part of a perfect («ha golpeado»)."""
    ending = token.norm_.endswith(
        ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "erto", "erta", "ertos", "uesto")
    )
    return ending and not (token.i > 0 and token.nbor(-1).norm_ in HAVE)


def is_finite(token: Token) -> bool:
    """Say whether a token is a finite verb by the parse."""
    return token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", [])


def preposition(mention: Mencion) -> str:
    """Return the folded preposition before a mention («a», «contra», «por» …), or an empty string."""
    first = mention.span[0]
    if first.norm_ in ("al", "del"):
        return "a" if first.norm_ == "al" else "de"
    if first.i == 0:
        return ""
    before = first.nbor(-1)
    steps = 3 if first.norm_ in OWN_ARTICLE else 0  # «deja su pueblo con su familia [el periodista]»: not of the family
    while (
        before.i > 0
        and steps < 3
        and before.pos_ in ("NOUN", "ADJ", "DET", "PROPN", "NUM")
        and before.norm_ not in ("al", "del")
    ):
        before, steps = before.nbor(-1), steps + 1
    word = {"al": "a", "del": "de"}.get(before.norm_, before.norm_)
    return word if before.pos_ == "ADP" or word in AGAINST or word in OF else ""


def trigger(hit: Hit) -> Token:
    """Return the word of an act's match that carries it: its first."""
    return hit.span[0]


def has_clitic(hit: Hit) -> bool:
    """Say whether the act has an object pronoun before its verb or on it («la golpearon», «golpearlo»)."""
    verb = trigger(hit)
    if verb.norm_ in CLITICS:
        return True
    before = [verb.nbor(-k).norm_ for k in (1, 2) if verb.i - k >= 0]
    if before and before[0] in CLITICS:
        noun_after = before[0] in ("la", "los", "las", "lo") and verb.pos_ in ("NOUN", "ADJ")
        return not noun_after
    return len(before) > 1 and before[1] in CLITICS and before[0] in HAVE


def has_enclitic(token: Token) -> bool:
    """Say whether an infinitive or gerund carries an object pronoun («golpearla», «amenazándolos»)."""
    return any(
        token.norm_.endswith(stem + c) for stem in ("ar", "er", "ir", "ndo") for c in ("lo", "la", "le", "los", "las", "les")
    )


def _between(mention: Mencion, hit: Hit) -> Span:
    doc = hit.span.doc
    first, last = (mention.end, hit.span.start) if mention.end <= hit.span.start else (hit.span.end, mention.start)
    return doc[min(first, last) : max(first, last)]


def _other_verbs(between: Span, *, clauses: bool = False) -> bool:
    """Say whether another finite verb parts act and mention; those of relative clauses only with `clauses`."""
    return any(
        is_finite(t)
        and (clauses or not t.dep_.startswith("acl"))
        and t.norm_ not in PASSIVE
        and t.norm_ not in HAVE
        and t.norm_ not in SUFFER
        for t in between
    )


def noun_role(mention: Mencion, hit: Hit) -> Papel:
    """Return the part of a mention in an act told by a noun («agresión contra», «asesinato de», «denunció amenazas»)."""
    between, prep = _between(mention, hit), preposition(mention)
    if mention.start >= hit.span.end:
        if {"por", "al"} & {t.norm_ for t in between} and hit.span[-1].norm_ in AGAINST:
            return Papel.NINGUNO  # «juicio contra tres hombres por apuñalar a un periodista»
        if prep in AGAINST or {"contra", "agravio", "perjuicio"} & {t.norm_ for t in between}:
            return Papel.PACIENTE if not _other_verbs(between) else Papel.NINGUNO
        if prep in OF and len(between) <= 3:
            joined = any(t.norm_ in ("y", "e") for t in between)  # «tortura y detención de la defensora»
            return Papel.PACIENTE if hit.entrada.tipo == "nombre_de" or joined else Papel.AGENTE
        return Papel.PACIENTE if any(t.norm_ in UNDERGO for t in between) and prep != "por" else Papel.NINGUNO
    suffers = any(t.norm_ in SUFFER for t in between) or _because_of(hit)
    return Papel.PACIENTE if suffers and not prep and not _negated(between) else Papel.NINGUNO


def _because_of(hit: Hit) -> bool:
    """Say whether a harm is told as why its sentence happens: «huye [tras] amenazas», «[luego de] agresiones»."""
    before = [hit.span[0].nbor(-k).norm_ for k in (1, 2) if hit.span[0].i - k >= 0]
    return before[:1] in (["tras"], ["ante"]) or before in (
        ["de", "luego"],
        ["de", "despues"],
        ["a", "debido"],
        ["de", "causa"],
    )


def _negated(between: Span) -> bool:
    return any(t.norm_ in ("no", "sin", "nunca", "jamas") for t in between[-4:])


def participle_role(mention: Mencion, hit: Hit) -> Papel:
    """Return the part of a mention in a passive or attributive act («fue golpeado», «Reportera, agredida»)."""
    between, prep = _between(mention, hit), preposition(mention)
    if mention.head.head == trigger(hit) and mention.head.dep_.startswith("nsubj"):
        return Papel.PACIENTE
    if prep == "por" or _other_verbs(between):
        return Papel.AGENTE if prep == "por" and mention.start >= hit.span.end else Papel.NINGUNO
    if mention.start >= hit.span.end:
        near = len(between) <= 8 and not any(token.text in ".:;" for token in between)
        return Papel.PACIENTE if prep in ("", "a") and near and _agrees(mention.head, trigger(hit)) else Papel.NINGUNO
    if _of_another(between, trigger(hit)):
        return Papel.NINGUNO
    return Papel.PACIENTE if _agrees(mention.head, trigger(hit)) and prep not in ("con",) else Papel.NINGUNO


def _of_another(between: Span, participle: Token) -> bool:
    """Say whether a bare participle belongs to a nearer noun («la abogada de una joven de 22 años asesinada»)."""
    aux = {participle.nbor(-k).norm_ for k in (1, 2) if participle.i - k >= 0} & (PASSIVE | {","})
    listed = participle.i > 0 and participle.nbor(-1).norm_ in ("y", "e") and any(t.norm_ in PASSIVE for t in between)
    return not aux and not listed and any(token.pos_ in ("NOUN", "PROPN") for token in between)


def _agrees(noun: Token, participle: Token) -> bool:
    plural = participle.norm_.endswith("s")
    number = noun.morph.get("Number", [])
    return not number or ("Plur" in number) == plural or noun.pos_ == "PROPN"


def active_role(mention: Mencion, hit: Hit) -> Papel:
    """Return the part of a mention in an active act («golpean a la reportera», «a Ruiz lo golpearon»)."""
    between, prep, verb = _between(mention, hit), preposition(mention), trigger(hit)
    if mention.start >= hit.span.start:
        inside = mention.end <= hit.span.end + 6 and prep in ("a", "contra")
        another = any(token.norm_ in ("a", "al") for token in between[:-1])  # «detienen a dos comerciantes por golpear a …»
        reached = prep in AGAINST and not another and not _other_verbs(between, clauses=True)
        owned = prep in OF and hit.entrada.valor in POSSESSIONS and len(between) <= 8
        bare = hit.entrada.valor in POSSESSIONS or verb.is_sent_start  # «Balean redacción», «cerraron la emisora»
        closed = not prep and bare and mention.modo in ("medio", "colectivo") and len(between) <= 4
        return Papel.PACIENTE if (inside and not another) or reached or owned or closed else Papel.NINGUNO
    if _relative_object(hit) or (prep in AGAINST and (has_clitic(hit) or mention.head.dep_ in ("obj", "iobj", "obl"))):
        return Papel.PACIENTE
    subject = mention.head.head == verb and mention.head.dep_ == "nsubj"
    if subject or (not prep and not _other_verbs(between) and not has_clitic(hit) and is_finite(verb)):
        return Papel.AGENTE
    return Papel.NINGUNO


def _relative_object(hit: Hit) -> bool:
    """Say whether the verb's object is a relative pronoun: «Mancera, a quien golpearon», «el fotógrafo al que detuvieron»."""
    verb = trigger(hit)
    before = [verb.nbor(-k).norm_ for k in range(1, 7) if verb.i - k >= 0]
    return any(
        word in ("quien", "quienes", "que", "cual", "cuales") and {"a", "al"} & set(before[k + 1 : k + 3])
        for k, word in enumerate(before)
    )


def is_object(mention: Mencion, hit: Hit) -> bool:
    """Say whether an act's object pronoun stands for a person told before: «el fotógrafo grababa cuando [lo] tiraron»."""
    clitic, verb = _clitic(hit)
    if clitic not in THIRD or mention.end > hit.span.start or mention.modo not in ("persona", "nombre"):
        return False
    between = _between(mention, hit)
    if preposition(mention) in ("por", "con", "segun", "contra") or any(t.norm_ in ("a", "al") for t in between[-4:]):
        return False
    several = mention.head.norm_.endswith("s") and mention.modo == "persona"
    if clitic.endswith("s") != several or (clitic == "la" and mention.span[0].norm_ in ("el", "un", "al", "del")):
        return False
    if clitic == "lo" and mention.span[0].norm_ in ("la", "una"):
        return False
    subject = next((c for c in verb.children if c.dep_.startswith("nsubj")), None)
    other = subject is not None and not mention.start <= subject.i < mention.end
    return other or ("Plur" in verb.morph.get("Number", []) and not several)


def says_own(mention: Mencion, hit: Hit) -> bool:
    """Say whether who is quoted tells a harm of their own: «“[Me] golpearon”, dijo Ruiz»."""
    if _clitic(hit)[0] not in ("me", "nos") or mention.modo not in ("persona", "nombre", "propio"):
        return False
    return any(token.norm_ in SAYS for token in _between(mention, hit))


def _clitic(hit: Hit) -> tuple[str, Token]:
    """Return an act's object pronoun (an empty string where there is none) and its verb."""
    first = trigger(hit)
    if first.norm_ in CLITICS:
        return first.norm_, hit.span[min(1, len(hit.span) - 1)]
    before = [first.nbor(-k).norm_ for k in (1, 2) if first.i - k >= 0]
    if before[:1] and before[0] in CLITICS and first.pos_ in ("VERB", "AUX"):
        return before[0], first
    return (before[1] if len(before) > 1 and before[0] in HAVE and before[1] in CLITICS else ""), first


def role(mention: Mencion, hit: Hit) -> Papel:
    """Return the part that `mention` plays in the act `hit` of the same sentence."""
    far = len(_between(mention, hit))
    if far <= 3 * REACH and (is_object(mention, hit) or says_own(mention, hit)):
        return Papel.PACIENTE
    passive = is_participle(trigger(hit)) and trigger(hit).i > 0 and trigger(hit).nbor(-1).norm_ in PASSIVE
    if far > (2 * REACH if passive or hit.entrada.tipo == "suceso" else REACH):
        return Papel.NINGUNO
    if hit.entrada.tipo in ("nombre", "nombre_de") or (trigger(hit).pos_ == "NOUN" and not is_participle(trigger(hit))):
        return noun_role(mention, hit)
    if hit.entrada.tipo == "suceso":
        return event_role(mention, hit)
    return participle_role(mention, hit) if is_participle(trigger(hit)) else active_role(mention, hit)


def informs(mention: Mencion, hit: Hit) -> bool:
    """Say whether who is told only reports the harm to others: «informó el reportero que asaltaron una tienda»."""
    verb = mention.head.head
    told = verb.norm_ in INFORMS and verb.i < mention.start and any(t.norm_ == "que" for t in _between(mention, hit))
    own = any(t.norm_ in ("su", "sus", "mi") for t in hit.span) or has_clitic(hit)
    return told and not own


def event_role(mention: Mencion, hit: Hit) -> Papel:
    """Return the part of a mention in an act whose phrase says the harm by itself («perdió la vida»)."""
    between = _between(mention, hit)
    if preposition(mention) in ("por", "con", "segun") or _other_verbs(between) or informs(mention, hit):
        return Papel.NINGUNO
    another = mention.end <= hit.span.start and _clitic(hit)[0] in THIRD and any(t.norm_ in ("a", "al") for t in between[-4:])
    return Papel.NINGUNO if another else Papel.PACIENTE  # «contó que al chofer lo patearon»
