"""Sampled notes that the machine refused: a person says whether it was right."""

from sqlite_utils import Database

from pipeline.incidents import group_note
from pipeline.registry import audit, by_hand, coding, findings, refused
from pipeline.registry.audit import Change
from pipeline.registry.transaction import writing
from pipeline.review.changes import Hand
from pipeline.review.errors import ReviewError


def accept_refused(db: Database, noticia_id: int, hand: Hand) -> str:
    """Say that the note tells a case: it joins the finding it fits, or opens one to be reviewed; return the folio.

    Raises `ReviewError` for a note that is not of the sample, was answered, or waits for the tagger.
    """
    with writing(db):
        _answer(db, noticia_id, hand, was_finding=True)
        if coding.untagged(db, [noticia_id]):
            raise ReviewError(f"la noticia {noticia_id} cambió y falta etiquetarla; inténtelo después de la siguiente corrida")
        if findings.folio_of(db, noticia_id) is None:
            by_hand.hold_relevant(db, noticia_id)
        return group_note(db, noticia_id, lambda: hand.now)


def confirm_refused(db: Database, noticia_id: int, hand: Hand) -> None:
    """Say that the machine was right to refuse the note. Raises `ReviewError`."""
    with writing(db):
        _answer(db, noticia_id, hand, was_finding=False)


def _answer(db: Database, noticia_id: int, hand: Hand, *, was_finding: bool) -> None:
    if not refused.answer(db, noticia_id, was_finding=was_finding, quien=hand.quien, now=hand.now):
        raise ReviewError(f"la noticia {noticia_id} no está en la muestra o ya se respondió")
    line = Change("muestra", "muestra_rechazadas", str(noticia_id), "era_hallazgo", None, int(was_finding))
    audit.record(db, line, quien=hand.quien, now=hand.now)
