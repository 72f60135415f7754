"""Validate, discard, reopen: whether a finding counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlite_utils import Database

from nlp.vocabulario import EstadoHallazgo
from pipeline.registry.audit import Change
from pipeline.registry.decisions import decide_state
from pipeline.review.changes import Hand, change, state
from pipeline.review.errors import ReviewError
from pipeline.review.naming import refuse_names

DETECTED, VALIDATED, DISCARDED = EstadoHallazgo.DETECTADO, EstadoHallazgo.VALIDADO, EstadoHallazgo.DESCARTADO

FROM: dict[str, tuple[str, ...]] = {
    VALIDATED: (DETECTED, DISCARDED),
    DISCARDED: (DETECTED, VALIDATED),
    DETECTED: (VALIDATED, DISCARDED),
}


@dataclass
class Many:
    """What became of several findings decided at once: the folios done, and why each of the others was left as it was."""

    hechos: list[str] = field(default_factory=list)
    dejados: dict[str, str] = field(default_factory=dict)


def validate(db: Database, folio: str, hand: Hand, *, motivo: str = "") -> None:
    """Make the finding a registro; from `detectado` or, on second thoughts, `descartado`. Raises `ReviewError`."""
    _decide(db, folio, VALIDATED, hand, motivo=motivo)


def discard(db: Database, folio: str, hand: Hand, *, motivo: str) -> None:
    """Set the finding aside, kept with its reason; from `detectado` or `validado`. Raises `ReviewError`."""
    if not motivo.strip():
        raise ReviewError(f"{folio}: para descartar hace falta un motivo")
    _decide(db, folio, DISCARDED, hand, motivo=motivo)


def reopen(db: Database, folio: str, hand: Hand, *, motivo: str = "") -> None:
    """Put a validated or discarded finding back among those to be reviewed. Raises `ReviewError`."""
    _decide(db, folio, DETECTED, hand, motivo=motivo)


def discard_many(db: Database, seen: Iterable[tuple[str, int | None]], hand: Hand, *, motivo: str) -> Many:
    """Discard each of the (folio, version seen) in a transaction of its own; one that changed meanwhile is left and told."""
    done = Many()
    for folio, version in seen:
        try:
            discard(db, folio, replace(hand, version=version), motivo=motivo)
            done.hechos.append(folio)
        except ReviewError as error:
            done.dejados[folio] = error.message
    return done


def _decide(db: Database, folio: str, to: str, hand: Hand, *, motivo: str) -> None:
    with change(db, "estado", hand, folio) as decision:
        before = state(db, folio)
        if before not in FROM[to]:
            message = f"{folio}: está {before}; no puede pasar a {to}"
            raise ReviewError(message)
        refuse_names(db, folio, motivo, "el motivo")
        decide_state(db, folio, to)
        decision.note(Change("estado", "hallazgos", folio, "estado", before, str(to), motivo.strip()))
