"""Sampled notes that the machine refused: a person says whether it was right."""

from sqlite_utils import Database

from pipeline.incidents import group_note
from pipeline.pages.wording import moment_text
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


def reconsider_refused(db: Database, noticia_id: int, hand: Hand) -> None:
    """Take back that the note was rightly refused: it is asked again. Raises `ReviewError` when that was not the answer."""
    with writing(db):
        said = refused.answered(db, noticia_id)
        if said is None:
            raise ReviewError(f"de la noticia {noticia_id} no hay respuesta que deshacer")
        if said[0]:
            raise ReviewError(f"la noticia {noticia_id} ya está en {findings.folio_of(db, noticia_id)}: descártelo ahí")
        refused.take_back(db, noticia_id)
        line = Change("muestra", "muestra_rechazadas", str(noticia_id), "era_hallazgo", 0, None)
        audit.record(db, line, quien=hand.quien, now=hand.now)


def _answer(db: Database, noticia_id: int, hand: Hand, *, was_finding: bool) -> None:
    if not refused.answer(db, noticia_id, was_finding=was_finding, quien=hand.quien, now=hand.now):
        said = refused.answered(db, noticia_id)
        if said is None:
            raise ReviewError(f"la noticia {noticia_id} no está en la muestra")
        what = "era hallazgo" if said[0] else "estaba bien rechazada"
        raise ReviewError(f"la noticia {noticia_id} ya se respondió: {said[1]} dijo que {what} el {moment_text(said[2])}")
    line = Change("muestra", "muestra_rechazadas", str(noticia_id), "era_hallazgo", None, int(was_finding))
    audit.record(db, line, quien=hand.quien, now=hand.now)
