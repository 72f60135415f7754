"""Roles and names that are no possible victim's: those of parties, government, churches, firms, sport and crime.

«coordinador del PAN», «el director de Transporte», «representante de la embajada», «la Secretaría de Trabajo» (an office,
no secretary), «Hugo Pescador Ávila» (a surname, no fisherman), «Movimiento Ciudadano» (no person).
"""

from spacy.tokens import Doc

from nlp.patrones import Hit, words_of
from nlp.personas import given_names
from nlp.pistas import word_set

NO_CIVIL = words_of("@no_civil")
CIVIL = words_of("@causa") | {"colectivo", "colectiva", "sindicato", "albergue", "comunitaria", "comunitario", "indigena"}
STOPS = frozenset({"ante", "contra", "en", "con", "para", "que", "quien", "por", "sobre", "desde", "durante"})
PAIRED = {
    "movimiento": frozenset({"ciudadano", "regeneracion", "territorial"}),
    "asamblea": frozenset({"nacional", "legislativa", "constituyente"}),
}  # bodies of power by two words
REACH = 9  # tokens after a role that may say whose it is
SURNAMES = word_set("cosa_o_apellido") | word_set("fecha_o_nombre") | {"general", "marina", "madre", "san"}
NO_PERSON = (word_set("no_persona") | word_set("institucion") | NO_CIVIL | {"educacion", "alianza", "normal"}) - SURNAMES


def is_no_person(words: tuple[str, ...]) -> bool:
    """Say whether the words of a name are an office's, a country's, a party's or a group's, not a person's."""
    return any(word in NO_PERSON for word in words)


def of_office(doc: Doc, hit: Hit) -> bool:
    """Say whether a role belongs to a party, a government, a church, a firm, a club or a band («líder del PRI»)."""
    for at in range(hit.span.start + 1, min(hit.span.start + REACH, len(doc))):
        token = doc[at]
        after = doc[at + 1].norm_ if at + 1 < len(doc) else ""
        if after in PAIRED.get(token.norm_, ()) or (token.norm_ in NO_CIVIL and after not in CIVIL):
            return True
        if token.norm_ in CIVIL and at >= hit.span.end - 1:
            return False
        if token.text in ".,;:()\n" or token.norm_ in STOPS or (token.pos_ in ("VERB", "AUX") and token.is_lower):
            return False
    return False


def is_name_part(doc: Doc, hit: Hit) -> bool:
    """Say whether a role noun is part of a name here: «Hugo [Pescador] Ávila», «Sindicato de [Trabajadores] Mineros»."""
    first = hit.span[0]
    if not first.text.istitle() or first.is_sent_start or first.i == 0:
        return False
    before, beside = doc[first.i - 1], doc[min(hit.span.end, len(doc) - 1)]
    capital = before.text[:1].isupper() and before.text.isalpha()
    if capital and (not before.is_sent_start or before.norm_ in given_names()):
        return True
    loose = before.norm_ in ("de", "del", "los", "las") and doc[max(0, first.i - 2)].text[:1].isupper()
    return loose or (hit.entrada.tipo == "posible" and before.norm_ in ("de", "y") and beside.text[:1].isupper())


def is_bureau(hit: Hit) -> bool:
    """Say whether «la Secretaría de Trabajo» only looks like a secretary once folded."""
    return hit.span[0].lower_.startswith(("secretaría", "consejería", "comisaría", "tesorería"))
