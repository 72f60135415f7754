"""Outlets and groups that a note names, and what the words around them say: attacked, raided, sued; or employer, source.

"granadas contra el periódico X", "allanan las oficinas del Centro Y", "la Casa Z fue apedreada" (guide, `victimas`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nlp.nomenclator import is_place_name
from nlp.personas import DID, Nombrado, folded_text, given_names, name_words
from nlp.pistas import any_of, word_set
from nlp.plegado import fold

PRESS_NOUN = any_of("medio")
GROUP_NOUN = any_of("colectivo")
_HARM_NOUN = any_of("danio_nombre")
_HARM_VERB = any_of("danio_verbo")
_NOUN_ONLY = re.compile(rf"{PRESS_NOUN}s?|{GROUP_NOUN}s?")
_PLATFORM = word_set("plataforma")
_WORD = r"[A-ZÁÉÍÓÚÑÜ](?:[\w\-]|[’'](?=\w|\s[A-Z]))*(?<!-)"
_NAME = re.compile(
    rf"{_WORD}(?:\s(?:(?:de|del|la|las|los|y|e|en|que|sin|para|por|con|a|al)\s){{0,3}}(?:[A-Z]\.(?=\s[A-Z])|{_WORD}|\d+))*"
)
QUOTES = ("“", "«", '"', "'", "‘")
_INSTITUTIONS = word_set("institucion")
_LINKS = word_set("enlace_inicial")
_OPENERS = word_set("apertura")
_PUBLIC = re.compile(any_of("publico"))
_NOUN_BEFORE = re.compile(
    rf"\b(?P<noun>{PRESS_NOUN}|{GROUP_NOUN})(?P<far>(?:\s(?!(?:que|y|a|en|con|contra|no|se)\s)[a-z]+){{0,5}})\s[\"“‘'«]?$"
)
_NOUN_AFTER = re.compile(
    rf"^[\"”’'»]?(?: \(\w+\))?(?:,| \(| es| somos)\s?(?:un[ao]? |el |la )?(?P<noun>{PRESS_NOUN}|{GROUP_NOUN})\b"
)
_SIGNS_BEFORE = {
    "propiedad": re.compile(
        rf"\b{any_of('propiedad')}(?: \w+){{0,2}}? (?:de(?:l| la| los| las)?|a(?:l| la)?)\s+(?:\w+ )?[\"“‘'«]?$"
    ),
    "dañado": re.compile(
        rf"\b{_HARM_NOUN}(?: \w+){{0,3}}? (?:de|del|contra|a|al)(?: la| el| los| las)?\s+(?:\w+ )?[\"“‘'«]?$"
        rf"|\b{_HARM_VERB}\w*(?: \w+){{0,5}}? (?:a|al|contra|sobre|de|en)(?: la| el| los| las)?\s+(?:\w+ )?[\"“‘'«]?$"
        r"|\b(?:tumb|hacke|clausur|allan|asalt|saque|callan|incendi|silenci|cierran|cerraron|atac|destru|quem|balea|apedre)\w*"
        r"(?: a)?(?: la| el| las| los)?\s+(?:\w+ )?[\"“‘'«]?$"
    ),
    "empleador": re.compile(
        rf"\b{any_of('gente_de_grupo')}(?: \w+){{0,3}}? (?:de|del|para|en|con)(?: la| el| los| las)?\s+(?:\w+ ){{0,2}}?"
        r"[\"“‘'«]?$|, de(?:l| la)?\s+(?:\w+ )?[\"“‘'«]?$"
    ),
    "miembros": re.compile(
        r"\b(?:integrantes|miembros|voluntari[oa]s|brigadistas|madres|activistas|reporter[oa]s|trabajador[ae]s|periodistas)"
        r"(?: \w+)? (?:de|del)(?: la| el| los| las)?\s+(?:\w+ ){0,4}?[\"“‘'«]?$"
    ),
}
_SIGNS_AFTER = {
    "dañado después": re.compile(
        rf"^[\"”’'»]?,?(?: [^.;]{{0,50}},)? (?:fue|fueron|quedo|ha sido|recibio|sufrio|amanecio|perdio|denuncia"
        rf"|denuncio)\b(?: \w+)? ?(?:{_HARM_VERB}\w*)?"
    ),
    "propio": re.compile(rf".*?\bsus? {any_of('propiedad')}\b"),
    "dice": re.compile(rf"^[\"”’'»]?,?(?: [^.;]{{0,40}},)? {any_of('dice_grupo')}\b"),
}
_LEADING = re.compile(r"^(?:(?:La|El|Las|Los)\s)+(?=[A-ZÁÉÍÓÚÑ])")
_MEMBERS = re.compile(
    r"^(?:Integrantes|Miembros|Voluntari[oa]s|Activistas|Defensor[ae]s|Brigadistas|Somos)\s(?:del?\s(?:la\s)?)?(?=[A-Z])"
)


@dataclass(frozen=True)
class Grupo:
    """A group or outlet with every mention; `tipo` is empty where no noun tells it; `lejos`: its noun stands apart."""

    nombre: str
    tipo: str
    sustantivo: str
    lejos: bool
    menciones: tuple[Nombrado, ...]


def _kind(noun: str) -> str:
    """Return `periodista` for an outlet's noun, `defensora` for a group's, nothing for another word."""
    if re.fullmatch(PRESS_NOUN, noun):
        return "periodista"
    return "defensora" if re.fullmatch(GROUP_NOUN, noun) else ""


def group_signs(mention: Nombrado, text: str) -> set[str]:
    """Return the names of what the words around one mention of a group in `text` say."""
    folded = folded_text(text)
    before = re.split(r"[.;\n]\s?", folded[max(0, mention.inicio - 100) : mention.inicio])[-1]
    after = folded[mention.fin : mention.fin + 100]
    found = {sign for sign, pattern in _SIGNS_BEFORE.items() if pattern.search(before)}
    return found | {sign for sign, pattern in _SIGNS_AFTER.items() if pattern.match(after)}


def _trimmed(name: str, noun: str) -> str:
    """Return the name without its town where the noun stands before ("el periódico Vanguardia de Saltillo")."""
    for link in (" en la ", " en el ", " en ", " de "):
        head, _, tail = name.rpartition(link)
        if noun and head and is_place_name(name_words(tail)):
            return head
    return name


def _from_noun(name: str) -> int:
    """Return how many characters stand before the group's own noun («Integrantes de la [Brigada Ojo Abierto]»)."""
    if members := _MEMBERS.match(name):
        return members.end()
    match = _LEADING.match(name)
    first = fold(name[match.end() :]).split(" ", 1)[0] if match else ""
    return match.end() if match and re.fullmatch(GROUP_NOUN, first) else 0


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield the sequences of capitals with their places, parted after a platform («TikTok de la [Red Itinerante]»)."""
    for match in _NAME.finditer(text):
        start, name = match.start(), match[0]
        for word in list(re.finditer(r"\w+", name)):
            if fold(word[0]) in _PLATFORM:
                rest = re.search(r"[A-ZÁÉÍÓÚÑ]", match[0][word.end() :])
                skipped = word.end() + rest.start() if rest else len(match[0])
                start, name = match.start() + skipped, match[0][skipped:]
        while (opening := re.match(r"(\w+)\s(?=\S)", name)) and _opens(opening[1]):
            start, name = start + opening.end(), name[opening.end() :]
        if name:
            led = _from_noun(name)
            yield start + led, name[led:]


def _opens(word: str) -> bool:
    """Tell whether a capital only opens the sentence («[Cerraron] Radio Ola», «[A] Radio Ola le quitaron…»)."""
    return fold(word) in _LINKS or DID.fullmatch(word) is not None


@dataclass(frozen=True)
class _Dicho:
    nombre: Nombrado
    sustantivo: str
    lejos: bool


def _told(parte: str, text: str) -> Iterator[_Dicho]:
    folded = folded_text(text)
    for start, whole in _pieces(text):
        before = _NOUN_BEFORE.search(folded[max(0, start - 80) : start])
        name = _trimmed(whole, before["noun"] if before else "")
        end = start + len(name)
        own = fold(name).split(" ", 1)[0]
        after = _NOUN_AFTER.match(folded[end : end + 40])
        noun = own if _kind(own) else before["noun"] if before else after["noun"] if after else ""
        far = not _kind(own) and (before["far"].count(" ") > 1 if before else bool(after))
        if _may_be_group(name, text[start - 1 : start], noun, far):
            yield _Dicho(Nombrado(parte, start, end, name, name_words(name)), noun, far)


def _may_be_group(name: str, opening: str, noun: str, far: bool) -> bool:
    """Tell what a group may be called from a person, a place, an institution, a noun alone."""
    words = name_words(name)
    if len(name) <= 3 or not words or _NOUN_ONLY.fullmatch(fold(name)) or _PUBLIC.search(fold(name)):
        return False
    if not noun and (words[0] in _INSTITUTIONS or fold(name) in _OPENERS or DID.fullmatch(name) or name.isupper()):
        return False
    loose = not noun or far
    person = words[0] in given_names() and (loose or noun == "casa")  # "la casa de Ana Ruiz"
    return not (person or (is_place_name(words) and loose and opening not in QUOTES))


def find_groups(parts: Mapping[str, str]) -> list[Grupo]:
    """Return the groups and outlets that the texts of the parts may name, in order of first mention."""
    told = [one for parte, text in parts.items() for one in _told(parte, text)]
    homes: dict[tuple[str, ...], list[_Dicho]] = {}
    for one in sorted(told, key=lambda one: -len(one.nombre.palabras)):
        words = one.nombre.palabras
        homes.setdefault(next((key for key in homes if _shortens(words, key)), words), []).append(one)
    groups = [_joined(sorted(told, key=lambda one: _order(one.nombre))) for told in homes.values()]
    return sorted(groups, key=lambda group: _order(group.menciones[0]))


def _shortens(words: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """Tell whether words shorten a fuller name («Luz y Rastro» or «Colectivo Rastro» of «Colectivo Luz y Rastro»)."""
    several = len(words) > 1
    opening, ending = key[: len(words)] == words, key[-len(words) :] == words
    middle = several and words[0] == key[0] and words[1:] == key[len(key) - len(words) + 1 :]
    return middle or (opening and several) or (ending and (several or len(key) - len(words) < 2))


def _order(name: Nombrado) -> tuple[bool, int]:
    return name.parte == "texto", name.inicio


def _joined(told: list[_Dicho]) -> Grupo:
    """Return one group of its mentions: the commonest form (the fullest of equals), the nearest noun."""
    times = Counter(one.nombre.palabras for one in told)
    best = max((one.nombre for one in told), key=lambda name: (times[name.palabras], len(name.palabras)))
    nouns = sorted((one for one in told if one.sustantivo), key=lambda one: one.lejos)
    noun, far = (nouns[0].sustantivo, nouns[0].lejos) if nouns else ("", False)
    return Grupo(best.texto, _kind(noun), noun, far, tuple(one.nombre for one in told))
