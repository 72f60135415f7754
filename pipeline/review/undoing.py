"""Undo of the last change of a finding; once more undoes the one before it."""

from sqlite_utils import Database

from pipeline.registry import decisions, undo
from pipeline.registry.audit import Change
from pipeline.registry.restore import restore
from pipeline.registry.transaction import writing
from pipeline.review.changes import Decision, Hand, check_version, state
from pipeline.review.errors import ReviewError


def undo_last(db: Database, folio: str, hand: Hand) -> str:
    """Take back the finding's last change, in all the findings that it touched; return what was taken back.

    Notes that joined since stay. A finding that a split made is merged back: its folio is not used again. Raises `ReviewError`
    when there is nothing to undo or one of the findings changed since.
    """
    with writing(db):
        state(db, folio)
        check_version(db, folio, hand)
        every = _one_change(db, folio)
        restore(db, every, quien=hand.quien, now=hand.now)
        decision = Decision(db, hand)
        for kept in every:
            before = decisions.version_of(db, kept.folio)
            version = before + 1
            decisions.raise_version(db, kept.folio, before)
            undo.step_back(db, kept, version)
            decision.note(Change("deshacer", "hallazgos", kept.folio, kept.accion, kept.version, version))
    return every[0].accion


def _one_change(db: Database, folio: str) -> list[undo.Kept]:
    """Return what was kept of the finding's last change, its own and the other findings', the main one first."""
    own = undo.last(db, folio)
    if own is None:
        raise ReviewError(f"{folio}: no hay cambios que deshacer")
    every = []
    for name in own.folios:
        kept = undo.last(db, name)
        if kept is None or kept.cambio != own.cambio:
            raise ReviewError(f"{name}: cambió después; deshaga antes lo último que se le hizo")
        if kept.version != decisions.version_of(db, name) and undo.wrote_rows(kept):
            raise ReviewError(f"{name}: llegaron noticias que lo cambiaron después; ya no se puede deshacer")
        every.append(kept)
    return every
