"""Rows that hold a person's word on a finding: its state and `correcciones`. Every change raises the finding's version."""

import json
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text

LISTS = frozenset({"tipo_victima", "agresion", "modalidad", "agresor"})


def state_of(db: Database, folio: str) -> str | None:
    """Return the finding's state, or None when there is no such finding."""
    row = db.execute("SELECT estado FROM hallazgos WHERE folio = ?", [folio]).fetchone()
    return row[0] if row else None


def decide_state(db: Database, folio: str, state: str) -> None:
    """Write the state inside the caller's transaction."""
    db.execute("UPDATE hallazgos SET estado = ?, version = version + 1 WHERE folio = ?", [str(state), folio])


def write_correction(  # noqa: PLR0913 - a row's columns
    db: Database, folio: str, campo: str, valor: object, *, quien: str, now: datetime
) -> object:
    """Write a field's correction inside the caller's transaction; return the value that stood before, computed or corrected."""
    before = _value(db, folio, campo)
    db.execute(
        "INSERT INTO correcciones (folio, campo, valor, quien, cuando) VALUES (?, ?, ?, ?, ?) ON CONFLICT (folio, campo)"
        " DO UPDATE SET valor = excluded.valor, quien = excluded.quien, cuando = excluded.cuando",
        [folio, campo, json.dumps(valor, ensure_ascii=False), quien, utc_text(now)],
    )
    db.execute("UPDATE hallazgos SET version = version + 1 WHERE folio = ?", [folio])
    return before


def _value(db: Database, folio: str, campo: str) -> object:
    """Return a field's value as everyone sees it: the correction, else what was computed."""
    value = db.execute(f"SELECT {campo} FROM v_hallazgos WHERE folio = ?", [folio]).fetchone()[0]
    return json.loads(value) if campo in LISTS else value
