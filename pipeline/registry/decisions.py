"""Rows that hold a person's word on a finding: its state and `correcciones`. The version rises once a decision."""

import json
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text

LISTS = frozenset({"tipo_victima", "agresion", "modalidad", "agresor"})
DISCARDED_FOR = """
SELECT clave, motivo FROM bitacora WHERE id IN (
    SELECT max(id) FROM bitacora WHERE tabla = 'hallazgos' AND campo = 'estado' AND despues = '"descartado"' GROUP BY clave
)
"""


def state_of(db: Database, folio: str) -> str | None:
    """Return the finding's state, or None when there is no such finding."""
    row = db.execute("SELECT estado FROM hallazgos WHERE folio = ?", [folio]).fetchone()
    return row[0] if row else None


def discard_reasons(db: Database) -> dict[str, str]:
    """Return the reason of the last discard of each finding that ever was discarded."""
    return dict(db.execute(DISCARDED_FOR).fetchall())


def version_of(db: Database, folio: str) -> int:
    """Return the version of a finding that exists."""
    return int(db.execute("SELECT version FROM hallazgos WHERE folio = ?", [folio]).fetchone()[0])


def raise_version(db: Database, folio: str, before: int) -> None:
    """Make the finding's version one more than it was before the decision, whatever wrote its rows meanwhile."""
    db.execute("UPDATE hallazgos SET version = ? WHERE folio = ?", [before + 1, folio])


def decide_state(db: Database, folio: str, state: str, *, fusionado_en: str | None = None) -> None:
    """Write the state inside the caller's transaction; `fusionado_en` names the finding into which it was merged."""
    db.execute("UPDATE hallazgos SET estado = ?, fusionado_en = ? WHERE folio = ?", [str(state), fusionado_en, folio])


def merged_into(db: Database, folio: str) -> str | None:
    """Return the finding into which this one was merged, or None."""
    row = db.execute("SELECT fusionado_en FROM hallazgos WHERE folio = ?", [folio]).fetchone()
    return row[0] if row else None


def write_correction(db: Database, folio: str, campo: str, valor: object, *, quien: str, now: datetime) -> None:  # noqa: PLR0913 - a row's columns
    """Write a field's correction inside the caller's transaction."""
    db.execute(
        "INSERT INTO correcciones (folio, campo, valor, quien, cuando) VALUES (?, ?, ?, ?, ?) ON CONFLICT (folio, campo)"
        " DO UPDATE SET valor = excluded.valor, quien = excluded.quien, cuando = excluded.cuando",
        [folio, campo, json.dumps(valor, ensure_ascii=False), quien, utc_text(now)],
    )


def drop_correction(db: Database, folio: str, campo: str) -> None:
    """Give a field back to the machine inside the caller's transaction."""
    db.execute("DELETE FROM correcciones WHERE folio = ? AND campo = ?", [folio, campo])


def corrections(db: Database, folio: str) -> dict[str, object]:
    """Return the corrected fields with their values."""
    found = db.execute("SELECT campo, valor FROM correcciones WHERE folio = ?", [folio]).fetchall()
    return {campo: json.loads(valor) for campo, valor in found}


def copy_corrections(db: Database, folio: str, into: str) -> list[str]:
    """Copy a finding's corrections to another, whose own stay; return the fields copied."""
    copied = db.execute(
        "INSERT INTO correcciones (folio, campo, valor, quien, cuando) SELECT ?, campo, valor, quien, cuando"
        " FROM correcciones WHERE folio = ? ON CONFLICT (folio, campo) DO NOTHING RETURNING campo",
        [into, folio],
    )
    return sorted(row[0] for row in copied.fetchall())


def value(db: Database, folio: str, campo: str) -> object:
    """Return a field's value as `v_hallazgos` shows it: the correction, else what was computed. Reads that finding only."""
    corrected = db.execute("SELECT valor FROM correcciones WHERE folio = ? AND campo = ?", [folio, campo]).fetchone()
    if corrected:
        return json.loads(corrected[0])
    if campo in LISTS:
        found = db.execute(f"SELECT valor FROM hallazgos_{campo} WHERE folio = ? ORDER BY valor", [folio]).fetchall()
        return [row[0] for row in found]
    return db.execute(f"SELECT {campo} FROM hallazgos WHERE folio = ?", [folio]).fetchone()[0]


def values(db: Database, folio: str, campo: str) -> list[str]:
    """Return a list field's values as everyone sees them."""
    found = value(db, folio, campo)
    return [str(one) for one in found] if isinstance(found, list) else []
