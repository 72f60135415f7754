"""What a cell of a foreign table says of a field: a code, several, a day, an hour. Raises `ValueError` in Spanish."""

import re
from datetime import date, datetime
from functools import cache

from pipeline.grouping.names import fold
from pipeline.imports.mapping import LEAVE_OUT, REFUSE, WORDS, Campo


@cache
def known_words(name: str) -> dict[str, str]:
    """Return by folded slug and label the values of a field's vocabulary."""
    return {fold(word): str(member) for member in WORDS[name] for word in (str(member).replace("_", " "), member.etiqueta)}


def meaning(name: str, campo: Campo, text: str) -> str:
    """Return the code that a word stands for, "" where it is left out."""
    word = fold(text)
    told = (known_words(name) | dict(campo.valores or {})).get(word)
    if told is not None:
        return told
    if word and campo.otros == REFUSE:
        raise ValueError(f"«{text}» no está entre los valores que se esperan")
    return "" if not word or campo.otros == LEAVE_OUT else campo.otros


def one(name: str, campo: Campo, text: str) -> str:
    """Return the code of a cell with a single value."""
    return campo.fijo or meaning(name, campo, text)


def several(name: str, campo: Campo, text: str) -> list[str]:
    """Return the codes of a cell in their order, one for each part, "" for those left out.

    A word of `valores` may hold the separator itself: the longest run of parts that is one is taken whole.
    """
    if campo.fijo:
        return [campo.fijo]
    parts, known = text.split(campo.separador), known_words(name) | dict(campo.valores or {})
    found, at = [], 0
    while at < len(parts):
        ends = range(len(parts), at, -1)
        end = next((e for e in ends if fold(campo.separador.join(parts[at:e])) in known), at + 1)
        found.append(meaning(name, campo, campo.separador.join(parts[at:end]).strip()))
        at = end
    return found


def texts(campo: Campo, text: str) -> list[str]:
    """Return the parts of a cell as they are written; those that stand for somebody unnamed are empty."""
    parts = [" ".join(part.split()) for part in (campo.fijo or text).split(campo.separador)]
    return ["" if fold(part) in campo.reservados else part for part in parts]


def day(campo: Campo, text: str, today: date) -> str | None:
    """Return a cell's day `AAAA-MM-DD`, None when it is empty; one that has not come is refused."""
    if not text:
        return None
    for form in campo.formatos:
        try:
            found = datetime.strptime(text.removesuffix(" 00:00:00"), form).date()
        except ValueError:
            continue
        if found.year < 1900 or found > today:
            raise ValueError(f"«{text}» no es un día que haya llegado")
        return found.isoformat()
    raise ValueError(f"«{text}» no es un día como {campo.formatos[0]}")


def hour(text: str) -> str | None:
    """Return a cell's hour `HH:MM`, None when it is empty."""
    if not text:
        return None
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d(:\d\d)?", text):
        raise ValueError(f"«{text}» no es una hora HH:MM")
    hours, minutes = text.split(":")[:2]
    return f"{int(hours):02}:{minutes}"
