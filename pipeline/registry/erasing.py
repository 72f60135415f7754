"""Takes a person's name out of the rows, inside the caller's transaction; what each value was is returned first."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.privacy.sealed import Was
from pipeline.privacy.tags import untagged
from pipeline.registry import coding, erased
from pipeline.registry.held import ADDRESSES, TOLD_ONLY, Cell, Subject, cells, covered_value, note_cells
from pipeline.registry.noticias import text_print

NEVER_AGAIN = 99  # second looks that a covered noticia's links have had
EMPTIED = {"nombre": "", "clave": "", "genero": "indeterminado", "genero_origen": None}


def changes(db: Database, subject: Subject, now: datetime) -> list[Was]:
    """Return every value that covering would change, in the order in which they do."""
    found: dict[tuple[str, int, str], Was] = {}
    for one in (
        *_covered(cells(db, subject), subject),
        *_remembered(db, subject),
        *_people(db, subject, now),
        *_outlets(db, subject),
    ):
        found[one.tabla, one.fila, one.columna] = one  # an outlet that was to be covered goes whole
    return list(found.values())


def note_changes(db: Database, subject: Subject) -> list[Was]:
    """Return the values of the person's noticias alone, with what hangs from them, that covering would change."""
    return list(_covered(note_cells(db), subject))


def _covered(found: Iterable[Cell], subject: Subject) -> Iterator[Was]:
    for cell in found:
        if cell.tabla in TOLD_ONLY | {"personas", "deshacer"}:
            continue
        now = new_value(cell, subject)
        if now != cell.valor:
            yield Was(cell.tabla, cell.fila, cell.columna, cell.valor, now)


def new_value(cell: Cell, subject: Subject) -> str:
    """Return what a cell holds once covered."""
    if (cell.tabla, cell.columna) == ("noticias", "etiquetas"):
        return untagged(cell.valor, subject.forms, tied=cell.tied)
    return covered_value(cell, subject.forms)


def _remembered(db: Database, subject: Subject) -> Iterator[Was]:
    """Yield the rows that undo keeps and that tell of the person: they go whole, so that nothing half covered is put back."""
    cursor = db.execute("SELECT * FROM deshacer ORDER BY id")
    names = [column[0] for column in cursor.description]
    for row in cursor.fetchall():
        told = dict(zip(names, row, strict=True))
        own = told["folio"] in subject.folios and subject.forms.part.search(told["antes"])
        if own or subject.forms.named_in(told["antes"]):
            yield Was("deshacer", told["id"], "", json.dumps(told, ensure_ascii=False), None)


def _people(db: Database, subject: Subject, now: datetime) -> Iterator[Was]:
    for number in subject.ids:
        row = db.execute(f"SELECT {', '.join(EMPTIED)}, suprimida_en FROM personas WHERE id = ?", [number]).fetchone()
        for column, was in zip([*EMPTIED, "suprimida_en"], row, strict=True):
            new = utc_text(now) if column == "suprimida_en" else EMPTIED[column]
            if was != new and not (column == "suprimida_en" and was):
                yield Was("personas", number, column, was, new)


def _outlets(db: Database, subject: Subject) -> Iterator[Was]:
    sql = "SELECT id, medio_u_organizacion FROM victimas WHERE persona_id IN (SELECT value FROM json_each(?))"
    for number, outlet in db.execute(f"{sql} AND medio_u_organizacion <> ''", [json.dumps(subject.ids)]).fetchall():
        yield Was("victimas", number, "medio_u_organizacion", outlet, "")


def apply(db: Database, subject: Subject, request: int, was: Sequence[Was]) -> None:
    """Change the values, remember which addresses must not come back, and bring what follows from the texts up to date."""
    for one in was:
        if one.columna:
            if one.columna in ADDRESSES and one.antes:
                erased.remember_address(db, request, one.antes, str(one.ahora))
            db.execute(f"UPDATE {one.tabla} SET {one.columna} = ? WHERE rowid = ?", [one.ahora, one.fila])
        else:
            db.execute(f"DELETE FROM {one.tabla} WHERE rowid = ?", [one.fila])
    _close_noticias(db, request, was)
    _follow(db, subject)


def _close_noticias(db: Database, request: int, was: Sequence[Was]) -> None:
    """Keep covered noticias from being asked for again, and give them the fingerprint of their new text."""
    covered = {one.fila for one in was if one.tabla == "noticias"}
    for number in covered:
        db.execute("INSERT OR IGNORE INTO arco_noticias (noticia_id, solicitud_id) VALUES (?, ?)", [number, request])
        db.execute("UPDATE enlaces SET revisiones = ? WHERE noticia_id = ?", [NEVER_AGAIN, number])
        text = db.execute("SELECT texto FROM noticias WHERE id = ? AND huella IS NOT NULL", [number]).fetchone()
        if text:
            db.execute("UPDATE noticias SET huella = ? WHERE id = ?", [text_print(text[0]), number])


def _follow(db: Database, subject: Subject) -> None:
    for folio in subject.folios:
        coding.rewrite_keys(db, folio)
        db.execute("UPDATE hallazgos SET version = version + 1 WHERE folio = ?", [folio])


def put_back(db: Database, was: Sequence[Was], request: int) -> int:
    """Undo `apply` of a request: each value that nobody changed since; return how many were left as they are."""
    left = 0
    for one in reversed(was):
        if one.columna:
            done = db.execute(
                f"UPDATE {one.tabla} SET {one.columna} = ? WHERE rowid = ? AND {one.columna} IS ? RETURNING 1",
                [one.antes, one.fila, one.ahora],
            ).fetchall()
            left += not done
        else:
            row = json.loads(str(one.antes))
            marks = ", ".join("?" * len(row))
            db.execute(f"INSERT OR IGNORE INTO {one.tabla} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    for table in ("arco_nombres", "arco_cribas", "arco_direcciones", "arco_noticias"):
        db.execute(f"DELETE FROM {table} WHERE solicitud_id = ?", [request])
    for number in {one.fila for one in was if one.tabla == "noticias"}:
        text = db.execute("SELECT texto FROM noticias WHERE id = ?", [number]).fetchone()
        db.execute("UPDATE noticias SET huella = ? WHERE id = ? AND huella IS NOT NULL", [text_print(text[0]), number])
    named = {one.fila for one in was if one.tabla == "personas"}
    folios = "SELECT DISTINCT folio FROM victimas WHERE persona_id IN (SELECT value FROM json_each(?))"
    for (folio,) in db.execute(folios, [json.dumps(sorted(named))]).fetchall():
        coding.rewrite_keys(db, folio)
    return left
