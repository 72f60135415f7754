"""Decisions on a demonstration: each one transaction with its version and its lines in the audit trail."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlite_utils import Database

from pipeline.demonstrations.draft import FIELDS, Draft, columns, draft_of, state_at
from pipeline.demonstrations.places import borough_of
from pipeline.registry import audit
from pipeline.registry import demonstrations as rows
from pipeline.registry.audit import Change
from pipeline.registry.demonstrations import CANCELLED, Demonstration, expected_end, stored_value
from pipeline.registry.transaction import writing
from pipeline.review.changes import Hand
from pipeline.review.errors import Conflict, ReviewError
from pipeline.review.naming import refuse_known_names

TABLE = "movilizaciones"
STATES = ("prevista", "en_curso", "terminada", CANCELLED)
CLOCK = "reloj"  # who moves the states in the trail when nobody does


# Texts that everybody reads.
OPEN_TEXTS = ("nombre", "causa", "convocantes", "recorrido")


def create(  # noqa: PLR0913 - where it came from, beside what it is
    db: Database, draft: Draft, hand: Hand, *, origen: str = "a_mano", noticia_id: int | None = None, uid: str = ""
) -> Demonstration:
    """Store a demonstration and return it; its borough is that of the route's first known place when none is told.

    Raises `ReviewError` for what cannot be stored.
    """
    values = columns(replace(draft, alcaldia=draft.alcaldia or borough_of(draft.recorrido)))
    values["estado"] = _state(values, hand.now)
    values |= {"origen": origen, "noticia_id": noticia_id, "uid": uid or f"{uuid4()}@hallazgos"}
    with writing(db):
        _refuse_names(db, values)
        number = rows.insert(db, {name: stored_value(value) for name, value in values.items()}, quien=hand.quien, now=hand.now)
        audit.record(db, Change("alta", TABLE, str(number), "origen", None, origen), quien=hand.quien, now=hand.now)
        return existing(db, number)


def change(db: Database, number: int, told: Mapping[str, object], hand: Hand) -> Demonstration:
    """Change some fields of a `Draft` and return the demonstration; what stays the same leaves no line.

    The watch moves with the hours where nobody fixed it, and the state follows them. Raises `ReviewError`, `Conflict`.
    """
    unknown = set(told) - set(FIELDS)
    if unknown:
        raise ReviewError(f"«{min(unknown)}» no es un campo de la movilización")
    with writing(db):
        kept = existing(db, number)
        _check_version(kept, hand)
        values = columns(replace(draft_of(kept), **told))  # type: ignore[arg-type] # checked against FIELDS
        if kept.estado != CANCELLED and (values["inicio"], values["fin"]) != (kept.inicio, kept.fin):
            values["estado"] = _state(values, hand.now)
        _write(db, kept, values, hand)
        return existing(db, number)


def cancel(db: Database, number: int, hand: Hand, motivo: str = "") -> Demonstration:
    """Cancel it: it is no longer watched, and stays in the list. Raises `ReviewError`, `Conflict`."""
    return set_state(db, number, CANCELLED, hand, motivo)


def set_state(db: Database, number: int, estado: str, hand: Hand, motivo: str = "") -> Demonstration:
    """Move it to a state; one that its hours say is over does not begin again. Raises `ReviewError`, `Conflict`."""
    if estado not in STATES:
        raise ReviewError(f"«{estado}» no es un estado: {', '.join(STATES)}")
    with writing(db):
        kept = existing(db, number)
        _check_version(kept, hand)
        over = state_at(kept.inicio, kept.termina, hand.now) == "terminada"
        if over and estado in ("prevista", "en_curso"):
            raise ReviewError(f"movilización {number}: por sus horas ya terminó; cambie antes su inicio o su fin")
        if not over and estado == "prevista" and hand.now >= kept.inicio:
            raise ReviewError(f"movilización {number}: por su hora ya empezó; cambie antes su inicio")
        _write(db, kept, {"estado": estado}, hand, motivo)
        return existing(db, number)


def move_by_clock(db: Database, now: datetime) -> int:
    """Begin and end by the clock those whose hour came; return how many. What a person ended or cancelled stays."""
    with writing(db):
        due = [(kept, state_at(kept.inicio, kept.termina, now)) for kept in rows.unfinished(db, now)]
        moved = [(kept, state) for kept, state in due if state not in (kept.estado, "prevista")]
        for kept, state in moved:
            _write(db, kept, {"estado": state}, Hand(CLOCK, now))
    return len(moved)


def existing(db: Database, number: int) -> Demonstration:
    """Return the demonstration of that number. Raises `ReviewError` when there is none."""
    found = rows.get(db, number)
    if found is None:
        raise ReviewError(f"no hay movilización {number}")
    return found


def _state(values: Mapping[str, Any], now: datetime) -> str:
    end = expected_end(values["inicio"], values["fin"], hora_sabida=values["hora_sabida"])
    return state_at(values["inicio"], end, now)


def _check_version(kept: Demonstration, hand: Hand) -> None:
    if hand.version is not None and hand.version != kept.version:
        raise Conflict(f"movilización {kept.id}: alguien la cambió después de que usted la abrió; vuelva a verla", kept.version)


def _write(db: Database, kept: Demonstration, values: Mapping[str, object], hand: Hand, motivo: str = "") -> None:
    """Write the values that differ, a line in the trail for each; nothing differs: nothing is written."""
    changed = {name: value for name, value in values.items() if value != getattr(kept, name)}
    if not changed:
        return
    _refuse_names(db, changed)
    for name, value in changed.items():
        line = Change("cambiar", TABLE, str(kept.id), name, stored_value(getattr(kept, name)), stored_value(value), motivo)
        audit.record(db, line, quien=hand.quien, now=hand.now)
    rows.update(db, kept.id, {name: stored_value(value) for name, value in changed.items()})


def _refuse_names(db: Database, values: Mapping[str, object]) -> None:
    for name in OPEN_TEXTS:
        value = values.get(name, "")
        texts = [str(getattr(item, "nombre", item)) for item in value] if isinstance(value, tuple) else [str(value)]
        for text in texts:
            refuse_known_names(db, text, name)
