"""Who works on what: assign, postpone, comment, mark news as seen. None of it changes the finding, so its version stays."""

from datetime import date

from sqlite_utils import Database

from pipeline.registry import audit, desk
from pipeline.registry.audit import Change
from pipeline.registry.transaction import writing
from pipeline.review.changes import Hand, state
from pipeline.review.errors import ReviewError

LONGEST_COMMENT = 4_000  # characters
DONE = {"asignado_a": "asignar", "pospuesto_hasta": "posponer"}


def assign(db: Database, folio: str, a_quien: str | None, hand: Hand) -> None:
    """Give the finding to a person; None or '' gives it back to everyone."""
    _set(db, folio, "asignado_a", (a_quien or "").strip() or None, hand)


def undo_assign(db: Database, folio: str, seen: str, hand: Hand) -> str | None:
    """Take back the last assignment that was not taken back yet; return who has the finding then (None: nobody).

    `seen` is who had it on the page. Raises `ReviewError` when somebody gave it to another meanwhile, or nothing is left.
    """
    with writing(db):
        state(db, folio)
        before = desk.assigned_before(db, folio)
        if not before:
            raise ReviewError(f"{folio}: no queda asignación que deshacer")
        present, person = desk.assigned(db, folio), before[-1]
        if (present or "") != seen.strip():
            raise ReviewError(f"{folio}: ahora está a cargo de {present or 'nadie'}; no se cambió nada")
        desk.write_desk(db, folio, "asignado_a", person, quien=hand.quien, now=hand.now)
        change = Change(desk.UNASSIGN, "hallazgos", folio, "asignado_a", present, person)
        audit.record(db, change, quien=hand.quien, now=hand.now)
    return person


def postpone(db: Database, folio: str, until_day: str | None, hand: Hand) -> None:
    """Put the finding off until a day `AAAA-MM-DD`; None or '' brings it back. Raises `ReviewError` for what is no day."""
    try:
        day = date.fromisoformat(until_day).isoformat() if until_day else None
    except ValueError as error:
        raise ReviewError(f"«{until_day}» no es un día AAAA-MM-DD") from error
    _set(db, folio, "pospuesto_hasta", day, hand)


def _set(db: Database, folio: str, column: str, value: str | None, hand: Hand) -> None:
    with writing(db):
        state(db, folio)
        before = desk.write_desk(db, folio, column, value, quien=hand.quien, now=hand.now)
        audit.record(db, Change(DONE[column], "hallazgos", folio, column, before, value), quien=hand.quien, now=hand.now)


def comment(db: Database, folio: str, texto: str, hand: Hand) -> int:
    """Add a comment; return its number, which is all that the trail gets. Raises `ReviewError` for an empty or endless one."""
    words = texto.strip()
    if not words or len(words) > LONGEST_COMMENT:
        raise ReviewError(f"{folio}: un comentario lleva de 1 a {LONGEST_COMMENT} caracteres")
    with writing(db):
        state(db, folio)
        number = desk.add_comment(db, folio, words, quien=hand.quien, now=hand.now)
        audit.record(db, Change("comentar", "hallazgos", folio, "comentario", None, number), quien=hand.quien, now=hand.now)
    return number


def mark_seen(db: Database, folio: str, hand: Hand) -> None:
    """Say that the notes that joined after the decision were looked at."""
    with writing(db):
        state(db, folio)
        seen = desk.see_news(db, folio, quien=hand.quien, now=hand.now)
        if seen:
            audit.record(
                db, Change("ver_novedades", "hallazgos", folio, "noticias", None, seen), quien=hand.quien, now=hand.now
            )
