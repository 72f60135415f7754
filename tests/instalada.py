"""A registry with a demonstration of 8 March and its Base, and entries as a phone sends them; everybody is invented."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from factories import registry
from sqlite_utils import Database

from pipeline.bases.standing import Told, open_base
from pipeline.review.changes import Hand

DAY = "2026-03-08"
NOON = datetime(2026, 3, 8, 18, 0, tzinfo=UTC)  # 12:00 in Mexico City
EVENING = datetime(2026, 3, 9, 0, 30, tzinfo=UTC)  # 18:30 there


def hand(now: datetime = EVENING, quien: str = "ana", version: int | None = None) -> Hand:
    return Hand(quien, now, version)


def demonstration(db: Database, uid: str = "8m@registro.ejemplo", **changes: Any) -> int:
    row = {
        "uid": uid,
        "nombre": "Marcha del 8 de marzo",
        "dia": DAY,
        "inicio": "2026-03-08T20:00:00Z",
        "vigilar_desde": "2026-03-07T20:00:00Z",
        "vigilar_hasta": "2026-03-11T20:00:00Z",
        "origen": "a_mano",
        "quien": "ana",
        "cuando": "2026-03-01T12:00:00Z",
    } | changes
    with db.atomic():
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        done = db.execute(f"INSERT INTO movilizaciones ({names}) VALUES ({marks}) RETURNING id", list(row.values()))
        return int(done.fetchone()[0])


def installed(folder: Path, now: datetime = NOON) -> Database:
    """A registry whose Base 1 opened at `now`."""
    db = registry(folder)
    bodies = ("Secretaría de Gobierno", "Comisión de Derechos Humanos")
    open_base(db, demonstration(db), Told(sitio="Hemiciclo a Juárez", organismos=bodies, personas_presentes=4), hand(now))
    return db


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def sent(number: int = 1, **changes: Any) -> dict[str, Any]:
    """An entry as the page sends it."""
    base = {
        "uuid": uuid(number),
        "hora": "2026-03-08T23:50:00Z",
        "tipo": "agresion",
        "texto": "Le quitaron la cámara entre dos policías.",
        "tipo_persona": "periodista",
        "iniciales": "ML",
        "folio": "",
    }
    return base | changes


def exported(*entries: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What the form without network writes."""
    base = {
        "formato": "hallazgos-base",
        "version": 1,
        "base": 1,
        "movilizacion": "8m@registro.ejemplo",
        "anoto": "RT",
        "escrito_en": "2026-03-09T00:10:00Z",
        "registros": list(entries),
    }
    return base | changes
