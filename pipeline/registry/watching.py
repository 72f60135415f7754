"""Rows of a cycle of `vigilar`: which demonstrations its run watched, what came of it, when the next watch begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry.demonstrations import CANCELLED
from pipeline.registry.transaction import writing

COUNTS = """
SELECT count(*), coalesce(sum(lecturas_buenas > 0), 0), coalesce(sum(nueva), 0), coalesce(sum(pendiente), 0)
FROM corridas_fuentes WHERE corrida_id = ?
"""
NEXT = f"SELECT min(vigilar_desde) FROM movilizaciones WHERE vigilar_desde > ? AND estado <> '{CANCELLED}'"


@dataclass(frozen=True)
class Counts:
    """What a run read: sources asked, those of which something was read, new articles, links still to be fetched."""

    fuentes: int = 0
    leidas: int = 0
    nuevas: int = 0
    pendientes: int = 0


def note_watch(db: Database, run_id: int, demonstrations: Sequence[int], minutes: float) -> None:
    """Note which demonstrations a run watches, and every how many minutes it was to look."""
    with writing(db):
        db.conn.executemany(
            "INSERT INTO vigilancias (corrida_id, movilizacion_id, cada_minutos) VALUES (?, ?, ?)",
            [(run_id, number, minutes) for number in demonstrations],
        )


def note_findings(db: Database, run_id: int, findings: int) -> None:
    """Note how many findings are new after a run that was closed before its articles were tagged."""
    with writing(db):
        db.execute("UPDATE corridas SET hallazgos_nuevos = ? WHERE id = ?", [findings, run_id])


def counts(db: Database, run_id: int) -> Counts:
    """Return what a run read."""
    return Counts(*db.execute(COUNTS, [run_id]).fetchone())


def next_watch(db: Database, now: datetime) -> datetime | None:
    """Return when the next watch begins, None when none is to come."""
    found = db.execute(NEXT, [utc_text(now)]).fetchone()[0]
    return datetime.fromisoformat(found) if found else None
