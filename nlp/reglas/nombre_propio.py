"""Proper names in a parsed text: where one begins and ends, and how it is introduced or listed.

«Se trata de Ana Ruiz, de 30 años, y de Luis Mora», «Ana Ruiz, Luis Mora y Eva Paz», «me llamo Ana Ruiz».
"""

from collections.abc import Container, Iterator

from spacy.tokens import Doc, Token

from nlp.nomenclator import is_place_name
from nlp.parsed import capitals, is_capital
from nlp.personas import given_names
from nlp.pistas import word_set
from nlp.reglas.ajenos import is_no_person

PARTICLES = frozenset({"de", "del", "la", "las", "los", "y"})
JOINS = frozenset({",", "y", "e"})
QUALIFIERS = frozenset({"NOUN", "ADJ", "PROPN", "ADV", "NUM"})
OFFICES = word_set("cargo_o_sitio") | {"jefe", "jefa", "comisionado", "comisionada", "ministro", "ministra", "obispo"}
AGE = frozenset({"años", "anos", "edad"})
HARMED = (
    "afectad", "victima", "lesionad", "detenid", "herid", "agredid", "agraviad", "desaparecid", "arrestad", "amenazad",
)  # fmt: skip
DOERS = (
    "agresor", "sujeto", "presunt", "responsable", "homicida", "imputad", "acusad", "atacante", "victimari", "sospechos",
)  # fmt: skip
REACHED = frozenset(
    {
        "fue",
        "fueron",
        "resulto",
        "resultaron",
        "quedo",
        "quedaron",
        "recibio",
        "recibieron",
        "denuncio",
        "denunciaron",
        "sufrio",
    }
)
COUNTED = word_set("contado")
OPENERS = (
    ("trata", "de"), ("trataba", "de"), ("se", "llama"), ("se", "llamaba"), ("me", "llamo"), ("nombre", "es"), ("nombre", "de"),
    ("nombre", ","), ("entre", "ellos"), ("entre", "ellas"), ("identificado", "como"), ("identificada", "como"),
    ("identificados", "como"), ("identificadas", "como"), ("identifico", "como"), ("nombres", "de"), ("son", ":"),
)  # fmt: skip


def name_after(doc: Doc, start: int) -> int:
    """Return the end of the proper name that begins at `start` (`start` itself when there is none)."""
    end = at = start
    while at < len(doc) and at - start < 8:
        if is_capital(doc[at]) or (_initial(doc[at]) and (end > start or _before_surname(doc, at))):
            end = at + 1
        elif not (end > start and doc[at].lower_ in PARTICLES) or _other_person(doc, at):
            break
        at += 1
    return end


def _other_person(doc: Doc, at: int) -> bool:
    """Say whether «y» at `at` parts two people («Ana Ruiz y Luis Mora»)."""
    return doc[at].lower_ == "y" and at + 1 < len(doc) and doc[at + 1].norm_ in given_names()


def _initial(token: Token) -> bool:
    return len(token.text) == 2 and token.text.endswith(".") and token.text[0].isupper()


def _before_surname(doc: Doc, at: int) -> bool:
    return at + 1 < len(doc) and is_capital(doc[at + 1])


def name_before(doc: Doc, end: int) -> int:
    """Return the start of the proper name that ends at `end` (`end` itself when there is none)."""
    start = at = end
    while at > 0 and end - at < 8:
        at -= 1
        if is_capital(doc[at]) and not (start < end and doc[at].text.endswith(".-")):  # «Ciudad de México.- Ana Ruiz»
            start = at
        elif not (start < end and doc[at].lower_ in PARTICLES):
            break
    return start


def name_words(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    """Return the folded words of a name, without particles."""
    return tuple(token.norm_ for token in doc[start:end] if token.lower_ not in PARTICLES)


def person_at(doc: Doc, start: int, *, rare: bool = False) -> int:
    """Return the end of the full name of a person that begins at `start`, or `start`; `rare`: any given name will do."""
    stop = name_after(doc, start)
    words = name_words(doc, start, stop)
    known = rare or doc[start].norm_ in given_names() or doc[start].norm_ in ("ma", "ma.", "j.")
    return stop if known and len(words) >= 2 and not is_place_name(words) and not is_no_person(words) else start


def listed(doc: Doc, end: int) -> Iterator[tuple[int, int]]:
    """Yield the names that follow one that ends at `end`: «[Ana Ruiz], Luis Mora y, de 20 años, Eva Paz»."""
    at = end
    while at < len(doc):
        start = _next_name(doc, at)
        stop = person_at(doc, start, rare=True) if start else 0
        if stop <= start:
            return
        yield start, stop
        at = stop


def listed_before(doc: Doc, start: int) -> Iterator[tuple[int, int]]:
    """Yield the names beside and before one that starts at `start`: «Ana Ruiz e [Ignacio Paz], de la Asamblea»."""
    at = start
    while at > 2 and doc[at - 1].text in JOINS:
        begin = name_before(doc, at - 1)
        while begin < at - 1 and person_at(doc, begin) != at - 1:
            begin += 1
        if begin >= at - 1:
            return
        yield begin, at - 1
        at = begin


def _next_name(doc: Doc, at: int) -> int:
    """Return where the next name of a list may begin: beside, or after an apposition that «y» closes (0: nowhere)."""
    begin = at
    while at < min(len(doc) - 1, begin + 2) and doc[at].text in JOINS:
        at += 1
    if at > begin and doc[at].norm_ in ("a", "de"):
        at += 1
    if at > begin and at < len(doc) and is_capital(doc[at]):
        return at
    for k in range(begin + 1, min(len(doc) - 2, begin + 14)):
        if doc[k].text in ".;:\n" or (doc[k].pos_ in ("VERB", "AUX") and doc[k].is_lower):
            return 0
        if doc[k].text in ("y", "e") and doc[k - 1].text == ",":
            return k + 2 if doc[k + 1].norm_ in ("a", "de") else k + 1
    return 0


def qualified(doc: Doc, end: int) -> Iterator[int]:
    """Yield where a name may begin after words that qualify a role: «locutor [nahua] …», «reportero [de nota roja] …»."""
    for at in range(end, min(end + 6, len(doc) - 1)):
        token = doc[at]
        if not (token.is_lower and token.is_alpha) or not (token.pos_ in QUALIFIERS or token.norm_ in ("de", "del", "y", "e")):
            return
        if is_capital(doc[at + 1]) and token.norm_ not in ("de", "del", "y", "e"):
            yield at + 1


def officials(doc: Doc) -> list[frozenset[str]]:
    """Return the words of each full name told with an office («el presidente Luis Mora»)."""
    found = []
    for at in capitals(doc):
        if 0 < at < len(doc) - 1 and doc[at - 1].norm_ in OFFICES and doc[at - 1].is_lower:
            stop = name_after(doc, at)
            found += [frozenset(name_words(doc, at, stop))] if stop - at >= 2 else []
    return found


def is_introduced(doc: Doc, start: int, end: int, harms: Container[int]) -> bool:
    """Say whether the words around a full name present a person of the case, not an official nor a doer.

    `harms`: the tokens that tell a harm.
    """
    before = [token.norm_ for token in doc[max(0, start - 6) : start]]
    after = {token.norm_ for token in doc[end : end + 5]}
    if set(before[-4:]) & OFFICES or (after & OFFICES and doc[min(end, len(doc) - 1)].text == ","):
        return False
    if any(word.startswith(DOERS) for word in before):
        return False
    opened = opens(doc, start)
    aged = doc[min(end, len(doc) - 1)].text == "," and bool(AGE & {t.norm_ for t in doc[end : end + 7]})
    told = any(word.startswith(HARMED) for word in before[-4:])
    return opened or told or aged or _harmed(doc, start, end, harms) or (begins(doc, start) and not _spoke(doc, end))


def opens(doc: Doc, start: int) -> bool:
    """Say whether the words before `start` announce a name («se trata de», «me llamo»)."""
    before = tuple(token.norm_ for token in doc[max(0, start - 2) : start])
    counted = before[-1:] == (",",) and before[0] in COUNTED
    return before in OPENERS or counted or before[-1:] in (("soy",), (":",), ("compañera",), ("compañero",))


def begins(doc: Doc, start: int) -> bool:
    """Say whether a sentence or a line begins at `start`."""
    return start == 0 or bool(doc[start].is_sent_start) or doc[start - 1].text in ".!?”" or "\n" in doc[start - 1].text


def _harmed(doc: Doc, start: int, end: int, harms: Container[int]) -> bool:
    """Say whether a harm stands beside a name: «golpearon a [Eva Paz]», «fue detenida [Eva Paz]», «[Eva Paz] fue detenida»."""
    near = any(i in harms for i in range(max(0, start - 5), start))
    led = start > 0 and (
        doc[start - 1].norm_ in ("a", "contra") or doc[start - 1].norm_.endswith(("ado", "ada", "ados", "adas"))
    )
    last = max([end, *(stop for _, stop in listed(doc, end))])
    far = last + (10 if last < len(doc) and doc[last].text == "," else 2)
    passive = any(token.norm_ in REACHED for token in doc[last:far]) and any(i in harms for i in range(last, far + 6))
    return (near and led) or passive


def _spoke(doc: Doc, end: int) -> bool:
    """Say whether who is named only informs: «Ana Ruiz informó que»."""
    return end < len(doc) and doc[end].norm_ in ("informo", "explico", "detallo", "preciso", "señalo", "indico", "anuncio")
