"""Work that a page asked for and a subprocess does: rows of `trabajos`. One process works at a time (`pipeline.jobs`)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry.transaction import writing

MOST_TRIES = 2
UNFINISHED = "estado IN ('pendiente', 'en_curso')"  # word by word as the index has it


@dataclass(frozen=True)
class Job:
    """One piece of work; `folio` is the finding that the note is for, None: wherever it belongs."""

    id: int
    tipo: str
    folio: str | None
    datos: Mapping[str, Any]
    quien: str


def add_job(db: Database, tipo: str, folio: str | None, datos: Mapping[str, Any], *, quien: str, now: datetime) -> int:  # noqa: PLR0913 - a row's columns
    """Write a job inside the caller's transaction; return its number."""
    sql = "INSERT INTO trabajos (tipo, folio, datos, quien, cuando) VALUES (?, ?, ?, ?, ?) RETURNING id"
    values = [tipo, folio, json.dumps(dict(datos), ensure_ascii=False), quien, utc_text(now)]
    return int(db.execute(sql, values).fetchone()[0])


def take_all(db: Database, now: datetime) -> list[Job]:
    """Take every job that waits, and those that a process left when it died; one that died twice is given up, with a line."""
    sql = f"SELECT id, tipo, folio, datos, quien, estado FROM trabajos WHERE {UNFINISHED} ORDER BY id"
    taken = []
    with writing(db):
        for number, tipo, folio, raw, quien, estado in db.execute(sql).fetchall():
            datos = json.loads(raw)
            tries = datos.get("intentos", 0) + 1
            if estado == "en_curso" and tries > MOST_TRIES:
                finish(
                    db, number, "fallido", "el proceso se interrumpió dos veces; pídalo otra vez o agregue la nota a mano", now
                )
                continue
            kept = json.dumps(datos | {"intentos": tries}, ensure_ascii=False)
            db.execute("UPDATE trabajos SET estado = 'en_curso', datos = ? WHERE id = ?", [kept, number])
            taken.append(Job(number, tipo, folio, datos, quien))
    return taken


def finish(db: Database, number: int, estado: str, mensaje: str, now: datetime) -> None:
    """Write how a job ended (`hecho`, `fallido`), in one Spanish line, in one transaction."""
    with writing(db):
        sql = "UPDATE trabajos SET estado = ?, mensaje = ?, terminado_en = ? WHERE id = ?"
        db.execute(sql, [estado, mensaje, utc_text(now), number])


def give_up(db: Database, numbers: Sequence[int], mensaje: str, now: datetime) -> None:
    """End as failed those of the jobs that are still begun: what broke off with an error is not tried again by itself."""
    for number in numbers:
        if db.execute("SELECT 1 FROM trabajos WHERE id = ? AND estado = 'en_curso'", [number]).fetchone():
            finish(db, number, "fallido", mensaje, now)


def settle(db: Database, number: int, folio: str) -> None:
    """Write in which finding the job's note is, inside the caller's transaction."""
    db.execute("UPDATE trabajos SET folio = ? WHERE id = ?", [folio, number])


def any_unfinished(db: Database) -> bool:
    """Tell whether some job waits or was left by a process that died."""
    return db.execute(f"SELECT 1 FROM trabajos WHERE {UNFINISHED} LIMIT 1").fetchone() is not None
