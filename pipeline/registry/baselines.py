"""Writes monthly totals of earlier years into `lineas_base`: all of a file or nothing, by key, without doubling."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.errores import ErrorDeUso
from pipeline.progreso import tracked
from pipeline.registry.audit import Change, record
from pipeline.registry.plan import Arrival, add_import, mark_undone, written_by
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
    def llave(self) -> list[str | int]:
        """The columns of its key."""
        return [self.anio, self.mes, self.indicador, self.unidad]

    @property
    def clave(self) -> str:
        """The row's key as the audit trail writes it."""
        return f"{self.anio}-{self.mes:02}/{self.indicador}/{self.unidad}"


@dataclass(frozen=True)
class Importados:
    """How many totals were new, changed and already there; the number, None when nothing was kept; changes told."""

    nuevos: int = 0
    cambiados: int = 0
    iguales: int = 0
    numero: int | None = None
    cambios: list[str] = field(default_factory=list, compare=False)


def stored_total(db: Database, row: TotalMensual) -> tuple[int, str] | None:
    """Return (total, fuente) of the row's key in the registry, or None."""
    found = db.execute(
        "SELECT total, fuente FROM lineas_base WHERE anio = ? AND mes = ? AND indicador = ? AND unidad = ?",
        [row.anio, row.mes, row.indicador, row.unidad],
    ).fetchone()
    return (found[0], found[1]) if found else None


def save_totals(  # noqa: PLR0913 - the rows, who brings them, and how
    db: Database,
    rows: Sequence[TotalMensual],
    *,
    quien: str,
    now: datetime,
    dry_run: bool = False,
    file: Arrival | None = None,
) -> Importados:
    """Write `rows` in one transaction, each change with its line in `bitacora`; with `dry_run` only count them.

    What comes from a `file` is an import with a number, that can be undone.
    """
    counts = {"nuevos": 0, "cambiados": 0, "iguales": 0}
    written: list[dict[str, object]] = []
    told: list[str] = []
    with writing(db):
        for row in tracked(rows, "Importando totales"):
            before = stored_total(db, row)
            if before == (row.total, row.fuente):
                counts["iguales"] += 1
                continue
            counts["cambiados" if before else "nuevos"] += 1
            told.append(
                f"{row.clave}: {f'{before[0]} {before[1]}'.strip() if before else 'nuevo'} → {row.total} {row.fuente}".strip()
            )
            if not dry_run:
                save_total(db, row, before, quien=quien, now=now)
                written.append({"clave": row.llave, "antes": before, "ahora": [row.total, row.fuente]})
        number = add_import(db, file, written, quien=quien, now=now) if file and written else None
    return Importados(**counts, numero=number, cambios=told)


def undo_totals(db: Database, number: int, *, quien: str, now: datetime) -> int:
    """Put back the totals that an import changed and return how many.

    Raises `ErrorDeUso` when there is no such import, when it was undone, or when a total is another by now.
    """
    with writing(db):
        rows = written_by(db, number, "totales")
        for kept in rows:
            year, month, indicator, unit = kept["clave"]
            row = TotalMensual(year, month, kept["ahora"][0], indicator, unit, kept["ahora"][1])
            if stored_total(db, row) != tuple(kept["ahora"]):
                raise ErrorDeUso(f"{row.clave}: el total ya es otro; deshaga antes la última importación")
            put_back(db, row, kept["antes"], f"se deshizo la importación {number}", quien=quien, now=now)
        mark_undone(db, number, quien=quien, now=now)
    return len(rows)


def put_back(  # noqa: PLR0913 - the row, what it was, and who
    db: Database, row: TotalMensual, before: Sequence[object] | None, motivo: str, *, quien: str, now: datetime
) -> None:
    """Make one total what it was, or take it away, inside the caller's transaction."""
    where = "WHERE anio = ? AND mes = ? AND indicador = ? AND unidad = ?"
    if before is None:
        db.execute(f"DELETE FROM lineas_base {where}", row.llave)
    else:
        db.execute(f"UPDATE lineas_base SET total = ?, fuente = ? {where}", [*before, *row.llave])
    was = before[0] if before else None
    record(db, Change("importar", "lineas_base", row.clave, "total", row.total, was, motivo), quien=quien, now=now)


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
