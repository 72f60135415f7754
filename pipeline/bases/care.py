"""What was done for people in a Base (plan 1.5 b, c): from attention and referral to the evaluation of measures."""

from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.bases.entries import whole_folio
from pipeline.bases.standing import found_base
from pipeline.registry import audit, care
from pipeline.registry import bases as rows
from pipeline.registry.audit import Change
from pipeline.registry.care import Attention
from pipeline.registry.transaction import writing
from pipeline.review.care import KINDS, LONGEST
from pipeline.review.changes import Hand, not_merged
from pipeline.review.errors import ReviewError

# What an entry of each kind most often leads to; the person may say otherwise.
LEADS_TO = {"canalizacion": "canalizacion", "seguimiento": "seguimiento"}
FIRST = "atencion"


@dataclass(frozen=True)
class Done:
    """What was done, as a form says it; `registro` is the uuid of the entry that it comes from, `folio` of the finding."""

    tipo: str
    nota: str
    area: str = ""
    a_quien: str = ""
    registro: str = ""
    folio: str = ""


def attend_in_base(db: Database, base_id: int, done: Done, hand: Hand) -> int:
    """Write what was done in a Base, from an entry of its log or not; return its number. Raises `ReviewError`."""
    kept = Done(*(getattr(done, name).strip() for name in ("tipo", "nota", "area", "a_quien", "registro", "folio")))
    if kept.tipo not in KINDS:
        raise ReviewError(f"«{kept.tipo}» no es uno de: {', '.join(KINDS)}")
    if not kept.nota:
        raise ReviewError("falta decir qué se hizo")
    if max(map(len, (kept.area, kept.a_quien, kept.nota))) > LONGEST:
        raise ReviewError(f"un texto tiene más de {LONGEST} caracteres")
    with writing(db):
        base = found_base(db, base_id)
        entry = rows.entry(db, kept.registro) if kept.registro else None
        if kept.registro and (entry is None or entry["base_id"] != base_id):
            raise ReviewError("esa anotación no es de esta Base")
        folio = whole_folio(kept.folio, base) or (entry["folio"] if entry else None)
        if folio is not None:
            not_merged(db, folio)
        written = Attention(kept.tipo, kept.area, kept.a_quien, kept.nota, None, base_id, kept.registro or None)
        number = care.add_attention(db, folio, written, quien=hand.quien, now=hand.now)
        change = Change("atender", "bases", str(base_id), kept.tipo, None, number)
        audit.record(db, change, quien=hand.quien, now=hand.now)
    return number
