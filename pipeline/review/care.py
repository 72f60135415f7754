"""A finding as *insumo* for a case (plan 1.2.1, 1.5.2): handed over, attended, and a danger taken note of.

None of it changes the finding, so its version stays. What is written freely may name people: the trail gets numbers only.
"""

from dataclasses import replace

from sqlite_utils import Database

from pipeline.pages.labels import labels_of
from pipeline.registry import audit, care
from pipeline.registry.audit import Change
from pipeline.registry.care import Attention
from pipeline.registry.transaction import writing
from pipeline.review.changes import Hand, not_merged
from pipeline.review.errors import ReviewError

HAND_OVER = "turno"
KINDS = {kind: text for kind, text in labels_of("atencion_tipo").items() if kind != HAND_OVER}
LONGEST = 4_000  # characters


def hand_over(  # noqa: PLR0913 - what the form asks
    db: Database, folio: str, hand: Hand, *, area: str, a_quien: str = "", nota: str = ""
) -> int:
    """Hand the finding to an area, and to a person there; return the entry's number. Raises `ReviewError`."""
    if not area.strip():
        raise ReviewError(f"{folio}: para turnar hace falta el área")
    return _write(db, folio, hand, "turnar", Attention(HAND_OVER, area, a_quien, nota))


def attend(db: Database, folio: str, hand: Hand, entry: Attention) -> int:
    """Write what was done for the people of the finding, in answer to a hand-over or not; return the entry's number.

    Raises `ReviewError` for an unknown kind, an empty entry, or a hand-over that is not the finding's.
    """
    if entry.tipo not in KINDS:
        raise ReviewError(f"«{entry.tipo}» no es uno de: {', '.join(KINDS)}")
    if not entry.nota.strip():
        raise ReviewError(f"{folio}: falta decir qué se hizo")
    return _write(db, folio, hand, "atender", entry)


def _write(db: Database, folio: str, hand: Hand, accion: str, entry: Attention) -> int:
    kept = replace(entry, area=entry.area.strip(), a_quien=entry.a_quien.strip(), nota=entry.nota.strip())
    if max(map(len, (kept.area, kept.a_quien, kept.nota))) > LONGEST:
        raise ReviewError(f"{folio}: un texto tiene más de {LONGEST} caracteres")
    with writing(db):
        not_merged(db, folio)
        if entry.responde_a is not None and not care.is_hand_over(db, entry.responde_a, folio):
            raise ReviewError(f"{folio}: no se le hizo ese turno")
        number = care.add_attention(db, folio, kept, quien=hand.quien, now=hand.now)
        audit.record(db, Change(accion, "hallazgos", folio, entry.tipo, None, number), quien=hand.quien, now=hand.now)
    return number


def acknowledge(db: Database, folio: str, hand: Hand) -> None:
    """Take note of an urgent finding: nobody is told of it again. Raises `ReviewError` for a finding that does not exist."""
    with writing(db):
        not_merged(db, folio)
        if care.acknowledge(db, folio, quien=hand.quien, now=hand.now):
            audit.record(db, Change("acusar", "hallazgos", folio), quien=hand.quien, now=hand.now)
