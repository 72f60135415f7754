"""People told without a role noun of their own: by outlet, group or trade, in a list, presented after their role, by name.

«Efrén Tolentino, del semanario El Barrio», «los reporteros Ana Ruiz y [Luis Mora]», «Se trata de [Eva Paz]», «[Ruiz] dijo».
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from nlp.nomenclator import is_place_name
from nlp.parsed import capitals, is_capital
from nlp.patrones import Hit, words_of
from nlp.personas import given_names
from nlp.pistas import word_set
from nlp.reglas.ajenos import NO_CIVIL, is_no_person
from nlp.reglas.mencion import GROUPS, Mencion
from nlp.reglas.nombre_propio import (
    PARTICLES,
    is_introduced,
    listed,
    listed_before,
    name_after,
    name_before,
    name_words,
    officials,
    opens,
    person_at,
)

COVERS = words_of("<cubrir|conducir|escribir|reportear|fotografiar>")
OUTLETS = word_set("clase_de_medio")
AIRWAVES = frozenset({"radio", "estereo", "canal"})
HEADINGS, TAILS = words_of("@inicio_de_medio"), words_of("@fin_de_medio")  # of outlets' names
CIVIL = words_of("@gremio_civil")
KIN = frozenset({"hijo", "hija", "hermano", "hermana", "esposo", "esposa", "padre", "madre", "hijos", "sobrino", "nieto"})
WORKS = words_of("<trabajar|colaborar|publicar|laborar|dirigir|administrar|fundar|transmitir>")
OFFICES = word_set("no_grupo_civil")
BANDS = words_of("@grupo_con_causa")
CAUSES = words_of("@causa")
PEOPLE = ("persona", "propio")
PAINFUL = 25  # tokens around a name in which a harm lets an outlet or a group present it
LEADS = word_set("determinante") | frozenset(
    {"que", "quien", "se", "no", "ha", "habia", "lo", "la", "le", "ya", "tambien", "ademas"}
)
ASIDE = 12  # tokens of what may stand between a name and its verb: «Ana Ruiz, de San Juan, encabeza»
PRESENTED, SOON = 160, 12  # tokens between a role and the name told for it: before, after


def companions(
    doc: Doc, told: Sequence[Mencion], harms: Sequence[Hit], foreign: Sequence[frozenset[str]] = ()
) -> list[Mencion]:
    """Return the people named in a list with those of `told`, and those named after a role told without a name.

    «los reporteros Ana Ruiz, [Luis Mora] y [Eva Paz]», «dos fotógrafas … Se trata de [Eva Paz]», «… [Eva Paz], de 30 años,»,
    «los dos cubrían la marcha. Golpearon a [Eva Paz]». Not those in `foreign`: names told of a party or an office.
    """
    others = [*foreign, *officials(doc)]
    hurting = {i for harm in harms for i in range(harm.span.start, harm.span.end)}
    people = [m for m in told if m.modo in ("persona", "posible")]
    busy = {i for mention in told for i in range(mention.start, mention.end)}
    found: list[Mencion] = []
    for at in capitals(doc):
        if at in busy or at == len(doc) - 1 or (at and is_capital(doc[at - 1])):
            continue
        stop = person_at(doc, at, rare=opens(doc, at))
        painful = not hurting.isdisjoint(range(at - PAINFUL, stop + PAINFUL))
        near = [m for m in told if _presents(m, painful) and (-PRESENTED <= m.start - at < SOON or opens(doc, at))]
        if any(words.issuperset(name_words(doc, at, stop)) for words in others):
            continue
        if stop > at and near and is_introduced(doc, at, stop, hurting):
            closest = min(near, key=lambda m: abs(m.start - at))
            found.append(_person(doc, at, stop, closest, "menciones.introduced"))
            busy.update(range(at, stop))
    for mention in [m for m in people if m.nombre] + found:
        for start, stop in (*listed(doc, mention.end), *listed_before(doc, mention.start)):
            if start not in busy:
                found.append(_person(doc, start, stop, mention, "menciones.listed"))
                busy.update(range(start, stop))
    return found


def _presents(mention: Mencion, painful: bool) -> bool:
    """Say whether a mention may present a name told near it: a person, or beside a harm an outlet or group."""
    if mention.modo == "posible":
        return not mention.nombre
    return mention.modo in PEOPLE or (painful and mention.concreta)


def _person(doc: Doc, start: int, stop: int, beside: Mencion, rule: str) -> Mencion:
    """Return the mention of a person who is what `beside` is; only possibly a victim where that is only possible."""
    mode = "posible" if beside.modo == "posible" else "persona"
    return Mencion(doc, start, stop, doc[stop - 1], beside.tipo, mode, rule, name_words(doc, start, stop))


def outlet_people(doc: Doc) -> list[Mencion]:
    """Return people told by outlet, group or trade only: «Efrén Tolentino, del semanario El Barrio», «Ana Cruz, que cubre».

    And outlets by their name: «Radio Tlayoltsin».
    """
    found, names = [], set(capitals(doc))
    for token in doc[1:]:
        if token.text == "," and (kind := _trade(doc, token.i + 1)) and token.i - (start := name_before(doc, token.i)) >= 2:
            name = tuple(t.norm_ for t in doc[start : token.i] if t.lower_ not in PARTICLES)
            found.append(Mencion(doc, start, token.i, doc[start], kind, "persona", "menciones.outlet_people", name))
        elif token.i - 1 in names and (kind := _own_name(doc, token.i)):
            stop = name_after(doc, token.i)
            name = (token.norm_,) if kind == "medio" else ()
            whose = "periodista" if kind == "medio" else "defensora"
            found.append(Mencion(doc, token.i - 1, stop, doc[token.i - 1], whose, kind, "menciones.own_name", name))
    return found


def _own_name(doc: Doc, at: int) -> str:
    """Return `medio` or `colectivo` where the word before `at` begins such a name («Radio Nahui», «Frente del Pedregal»)."""
    first, second = doc[at - 1].norm_, doc[at]
    if (first in AIRWAVES and is_capital(second)) or _outlet_name(doc, at):
        return "medio"
    if any(token.norm_ in NO_CIVIL for token in doc[at : at + 4] if is_capital(token)):
        return ""
    if first in BANDS and CAUSES & {token.norm_ for token in doc[at : at + 4]} and name_after(doc, at - 1) > at:
        return "colectivo"
    joins = is_capital(second) or (second.norm_ in ("de", "del", "por", "en", "contra") and name_after(doc, at + 1) > at + 1)
    if first not in GROUPS or not joins or second.norm_ in OFFICES:
        return ""
    return "" if doc[min(at + 1, len(doc) - 1)].norm_ in OFFICES else "colectivo"


def _outlet_name(doc: Doc, at: int) -> bool:
    """Say whether the words around `at` are an outlet's by their look: «Sierra [Noticias]», «[Noticias] de la Sierra»."""
    first, second = doc[at - 1], doc[at]
    opening = first.norm_ in HEADINGS and (
        is_capital(second) or (second.norm_ in PARTICLES and name_after(doc, at + 1) > at + 1)
    )
    closing = is_capital(second) and second.norm_ in TAILS and not first.is_sent_start and name_after(doc, at) == at + 1
    return (opening and not first.is_sent_start) or closing


def is_deed(hit: Hit) -> bool:
    """Say whether a victim is told by what they do («encabeza la defensa del río»), not by a noun."""
    first = hit.span[0]
    verb = hit.span[1] if first.norm_ in LEADS and len(hit.span) > 1 else first
    return verb.pos_ in ("VERB", "AUX") and hit.entrada.tipo == "persona"


def subject_of(doc: Doc, verb: int) -> tuple[int, int] | None:
    """Return the limits of the name whose deed is told at `verb`: «[Ana Ruiz], de San Juan, asesora a», «[Ana] reúne a»."""
    at = verb - 1
    while at > 0 and doc[at].norm_ in LEADS:
        at -= 1
    if at <= 0:
        return None
    if is_capital(doc[at]):
        start = name_before(doc, at + 1)
        known = doc[start].norm_ in given_names() and not is_no_person(name_words(doc, start, at + 1))
        return (start, at + 1) if known else None
    for comma in range(at, max(0, at - ASIDE), -1):
        if doc[comma].text in ".;:?!" or "\n" in doc[comma].text:
            return None
        start = name_before(doc, comma) if doc[comma].text == "," else comma
        if start < comma and person_at(doc, start) == comma:
            return start, comma
        if comma == at and doc[at].text != ",":
            return None
    return None


def _trade(doc: Doc, at: int) -> str:
    """Return the kind that «de Canal Norte», «de la Asamblea», «que cubre» tell of the name before, or an empty string."""
    words = [token.norm_ for token in doc[at : at + 9]]
    if words[:1] == ["que"] or words[:1] == ["quien"]:
        if "busca" in words[1:3] and KIN & set(words):
            return "defensora"
        works = bool(WORKS & set(words[1:3]) and OUTLETS & set(words[2:]))
        return "periodista" if works or any(word in COVERS for word in words[1:3]) else ""
    if words[:1] not in (["de"], ["del"]):
        return ""
    rest = words[1:3] if words[1:2] in (["la"], ["el"], ["las"], ["los"], ["un"], ["una"]) else words[1:2]
    return "periodista" if OUTLETS & set(rest) else "defensora" if (GROUPS | CIVIL) & set(rest) else ""


PLACED = frozenset({"en", "de", "desde", "hacia", "por", "(", "a"})  # before a surname that is a place too


def name_mentions(doc: Doc, named: Sequence[Mencion], taken: Sequence[Mencion]) -> list[Mencion]:
    """Return later mentions by name ("Ruiz", "Ana Ruiz") of the people in `named`, outside the mentions in `taken`."""
    people = [mention for mention in named if mention.modo == "persona"]
    kinds = {word: mention.tipo for mention in people for word in mention.nombre if len(word) > 2}
    if not kinds:
        return []
    busy = {i for mention in taken for i in range(mention.start, mention.end)}
    found: list[Mencion] = []
    done = 0
    for at in capitals(doc):
        if at < done or at in busy:
            continue
        done = stop = name_after(doc, at)
        words = [t.norm_ for t in doc[at:stop] if t.lower_ not in PARTICLES]
        acronym = stop - at == 1 and doc[at].text.isupper() and len(doc[at]) < 6
        place = len(words) == 1 and is_place_name(tuple(words)) and at > 0 and doc[at - 1].norm_ in PLACED
        if words and not acronym and not place and all(word in kinds for word in words) and not is_no_person(tuple(words)):
            found.append(Mencion(doc, at, stop, doc[stop - 1], kinds[words[0]], "nombre", "menciones.name_mentions"))
    return found
