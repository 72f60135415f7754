"""Writes monthly totals of earlier years into `lineas_base`: all of a file or nothing, by key, without doubling."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.progreso import tracked
from pipeline.registry.audit import Change, record
from pipeline.registry.transaction import writing


@dataclass(frozen=True)
class TotalMensual:
    """One month's total of one indicator in one unit; `fuente` says which paper it was read from."""

    anio: int
    mes: int
    total: int
    indicador: str = "1.4"
    unidad: str = "hallazgo"
    fuente: str = ""

    @property
    def clave(self) -> str:
        """The row's key as the audit trail writes it."""
        return f"{self.anio}-{self.mes:02}/{self.indicador}/{self.unidad}"


@dataclass(frozen=True)
class Importados:
    """How many totals were new, changed and already there as they are."""

    nuevos: int = 0
    cambiados: int = 0
    iguales: int = 0


def stored_total(db: Database, row: TotalMensual) -> tuple[int, str] | None:
    """Return (total, fuente) of the row's key in the registry, or None."""
    found = db.execute(
        "SELECT total, fuente FROM lineas_base WHERE anio = ? AND mes = ? AND indicador = ? AND unidad = ?",
        [row.anio, row.mes, row.indicador, row.unidad],
    ).fetchone()
    return (found[0], found[1]) if found else None


def save_totals(db: Database, rows: Sequence[TotalMensual], *, quien: str, now: datetime, dry_run: bool = False) -> Importados:
    """Write `rows` in one transaction, each change with its line in `bitacora`; with `dry_run` only count them."""
    counts = {"nuevos": 0, "cambiados": 0, "iguales": 0}
    with writing(db):
        for row in tracked(rows, "Importando totales"):
            before = stored_total(db, row)
            if before == (row.total, row.fuente):
                counts["iguales"] += 1
                continue
            counts["cambiados" if before else "nuevos"] += 1
            if not dry_run:
                save_total(db, row, before, quien=quien, now=now)
    return Importados(**counts)


def save_total(db: Database, row: TotalMensual, before: tuple[int, str] | None, *, quien: str, now: datetime) -> None:
    """Insert or update one total and its line in `bitacora`, inside the caller's transaction."""
    db.execute(
        "INSERT INTO lineas_base (anio, mes, indicador, total, unidad, fuente, importada_en) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (anio, mes, indicador, unidad)"
        " DO UPDATE SET total = excluded.total, fuente = excluded.fuente, importada_en = excluded.importada_en",
        [row.anio, row.mes, row.indicador, row.total, row.unidad, row.fuente, utc_text(now)],
    )
    change = Change("importar", "lineas_base", row.clave, "total", before[0] if before else None, row.total, row.fuente)
    record(db, change, quien=quien, now=now)
