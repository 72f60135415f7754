"""Rows of a cycle of `vigilar`: which demonstrations its run watched, what came of it, when the next watch begins.

A watch of days over a hundred sources would leave hundreds of thousands of rows that say nothing; cycles are summed up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry.demonstrations import CANCELLED
from pipeline.registry.transaction import writing

COUNTS = """
SELECT coalesce(max(fuentes), 0), coalesce(max(leidas), 0), coalesce(max(nuevas), 0),
    (SELECT coalesce(sum(pendiente), 0) FROM corridas_fuentes WHERE corrida_id = :run)
FROM vigilancias WHERE corrida_id = :run
"""
UNSUMMED = """
SELECT DISTINCT v.corrida_id FROM vigilancias AS v JOIN corridas AS r ON r.id = v.corrida_id
WHERE NOT v.sumada AND r.estado <> 'en_curso' ORDER BY 1
"""
SUM_CYCLE = """
UPDATE vigilancias SET sumada = 1, (fuentes, leidas, nuevas) = (
    SELECT count(*), coalesce(sum(lecturas_buenas > 0), 0), coalesce(sum(nueva), 0)
    FROM corridas_fuentes WHERE corrida_id = :run
) WHERE corrida_id = :run
"""
SUM_SOURCES = """
INSERT INTO vigilancias_fuentes (movilizacion_id, fuente_id, ciclos, leidas, nuevas)
SELECT v.movilizacion_id, c.fuente_id, 1, c.lecturas_buenas > 0, c.nueva
FROM vigilancias AS v JOIN corridas_fuentes AS c ON c.corrida_id = v.corrida_id WHERE v.corrida_id = :run
ON CONFLICT (movilizacion_id, fuente_id) DO UPDATE SET
    ciclos = ciclos + 1, leidas = leidas + excluded.leidas, nuevas = nuevas + excluded.nuevas
"""
# Kept: what brought something or failed, and the first good reading of a day or after a failure: the sources' health needs it.
LET_GO = """
DELETE FROM corridas_fuentes AS c
WHERE c.corrida_id = :run AND c.lecturas_buenas > 0 AND c.recibidos = c.conocida AND c.motivo = '' AND NOT c.hueco
    AND (
        SELECT p.lecturas_buenas > 0 AND r.dia = (SELECT dia FROM corridas WHERE id = :run)
        FROM corridas_fuentes AS p JOIN corridas AS r ON r.id = p.corrida_id
        WHERE p.fuente_id = c.fuente_id AND p.corrida_id < :run ORDER BY p.corrida_id DESC LIMIT 1
    )
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


def sum_up(db: Database) -> None:
    """Sum up the finished cycles that were not, those of killed watches too, and let go of their rows that say nothing."""
    for (run_id,) in db.execute(UNSUMMED).fetchall():
        with writing(db):
            for sql in (SUM_CYCLE, SUM_SOURCES, LET_GO):
                db.execute(sql, {"run": run_id})


def note_findings(db: Database, run_id: int, findings: int) -> None:
    """Note how many findings are new after a run that was closed before its articles were tagged."""
    with writing(db):
        db.execute("UPDATE corridas SET hallazgos_nuevos = ? WHERE id = ?", [findings, run_id])


def counts(db: Database, run_id: int) -> Counts:
    """Return what a run that was summed up read."""
    return Counts(*db.execute(COUNTS, {"run": run_id}).fetchone())


def next_watch(db: Database, now: datetime) -> datetime | None:
    """Return when the next watch begins, None when none is to come."""
    found = db.execute(NEXT, [utc_text(now)]).fetchone()[0]
    return datetime.fromisoformat(found) if found else None
