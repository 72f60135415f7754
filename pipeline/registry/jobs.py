"""Work that a page asked for and a subprocess does: rows of `trabajos`. One process works at a time (`pipeline.jobs`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry.transaction import writing

MOST_TRIES = 2
FAILED = "fallido"
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
                finish(db, number, FAILED, "el proceso se interrumpió dos veces; inténtelo otra vez", now)
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


def give_up(db: Database, told: Mapping[int, str], now: datetime) -> list[int]:
    """End as failed those of the jobs (number: line) that are still begun, and return their numbers.

    What broke off with an error is not tried again by itself.
    """
    begun = "SELECT 1 FROM trabajos WHERE id = ? AND estado = 'en_curso'"
    given_up = [number for number in told if db.execute(begun, [number]).fetchone()]
    for number in given_up:
        finish(db, number, FAILED, told[number], now)
    return given_up


def try_again(db: Database, number: int, folio: str) -> bool:
    """Have a failed job of the finding wait again, inside the caller's transaction; False: there is no such failed job."""
    done = db.execute(
        "UPDATE trabajos SET estado = 'pendiente', mensaje = '', terminado_en = NULL, datos = json_remove(datos, '$.intentos')"
        " WHERE id = ? AND folio = ? AND estado = ?",
        [number, folio, FAILED],
    )
    return done.rowcount > 0


def drop_failed(db: Database, number: int, folio: str) -> bool:
    """Take a failed job of the finding off, inside the caller's transaction; False: there is no such failed job."""
    return db.execute("DELETE FROM trabajos WHERE id = ? AND folio = ? AND estado = ?", [number, folio, FAILED]).rowcount > 0


def settle(db: Database, number: int, folio: str) -> None:
    """Write in which finding the job's note is, inside the caller's transaction."""
    db.execute("UPDATE trabajos SET folio = ? WHERE id = ?", [folio, number])


def any_unfinished(db: Database) -> bool:
    """Tell whether some job waits or was left by a process that died."""
    return db.execute(f"SELECT 1 FROM trabajos WHERE {UNFINISHED} LIMIT 1").fetchone() is not None
