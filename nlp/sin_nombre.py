"""Victims told without a name: how many, of which kind and gender ("dos fotógrafas", "al menos cuatro reporteros")."""

import re
from collections.abc import Sequence

from nlp.calendario import number_of
from nlp.etiquetas import Victima, VictimaSinNombre
from nlp.genero import MAN, UNKNOWN, WOMAN
from nlp.parsed import Mention
from nlp.plegado import fold

MOST = 1_000  # a larger number beside a person is a year («busca desde 2021 a su hijo») or a crowd, no count of victims
_NEUTRAL = re.compile(r"(?:ista|istas|nsal|nsales|lider|lideres|nte|ntes)$")


def _count(words: Sequence[str]) -> int | None:
    """Return the number that a phrase tells; one for a singular, None for a plural without number."""
    for word in words[:4]:
        number = number_of(word)
        if number is not None and number < MOST:
            return number
    head = words[-1] if words else ""
    return None if head.endswith("s") else 1


def _gender(words: Sequence[str]) -> str:
    nouns = [
        word for word in words if number_of(word) is None and word not in ("al", "menos", "otros", "otras", "varios", "unos")
    ]
    plain = [word for word in nouns if word not in ("el", "la", "los", "las", "un", "una", "unas", "otro", "otra", "joven")]
    head = next(iter(plain), "")  # "tres estudiantes de periodismo"
    if any(word in ("la", "las", "una", "unas", "otra", "varias", "algunas", "ambas") for word in words):
        return WOMAN
    if _NEUTRAL.search(words[-1] if words else ""):
        return MAN if words[0] in ("el", "un", "al", "del") else UNKNOWN
    if any(word in ("el", "un", "al", "del") for word in words) or head.endswith(("o", "or")):
        return MAN
    if head.endswith("a") and not head.endswith("ista"):
        return WOMAN
    if head.endswith(("as", "oras")) and not head.endswith("istas"):
        return WOMAN
    return UNKNOWN  # a masculine plural may hold women


def unnamed_victims(mentions: Sequence[Mention], named: Sequence[Victima]) -> tuple[VictimaSinNombre, ...]:
    """Return the unnamed victims, one per kind and gender with the largest number, less those told by name elsewhere.

    "la reportera" after a named woman is she again and is left out; "tres reporteros, entre ellos Ana Ruiz" leaves two.
    """
    groups: dict[tuple[str, str], int | None] = {}
    for mention in mentions:
        text = fold(mention.span.text)
        words = re.findall(r"\w+", text)
        if mention.colectivo or not words or re.search(r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+\s[A-ZÁÉÍÓÚÑ]", mention.span.text):
            continue
        count, gender = _count(words), _gender(words)
        known = sum(v.tipo == mention.tipo and gender in (v.genero, UNKNOWN) for v in named)
        kin = sum(v.tipo == mention.tipo for v in named)  # a headline's "defensor" may be a woman
        single = count == 1 and kin and "otr" not in text
        if single or (count is not None and count <= known) or (count is None and known > 1):
            continue
        left = count - known if count is not None else None
        key = (mention.tipo, gender)
        groups[key] = max(groups.get(key) or 0, left) if left is not None else groups.get(key)
    told = {tipo for tipo, gender in groups if gender != UNKNOWN}
    groups = {key: count for key, count in groups.items() if key[1] != UNKNOWN or count != 1 or key[0] not in told}
    return tuple(VictimaSinNombre(tipo, gender, count) for (tipo, gender), count in groups.items())
