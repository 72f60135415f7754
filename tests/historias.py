"""Sources whose past is written by hand: what each reading of each run gave, as rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.registry.connection import open_registry

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


@dataclass(frozen=True)
class Lectura:
    """What one run gave of a source: new links of a good reading (`motivo` then tells only part), or a failure."""

    nueva: int = 0
    motivo: str = ""
    buena: bool = True
    hueco: bool = False
    error: int = 0


def falla(motivo: str) -> Lectura:
    return Lectura(motivo=motivo, buena=False)


Vida = Callable[[date], "Lectura | int | None"]


@contextmanager
def monitor(folder: Path, last: date, *, days: int = 56, per_day: int = 1) -> Iterator[Database]:
    """A registry with complete runs on each of `days` days that end on `last`, and no source."""
    db = open_registry(folder / "registro.db")
    with db.atomic():
        for day in (last - timedelta(days=back) for back in reversed(range(days))):
            for hour in range(12, 12 + per_day):
                db.execute(
                    "INSERT INTO corridas (inicio, fin, dia, estado, version) VALUES (?, ?, ?, 'completa', '0')",
                    [f"{day}T{hour}:00:00Z", f"{day}T{hour}:10:00Z", day.isoformat()],
                )
    yield db
    db.conn.close()


def fuente(db: Database, clave: str, vida: Vida, **fields: Any) -> None:
    """One source; `vida` says what each run gave of it by the run's day: new links, a `Lectura`, or None (not there yet)."""
    row = {"id": clave, "nombre": f"El {clave}", "tipo": "medio_local", "sitio": f"https://{clave}.ejemplo/"} | fields
    with db.atomic():
        db.table("fuentes").insert(row)
        for run, day in db.execute("SELECT id, dia FROM corridas").fetchall():
            given = vida(date.fromisoformat(day))
            if given is not None:
                _row(db, run, clave, given if isinstance(given, Lectura) else Lectura(given))


def _row(db: Database, run: int, clave: str, one: Lectura) -> None:
    db.table("corridas_fuentes").insert(
        {
            "corrida_id": run,
            "fuente_id": clave,
            "recibidos": one.nueva + one.error,
            "nueva": one.nueva,
            "error": one.error,
            "lecturas_buenas": int(one.buena),
            "hueco": int(one.hueco),
            "fallida": int(not one.buena),
            "cerrada": 1,
            "motivo": one.motivo,
        }
    )


def pendiente(db: Database, clave: str, day: date, how_many: int, *, tries: int = 1) -> None:
    """Links of a source that wait for their page since `day`, after `tries` failures."""
    with db.atomic():
        for number in range(how_many):
            url, seen = f"https://{clave}.ejemplo/{day}/{number}", f"{day}T18:00:00Z"
            db.execute(
                "INSERT INTO enlaces (url_normalizada, url, fuente_id, lector, visto_en, intentos, primer_intento)"
                " VALUES (?, ?, ?, 'feed', ?, ?, ?)",
                [url, url, clave, seen, tries, seen if tries else None],
            )


def estado(db: Database, clave: str) -> dict[str, Any]:
    return next(db.query("SELECT * FROM v_salud_fuentes WHERE fuente_id = ?", [clave]))
