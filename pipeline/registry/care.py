"""Rows of `atenciones` and `urgencias`: who was asked to attend a finding, what came of it, who took note of a danger."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text


@dataclass(frozen=True)
class Attention:
    """One entry: a hand-over (`turno`), or what was done; `responde_a` is the hand-over that it answers.

    `base_id` and `registro_base` are the Base where it happened and the uuid of the entry of its log that it came from.
    """

    tipo: str
    area: str = ""
    a_quien: str = ""
    nota: str = ""
    responde_a: int | None = None
    base_id: int | None = None
    registro_base: str | None = None


def add_attention(db: Database, folio: str | None, entry: Attention, *, quien: str, now: datetime) -> int:
    """Write an entry inside the caller's transaction (`folio` None: of a Base, without a finding); return its number."""
    written = (entry.tipo, entry.area, entry.a_quien, entry.nota, entry.responde_a, entry.base_id, entry.registro_base)
    row = db.execute(
        "INSERT INTO atenciones (folio, tipo, area, a_quien, nota, responde_a, base_id, registro_base, quien, cuando)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        [folio, *written, quien, utc_text(now)],
    ).fetchone()
    return int(row[0])


def is_hand_over(db: Database, number: int, folio: str) -> bool:
    """Tell whether an entry is a hand-over of the finding."""
    sql = "SELECT 1 FROM atenciones WHERE id = ? AND folio = ? AND tipo = 'turno'"
    return db.execute(sql, [number, folio]).fetchone() is not None


def waits_for_notice(db: Database, folio: str) -> bool:
    """Tell whether the finding is a danger in force of which nobody took note."""
    return db.execute("SELECT 1 FROM v_urgentes WHERE folio = ?", [folio]).fetchone() is not None


def acknowledge(db: Database, folio: str, *, quien: str, now: datetime) -> bool:
    """Write who took note of an urgent finding inside the caller's transaction; False: somebody had before."""
    done = db.execute(
        "INSERT INTO urgencias (folio, avisado_en, veces, acusado_por, acusado_en) VALUES (?, ?, 0, ?, ?)"
        " ON CONFLICT (folio) DO UPDATE SET acusado_por = excluded.acusado_por, acusado_en = excluded.acusado_en"
        " WHERE acusado_en IS NULL RETURNING folio",
        [folio, utc_text(now), quien, utc_text(now)],
    )
    return bool(done.fetchall())


def note_told(db: Database, folio: str, *, now: datetime) -> None:
    """Write inside the caller's transaction that a person was told of an urgent finding, once more."""
    db.execute(
        "INSERT INTO urgencias (folio, avisado_en) VALUES (?, ?)"
        " ON CONFLICT (folio) DO UPDATE SET avisado_en = excluded.avisado_en, veces = veces + 1",
        [folio, utc_text(now)],
    )
