"""What a correction admits: for every field of a finding a check that takes a value and returns it as it is stored."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from nlp import vocabulario as v
from pipeline.registry.decisions import LISTS
from pipeline.review.errors import ReviewError

Check = Callable[[object], object]


def checked(campo: str, valor: object) -> object:
    """Return the value as it is stored. Raises `ReviewError` for an unknown field or value."""
    if campo not in FIELDS:
        raise ReviewError(f"«{campo}» no es un campo que se corrija")
    try:
        return FIELDS[campo](valor)
    except ValueError as error:
        raise ReviewError(f"{campo}: {error}") from error


def one_of(values: type[StrEnum], *, empty: bool = False) -> Check:
    """Return a check that takes a member's slug, or None where the field may be empty."""

    def check(value: object) -> object:
        if value is None and empty:
            return None
        if value not in list(values):
            raise ValueError(f"«{value}» no es uno de: {', '.join(values)}")
        return str(value)

    return check


def list_of(values: type[StrEnum]) -> Check:
    """Return a check that takes a list of slugs, repeated ones once, in the vocabulary's order."""
    single = one_of(values)

    def check(value: object) -> object:
        if not isinstance(value, list | tuple):
            raise ValueError("se corrige con la lista entera")
        given = {single(item) for item in value}
        return [str(member) for member in values if str(member) in given]

    return check


def flag(value: object) -> object:
    """Take True, False, 1 or 0; return 1 or 0."""
    if value not in (0, 1):
        raise ValueError("es 1 o 0")
    return int(bool(value))


def matching(pattern: str, what: str) -> Check:
    """Return a check that takes None or a text of a form."""

    def check(value: object) -> object:
        if value is None or (isinstance(value, str) and re.fullmatch(pattern, value)):
            return value
        raise ValueError(f"«{value}» no es {what}")

    return check


def day(value: object) -> object:
    """Take None or a day `AAAA-MM-DD` of the calendar."""
    matching(r"\d{4}-\d\d-\d\d", "un día AAAA-MM-DD")(value)
    return value if value is None else date.fromisoformat(str(value)).isoformat()


def number(value: object) -> object:
    """Take None or the number of a row; of a form, as text."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        return value
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d{0,14}", value):
        return int(value)
    raise ValueError(f"«{value}» no es un número")


def words(value: object) -> object:
    """Take a text."""
    if not isinstance(value, str):
        raise ValueError("es un texto")
    return value.strip()


# Texts that a person writes freely may hold a name: the audit trail says that they changed, not from what to what.
FREE_TEXT = frozenset({"sitio", "resumen"})
FIELDS: dict[str, Check] = {
    "clase": one_of(v.Clase),
    "tipo_victima": list_of(v.Victima),
    "agresion": list_of(v.Agresion),
    "modalidad": list_of(v.Modalidad),
    "agresor": list_of(v.Agresor),
    "movilizacion": flag,
    "movilizacion_id": number,
    "antecedente": flag,
    "urgente": flag,
    "cdmx": one_of(v.Cdmx),
    "alcaldia": one_of(v.Alcaldia, empty=True),
    "entidad": one_of(v.Entidad, empty=True),
    "ambito": one_of(v.Ambito),
    "fase": one_of(v.Fase),
    "vinculo": one_of(v.Vinculo),
    "via": one_of(v.Via),
    "fecha_hecho": day,
    "fecha_publicacion": day,
    "hora_hecho": matching(r"([01]\d|2[0-3]):[0-5]\d", "una hora HH:MM"),
    "sitio": words,
    "resumen": words,
}
FLAGS = frozenset({"movilizacion", "antecedente", "urgente"})


def from_form(campo: str, given: Sequence[str]) -> object:
    """Return what a form's texts mean for a field: a list field takes all, an emptied field is None, a text may be empty."""
    if campo in LISTS:
        return [one for one in given if one]
    text = given[0] if given else ""
    if campo in FLAGS and text in ("0", "1"):
        return int(text)
    return text if text or campo in FREE_TEXT else None
