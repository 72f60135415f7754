"""What a person decides on a finding: validate, discard, correct. Each is one transaction with its line in the audit trail."""

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from sqlite_utils import Database

from nlp import vocabulario as v
from pipeline.errores import ErrorDeUso
from pipeline.registry import audit
from pipeline.registry.audit import Change
from pipeline.registry.decisions import decide_state, state_of, write_correction
from pipeline.registry.transaction import writing

Check = Callable[[object], object]
DETECTED, VALIDATED, DISCARDED = (v.EstadoHallazgo.DETECTADO, v.EstadoHallazgo.VALIDADO, v.EstadoHallazgo.DESCARTADO)


class ReviewError(ErrorDeUso):
    """A decision that the finding's state or the field does not admit; says why in one line."""


def validate(db: Database, folio: str, *, quien: str, motivo: str = "", now: datetime) -> None:
    """Make the finding a registro; from `detectado` or, on second thoughts, `descartado`. Raises `ReviewError`."""
    _decide(db, folio, VALIDATED, (DETECTED, DISCARDED), quien=quien, motivo=motivo, now=now)


def discard(db: Database, folio: str, *, quien: str, motivo: str, now: datetime) -> None:
    """Set the finding aside, kept with its reason; from `detectado` or `validado`. Raises `ReviewError`."""
    if not motivo.strip():
        raise ReviewError(f"{folio}: para descartar hace falta un motivo")
    _decide(db, folio, DISCARDED, (DETECTED, VALIDATED), quien=quien, motivo=motivo, now=now)


def correct(db: Database, folio: str, campo: str, valor: object, *, quien: str, now: datetime) -> None:  # noqa: PLR0913
    """Fix the whole value of a field above what machines compute; a list field takes the whole list.

    Raises `ReviewError` for an unknown field or value, or a finding that was merged into another.
    """
    if campo not in FIELDS:
        raise ReviewError(f"«{campo}» no es un campo que se corrija")
    try:
        checked = FIELDS[campo](valor)
    except ValueError as error:
        raise ReviewError(f"{campo}: {error}") from error
    with writing(db):
        if _state(db, folio) == v.EstadoHallazgo.FUSIONADO:
            raise ReviewError(f"{folio}: está fusionado en otro; corrija aquel")
        before = write_correction(db, folio, campo, checked, quien=quien, now=now)
        shown = (None, None) if campo in FREE_TEXT else (before, checked)
        audit.record(db, Change("corregir", "hallazgos", folio, campo, *shown), quien=quien, now=now)


def _decide(db: Database, folio: str, to: str, allowed: tuple[str, ...], *, quien: str, motivo: str, now: datetime) -> None:  # noqa: PLR0913
    with writing(db):
        state = _state(db, folio)
        if state not in allowed:
            raise ReviewError(f"{folio}: está {state}; no puede pasar a {to}")
        decide_state(db, folio, to)
        change = Change("estado", "hallazgos", folio, "estado", state, str(to), motivo.strip())
        audit.record(db, change, quien=quien, now=now)


def _state(db: Database, folio: str) -> str:
    state = state_of(db, folio)
    if state is None:
        raise ReviewError(f"{folio}: no hay tal hallazgo")
    return state


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
