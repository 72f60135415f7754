"""What each channel of notices was told last (table `avisos`): without a mark, everything is still to be told."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry.transaction import writing

RECOVERED = "volvió"


@dataclass(frozen=True)
class Mark:
    """The last finding told (its row number), and the state of each source told as troubled (`RECOVERED`: well again since)."""

    ultimo_hallazgo: int = 0
    fuentes: Mapping[str, str] = field(default_factory=dict)


def read_mark(db: Database, canal: str) -> Mark:
    """Return the mark of a channel by its key."""
    row = db.execute("SELECT ultimo_hallazgo, fuentes FROM avisos WHERE canal = ?", [canal]).fetchone()
    return Mark(row[0], json.loads(row[1])) if row else Mark()


def save_mark(db: Database, canal: str, nombre: str, mark: Mark, *, now: datetime) -> None:
    """Write what was delivered to a channel, in one transaction."""
    with writing(db):
        db.execute(
            "INSERT INTO avisos (canal, nombre, entregado_en, ultimo_hallazgo, fuentes) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (canal) DO UPDATE SET nombre = excluded.nombre, entregado_en = excluded.entregado_en,"
            " ultimo_hallazgo = excluded.ultimo_hallazgo, fuentes = excluded.fuentes",
            [canal, nombre, utc_text(now), mark.ultimo_hallazgo, as_json(mark.fuentes)],
        )


def save_sources(db: Database, canal: str, fuentes: Mapping[str, str]) -> None:
    """Write the sources' states where nothing was delivered: if one that is well again breaks again, it is told again."""
    with writing(db):
        db.execute("UPDATE avisos SET fuentes = ? WHERE canal = ?", [as_json(fuentes), canal])


def as_json(fuentes: Mapping[str, str]) -> str:
    """Return the sources' states as JSON, in order."""
    return json.dumps(dict(fuentes), ensure_ascii=False, sort_keys=True)


def note_base_told(db: Database, folios: Sequence[str], canal: str, *, now: datetime) -> None:
    """Write inside the caller's transaction that a channel was told of findings of an open Base."""
    db.conn.executemany(
        "INSERT INTO avisos_base (folio, canal, avisado_en) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(folio, canal, utc_text(now)) for folio in folios],
    )
