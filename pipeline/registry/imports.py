"""Writes imported findings by their key, and undoes an import: all of a file or nothing, each change in the trail."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.progreso import tracked
from pipeline.registry import audit, coding, imported_facts, people, plan, restore, undo
from pipeline.registry.audit import Change
from pipeline.registry.findings import CODE_TABLES
from pipeline.registry.folios import next_folio
from pipeline.registry.plan import Arrival
from pipeline.registry.transaction import writing

# Tables that machines fill of a finding and that go with it.
OWN = (*(f"hallazgos_{name}" for name in CODE_TABLES), "claves_union", "hallazgos_movilizaciones", "hallazgos_importados")
DECIDED = "SELECT 1 FROM bitacora WHERE tabla = 'hallazgos' AND clave = ? AND accion <> 'importar' LIMIT 1"


@dataclass(frozen=True)
class Registro:
    """A record of earlier years: its key, its day, the columns of `hallazgos`, its codes by table, its victims."""

    clave: str
    fecha_registro: str
    columnas: Mapping[str, object]
    listas: Mapping[str, Sequence[str]]
    victimas: Sequence[people.VictimRow]


@dataclass(frozen=True)
class Hechos:
    """What an import did: its number (None: a rehearsal, or nothing to write), how many were new, changed, the same."""

    numero: int | None
    nuevos: int
    cambiados: int
    iguales: int
    cambios: list[str]


class Rehearsal(Exception):
    """Ends the transaction of a rehearsal."""


def save_records(db: Database, file: Arrival, records: Sequence[Registro], *, quien: str, now: datetime) -> Hechos:
    """Write the records in one transaction; the same key again updates its finding. A rehearsal writes and takes all back."""
    written: list[dict[str, Any]] = []
    number = None
    try:
        with writing(db):
            number = plan.add_import(db, file, [], quien=quien, now=now)
            for one in tracked(records, "Importando registros"):
                written += save_record(db, one, number, quien=quien, now=now)
            told = [change_told(db, row) for row in written] if file.ensayo else []
            new = sum(row["antes"] is None for row in written)
            kept = json.dumps(written, ensure_ascii=False)
            counts = [kept, len(records), new, len(written) - new, number]
            db.execute("UPDATE importaciones SET antes = ?, filas = ?, nuevas = ?, cambiadas = ? WHERE id = ?", counts)
            if file.ensayo or not written:
                raise Rehearsal
    except Rehearsal:
        number = None
    return Hechos(number, new, len(written) - new, len(records) - len(written), told)


def change_told(db: Database, row: Mapping[str, Any]) -> str:
    """Return what a written row changes of its finding, inside the transaction: column by column, and the other tables."""
    if row["antes"] is None:
        return f"{row['clave']}: nuevo"
    now = next(db.query("SELECT * FROM hallazgos WHERE folio = ?", [row["folio"]]))
    columns = [f"{name}: {old or '–'} → {now[name] or '–'}" for name, old in row["antes"]["hallazgos"].items()]
    for name in (name for name in row["antes"] if name.startswith("hallazgos_")):
        if name == "hallazgos_noticias":
            continue
        old = sorted(one["valor"] for one in row["antes"][name])
        new = [one[0] for one in db.execute(f"SELECT valor FROM {name} WHERE folio = ? ORDER BY valor", [row["folio"]])]
        columns.append(f"{name.removeprefix('hallazgos_')}: {', '.join(old) or '–'} → {', '.join(new) or '–'}")
    people_too = ["cambian las víctimas"] if "victimas" in row["antes"] else []
    return f"{row['clave']} ({row['folio']}): {'; '.join(columns + people_too)}"


def save_record(db: Database, one: Registro, number: int, *, quien: str, now: datetime) -> list[dict[str, Any]]:
    """Write one record and its line in the trail; return what undo needs of it, nothing when it was there as it is."""
    found = db.execute("SELECT folio, importacion_id FROM hallazgos_importados WHERE clave = ?", [one.clave]).fetchone()
    folio, last = found or (next_folio(db, date.fromisoformat(one.fecha_registro).year), None)
    before = undo.picture(db, [folio]) if found else {}
    if not found:
        db.execute(
            "INSERT INTO hallazgos (folio, fecha_registro, clase, estado, origen, fuentes_independientes)"
            " VALUES (?, ?, ?, 'validado', 'importado', 0)",
            [folio, one.fecha_registro, one.columnas["clase"]],
        )
    write_columns(db, folio, one)
    after = undo.picture(db, [folio])
    antes = undo.difference(before[folio], after[folio]) if found else None
    if antes is not None and set(antes) == {"version", "hallazgos"} and not antes["hallazgos"]:
        return []
    db.execute("UPDATE hallazgos SET version = version + 1 WHERE folio = ? AND ?", [folio, bool(found)])
    db.execute(
        "INSERT INTO hallazgos_importados (clave, folio, importacion_id) VALUES (?, ?, ?)"
        " ON CONFLICT (clave) DO UPDATE SET importacion_id = excluded.importacion_id",
        [one.clave, folio, number],
    )
    audit.record(db, Change("importar", "hallazgos", folio, motivo=f"importación {number}"), quien=quien, now=now)
    return [{"clave": one.clave, "folio": folio, "importacion": last, "antes": antes}]


def write_columns(db: Database, folio: str, one: Registro) -> None:
    """Write what machines would compute of the finding; corrections, and victims that a person wrote, stay on top."""
    columns = {"fecha_registro": one.fecha_registro, **one.columnas}
    told = ", ".join(f"{name} = ?" for name in columns)
    db.execute(f"UPDATE hallazgos SET {told} WHERE folio = ?", [*columns.values(), folio])
    for name, values in one.listas.items():
        db.execute(f"DELETE FROM hallazgos_{name} WHERE folio = ?", [folio])
        pairs = [(folio, value) for value in values]
        db.conn.executemany(f"INSERT INTO hallazgos_{name} (folio, valor) VALUES (?, ?)", pairs)
    people.write_victims(db, folio, one.victimas)
    coding.follow(db, folio)
    imported_facts.write_keys(db, folio)


def undo_records(db: Database, number: int, *, quien: str, now: datetime) -> int:
    """Take back an import of records and return how many findings it touched.

    Raises `ErrorDeUso` when a later import or a person changed one of them: nothing is then taken back.
    """
    with writing(db):
        rows = plan.written_by(db, number, "registros")
        for row in reversed(rows):
            take_back(db, row, number, quien=quien, now=now)
        plan.mark_undone(db, number, quien=quien, now=now)
    return len(rows)


def take_back(db: Database, row: Mapping[str, Any], number: int, *, quien: str, now: datetime) -> None:
    """Make one finding what it was before the import; a new one goes."""
    folio = row["folio"]
    last = db.execute("SELECT importacion_id FROM hallazgos_importados WHERE folio = ?", [folio]).fetchone()
    if last is None or last[0] != number:
        raise ErrorDeUso(f"{folio}: otra importación lo cambió después; deshaga antes la última")
    if row["antes"] is None:
        drop_finding(db, folio)
    else:
        kept = undo.Kept(0, folio, 0, "importar", "", [folio], row["antes"], [])
        restore.restore(db, [kept], quien=quien, now=now)
        db.execute("UPDATE hallazgos SET version = version + 1 WHERE folio = ?", [folio])
        db.execute("UPDATE hallazgos_importados SET importacion_id = ? WHERE folio = ?", [row["importacion"], folio])
    audit.record(db, Change("importar", "hallazgos", folio, motivo=f"se deshizo la importación {number}"), quien=quien, now=now)


def drop_finding(db: Database, folio: str) -> None:
    """Delete an imported finding that nobody has decided on; its folio is not given again."""
    if db.execute(DECIDED, [folio]).fetchone():
        raise ErrorDeUso(f"{folio}: una persona ya decidió sobre él; descártelo en su página, y la importación se queda")
    try:
        people.forget_unused(db, people.drop_victims(db, folio))
        for table in OWN:
            db.execute(f"DELETE FROM {table} WHERE folio = ?", [folio])
        db.execute("DELETE FROM hallazgos WHERE folio = ?", [folio])
    except sqlite3.IntegrityError as error:
        raise ErrorDeUso(f"{folio}: ya tiene noticias, anotaciones o atenciones; la importación se queda") from error
