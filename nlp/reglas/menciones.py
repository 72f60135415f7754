"""Who may be a victim: phrases that tell a journalist or a defender, by role noun, by name and by their own voice.

Examples that must be found: «la reportera Ana Ruiz», «Ana Ruiz, reportera de Canal Norte,», «dos fotógrafas»,
«Efrén Tolentino, del semanario El Barrio», «Ruiz» after any of them, «esta casa editorial». Not: «comunicador social»,
«jefe de prensa», «exreportero», a byline («Por Ana Ruiz, reportera»), a photo credit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from nlp.nomenclator import is_place_name
from nlp.parsed import is_capital
from nlp.patrones import Hit, words_of
from nlp.pistas import word_set
from nlp.reglas.ajenos import is_bureau, is_name_part, is_no_person, of_office
from nlp.reglas.mencion import GROUPS, Mencion
from nlp.reglas.nombre_propio import AGE, name_after, name_before, name_words, person_at, qualified
from nlp.reglas.presentados import companions, is_deed, outlet_people, subject_of

DETERMINERS = word_set("determinante")
BODIES = GROUPS | words_of("@grupo_con_causa") | word_set("clase_de_medio") | words_of("@cuerpo_civil")
ORGANISERS = tuple(sorted(word_set("raiz_de_cargo_civil")))
LINKS = DETERMINERS | frozenset({"tambien", "quien", "que", "es", "era", "hoy", "y", "e", "joven", "como"})
# different words of what is defended that make «vocera», «organización» a defender's: in a brief text, in another
DEFENCE_WORDS, GROUP_WORDS = (1, 2), (1, 3)
BRIEF = 250  # tokens of a brief text, which has no room for many
NOT_PRESS = frozenset({"social", "deportivo", "deportiva", "interno", "interna"})


def _widened(doc: Doc, hit: Hit) -> tuple[int, int, tuple[str, ...]]:
    """Return the mention's limits with determiner and name, and the name's words."""
    start, end = hit.span.start, hit.span.end
    if is_deed(hit):
        subject = subject_of(doc, start)
        return (*subject, name_words(doc, *subject)) if subject else (start, end, ())
    while start > 0 and doc[start - 1].norm_ in DETERMINERS and not doc[start].is_sent_start:
        start -= 1
    for after in _name_places(doc, hit):
        stop = name_after(doc, after)
        far, words = after != end, name_words(doc, after, stop)
        named = _names_group(hit) or not is_no_person(words)
        if stop - after >= (2 if far else 1) and named and not (far and is_place_name(words)):
            return start, stop, words
    comma = _apposition(doc, start)
    if comma > 0:
        begin = name_before(doc, comma)
        words = name_words(doc, begin, comma)
        if comma - begin >= 2 and not is_place_name(words) and not is_no_person(words):
            return begin, end, words
    return start, end, ()


def _name_places(doc: Doc, hit: Hit) -> Iterator[int]:
    """Yield where the name of a role may begin: beside it, after what qualifies it, after its outlet or group."""
    end = hit.span.end
    if not _names_group(hit):
        yield end
        yield from qualified(doc, end)
    if end + 1 < len(doc) and doc[end].text == "," and person_at(doc, end + 1, rare=True) > end + 1:
        yield end + 1  # «la subdirectora, Eva Paz»
    yield from _after_outlet(doc, hit)


def _apposition(doc: Doc, start: int) -> int:
    """Return the comma that ends the name to which a role at `start` is told (0: none).

    «Ana Ruiz, de 30 años, [reportera]», «Ana Ruiz, maestra y [vocera]», «Ana Ruiz, una de las [fundadoras]».
    """
    at = start - 1
    if at > 0 and doc[at].norm_ in ("y", "e"):
        while at > 1 and start - at < 6 and doc[at].is_lower and doc[at].pos_ not in ("VERB", "AUX"):
            at -= 1
    while at > 0 and (doc[at].norm_ in LINKS or (doc[at].norm_ == "de" and doc[at - 1].norm_ in ("una", "uno"))):
        at -= 1
    if at > 3 and doc[at].text == "," and doc[at - 1].norm_ in AGE:
        back = [k for k in range(max(1, at - 6), at) if doc[k].text == ","]
        at = back[-1] if back else at
    return at if at > 0 and doc[at].text == "," else 0


def _names_group(hit: Hit) -> bool:
    """Say whether the name after a role is that of its group or school («coordinadora del colectivo Luz y Rastro»)."""
    last = hit.span[-1]
    joined = any(token.norm_ in ("de", "del") for token in hit.span[1:])
    return hit.span[0].norm_.startswith(ORGANISERS) and joined and (last.norm_ in BODIES or not last.is_lower)


def _after_outlet(doc: Doc, hit: Hit) -> Iterator[int]:
    """Yield where a name may begin after «de Canal Norte,», «del diario El Día,», «[vocera del colectivo] Luz y Rastro,»."""
    end = hit.span.end
    belongs = any(token.norm_ in ("de", "del") for token in hit.span[1:])
    if not belongs and not (end < len(doc) and doc[end].lower_ in ("de", "del", "e", "y")):
        return
    for at in range(end, min(end + 16, len(doc))):
        if doc[at].text == "," and at > end:
            yield at + 1
        if doc[at].text in ",.;:" or (doc[at].pos_ in ("VERB", "AUX") and doc[at].is_lower):
            return


def _refused(doc: Doc, hit: Hit) -> bool:
    """Say whether a role noun is none here: a press officer, an ex, a byline or a credit."""
    span = hit.span
    following = doc[span.end].norm_ if span.end < len(doc) else ""
    before = doc[span.start - 1].norm_ if span.start else ""
    speaker = following == ":" and span.text.isupper()  # «REPORTERA: ¿…?»
    signature = span.text.lower().endswith("redacción") or span.text.lower().endswith("redaccion")
    speaker = speaker or (signature and (span.text.isupper() or "\n" in following))
    if _other_word(doc, hit):
        return True
    alias = before == "el" and span[0].text.istitle() and span.start > 1 and doc[span.start - 2].text in "“\"‘'«"
    return speaker or alias or following in NOT_PRESS or before in ("ex", "foto", "fotos") or _byline(doc, span.start)


def _other_word(doc: Doc, hit: Hit) -> bool:
    """Say whether a match is no such role or group: an office's, a surname, «en medio de la calle», «el poder colectivo»."""
    word = hit.span[0]
    before = doc[word.i - 1] if word.i else None
    if hit.entrada.tipo == "posible" and len(hit.span) == 1 and word.pos_ in ("ADJ", "VERB") and not _led(before):
        return True  # «el sector minero», «ha afectado»
    if hit.entrada.valor == "defensora" and hit.entrada.tipo in ("persona", "posible"):
        return is_bureau(hit) or is_name_part(doc, hit) or of_office(doc, hit)
    if hit.entrada.tipo == "medio" and len(hit.span) == 1 and word.pos_ in ("ADJ", "ADV", "VERB"):
        return True  # «el consumo diario»
    if word.norm_ == "medio":
        return word.pos_ != "NOUN" or (before is not None and before.norm_ in ("en", "por", "a", "y"))
    return word.norm_.startswith("colectiv") and before is not None and before.pos_ == "NOUN"


def _led(before: Token | None) -> bool:
    """Say whether what stands before an adjective makes a noun of it («los desplazados», or a sentence's first word)."""
    return before is None or before.norm_ in DETERMINERS or before.is_punct or before.is_space


def _byline(doc: Doc, start: int) -> bool:
    line = start
    while line > 0 and "\n" not in doc[line - 1].text and start - line < 12:
        line -= 1
    return doc[line].lower_ in ("por", "foto", "fotos", "texto", "video") and start - line < 8 and start - line > 0


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.span.start, -len(h.span))):
        if not kept or hit.span.start >= kept[-1].span.end:
            kept.append(hit)
    return kept


def _masked(hit: Hit, masked: set[int]) -> bool:
    """Say whether a false friend covers where a hit begins, its determiner aside («del [medio ambiente]»)."""
    start = hit.span.start + (len(hit.span) > 1 and hit.span[0].norm_ in DETERMINERS)
    return start in masked or hit.span.start in masked


def _strangers(doc: Doc, hits: Iterable[Hit]) -> list[frozenset[str]]:
    """Return the words of the names told with a role of a party, an office or a firm («Ana Ruiz, líder del PRI»)."""
    roles = [h for h in hits if h.entrada.campo == "victima" and h.entrada.tipo in ("persona", "posible") and of_office(doc, h)]
    return [frozenset(name) for name in (_widened(doc, role)[2] for role in roles) if len(name) > 1]


def _colleague(hit: Hit) -> bool:
    """Say whether «nuestro compañero» is told, an outlet's own only where its trade is told too."""
    return hit.entrada.tipo == "propio" and hit.span[-1].norm_.startswith(("companer", "coleg"))


def settled(mentions: Iterable[Mencion], defended: int) -> list[Mencion]:
    """Return the mentions that stand: of roles and groups that only may be a defender's, those of a note that tells `defended`
    different words of what is defended, enough of them."""
    stands = {"posible": "persona", "grupo": "colectivo"}
    kept = [m for m in mentions if m.modo not in stands or defended >= _asked(m)]
    return [replace(m, modo=stands[m.modo]) if m.modo in stands and (m.nombre or m.modo == "grupo") else m for m in kept]


def _asked(mention: Mencion) -> int:
    """Return how many words of what is defended a doubtful mention asks for: none of «la organización Territorios Diversos»."""
    usual = len(mention.doc) > BRIEF
    if mention.modo != "grupo":
        return DEFENCE_WORDS[usual]
    named = mention.head.is_lower and mention.head.i + 1 < len(mention.doc) and is_capital(mention.head.nbor(1))
    return 0 if named and mention.head.norm_ == "organizacion" else GROUP_WORDS[usual]


def role_mentions(doc: Doc, hits: Sequence[Hit]) -> list[Mencion]:
    """Return the mentions by role noun, outlet, collective or own voice, in text order."""
    found = []
    masked = {
        i for h in hits if h.entrada.campo == "victima" and h.entrada.tipo == "traba" for i in range(h.span.start, h.span.end)
    }
    press = any(h.entrada.valor == "periodista" and h.entrada.tipo != "traba" and not _colleague(h) for h in hits)
    for hit in _longest(h for h in hits if h.entrada.campo == "victima" and h.entrada.tipo != "traba"):
        if _masked(hit, masked) or _refused(doc, hit) or (_colleague(hit) and not press):
            continue
        entry = hit.entrada
        start, end, name = _named_group(doc, hit) if entry.tipo in ("medio", "colectivo", "grupo") else _widened(doc, hit)
        found.append(Mencion(doc, start, end, hit.span.root, entry.valor, entry.tipo, entry.regla, name))
        found += _own_group(doc, found[-1], hit)
    found += outlet_people(doc)
    harms = [hit for hit in hits if hit.entrada.campo == "modalidad"]
    return found + companions(doc, found, harms, _strangers(doc, hits))


def _named_group(doc: Doc, hit: Hit) -> tuple[int, int, tuple[str, ...]]:
    """Return the limits and name of an outlet or group, also after what qualifies it («estación comunitaria Radio Nahui»)."""
    start, end, name = _widened(doc, hit)
    if name:
        return start, end, name
    for at in range(end, min(end + 7, len(doc))):
        token = doc[at]
        article = token.text in ("El", "La", "Los", "Las")
        if is_capital(token) and (at == end or article or doc[at - 1].norm_ not in ("de", "del", "en")):
            return start, name_after(doc, at), name_words(doc, at, name_after(doc, at))
        known = token.is_lower or token.text in ',“"«'
        if not known or (token.pos_ in ("VERB", "AUX") and doc[at - 1].norm_ != "que"):
            break
    return start, end, ()


def _own_group(doc: Doc, mention: Mencion, hit: Hit) -> list[Mencion]:
    """Return the group that several members stand for («integrantes del colectivo [Luz y Rastro] denunciaron»)."""
    end = hit.span.end
    several = mention.modo == "persona" and not mention.nombre and hit.span[0].norm_.endswith("s")
    if not several or not _names_group(hit) or end >= len(doc) or not is_capital(doc[end]):
        return []
    stop = name_after(doc, end)
    rule = hit.entrada.regla
    return [Mencion(doc, end, stop, doc[end], mention.tipo, "colectivo", rule, name_words(doc, end, stop))]
