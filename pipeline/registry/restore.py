"""Puts back what a decision changed, from what undo kept of it; notes that joined since stay with their finding."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from pipeline.registry import coding, custody
from pipeline.registry.decisions import decide_state
from pipeline.registry.people import drop_victims, forget_unused
from pipeline.registry.undo import PEOPLE, Kept, Row
from pipeline.registry.unions import ensure_first, news_follow, note_ids

# Rows that refer to no others, each without its own number.
PLAIN = ("correcciones", "hallazgos_modalidad", "hallazgos_agresion", "hallazgos_agresor", "hallazgos_tipo_victima")
NOTES = "hallazgos_noticias"


def restore(db: Database, every: Sequence[Kept], *, quien: str, now: datetime) -> None:
    """Make the findings of one decision what they were before it, inside the caller's transaction."""
    _pairs(db, every[0].pares)
    before = _told(db, every)
    _notes(db, every)
    for noticia_id, folio in _told(db, every).items():
        if before.get(noticia_id, folio) != folio:
            custody.moved(db, [noticia_id], before[noticia_id], quien=quien, now=now)
    for kept in every:
        for table in PLAIN:
            if table in kept.antes:
                db.execute(f"DELETE FROM {table} WHERE folio = ?", [kept.folio])
                _insert(db, table, kept.antes[table])
        if "victimas" in kept.antes:
            _victims_and_acts(db, kept.folio, kept.antes)
        _columns(db, kept.folio, kept.antes.get("hallazgos", {}))
    for kept in every:
        if kept.antes.get("nuevo"):
            _dissolve(db, kept)
    for kept in every:
        if {NOTES, "victimas", "nuevo"} & set(kept.antes):
            coding.rewrite_keys(db, kept.folio)


def _columns(db: Database, folio: str, columns: Mapping[str, object]) -> None:
    if columns:
        db.execute(
            f"UPDATE hallazgos SET {', '.join(f'{name} = ?' for name in columns)} WHERE folio = ?", [*columns.values(), folio]
        )


def _insert(db: Database, table: str, rows: Sequence[Row]) -> None:
    for row in rows:
        values = {name: value for name, value in row.items() if name != "id"}
        marks = ", ".join("?" * len(values))
        db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))


def _insert_numbered(db: Database, table: str, row: Row) -> int:
    """Insert a row under its own number, or under a new one where another took it since; return the number."""
    taken = db.execute(f"SELECT 1 FROM {table} WHERE id = ?", [row["id"]]).fetchone()
    values = row | {"id": None if taken else row["id"]}
    marks = ", ".join("?" * len(values))
    sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks}) RETURNING id"
    return int(db.execute(sql, list(values.values())).fetchone()[0])


def _pairs(db: Database, pairs: Sequence[Sequence[Any]]) -> None:
    for a, b, row in pairs:
        db.execute("DELETE FROM decisiones_union WHERE noticia_a = ? AND noticia_b = ?", [a, b])
        _insert(db, "decisiones_union", [row] if row else [])


def _told(db: Database, every: Sequence[Kept]) -> dict[int, str]:
    """Return which finding each note of the decision's findings tells now."""
    return {noticia_id: kept.folio for kept in every for noticia_id in note_ids(db, kept.folio)}


def _notes(db: Database, every: Sequence[Kept]) -> None:
    """Give every note back to the finding it told; those of a finding that is dissolved and joined it since go to the other."""
    rows = [row for kept in every for row in kept.antes.get(NOTES, ())]
    for row in rows:
        db.execute(f"DELETE FROM {NOTES} WHERE noticia_id = ?", [row["noticia_id"]])
    _insert(db, NOTES, rows)
    for kept in every:
        if kept.antes.get("nuevo"):
            db.execute(f"UPDATE {NOTES} SET folio = ? WHERE folio = ?", [_other(kept), kept.folio])
    for kept in every:
        ensure_first(db, kept.folio)
        news_follow(db, note_ids(db, kept.folio))


def _other(new: Kept) -> str:
    """Return the finding off which a new one was split."""
    return next(folio for folio in new.folios if folio != new.folio)


def _dissolve(db: Database, new: Kept) -> None:
    """Take back a finding that the decision made: its folio stays, merged into the one it came off, with nothing in it."""
    forget_unused(db, drop_victims(db, new.folio))
    for table in PLAIN:
        db.execute(f"DELETE FROM {table} WHERE folio = ?", [new.folio])
    decide_state(db, new.folio, "fusionado", fusionado_en=_other(new))


def _victims_and_acts(db: Database, folio: str, before: Mapping[str, Any]) -> None:
    """Put victims and acts back; who is named nowhere any more goes."""
    people = {row["id"]: _person(db, row) for row in before[PEOPLE]}
    named = drop_victims(db, folio)
    ids: dict[int, int] = {}
    for row in before["victimas"]:
        ids[row["id"]] = _insert_numbered(db, "victimas", row | {"persona_id": people.get(row["persona_id"])})
    _insert(db, "actos", [row | {"victima_id": ids.get(row["victima_id"])} for row in before["actos"]])
    forget_unused(db, named)


def _person(db: Database, row: Row) -> int:
    """Return the row of `personas` that stands for one as it was: itself, one of its name, or written anew.

    A person who was erased since stays so: their row has their number and no name.
    """
    sql = "SELECT id FROM personas WHERE id = ? AND (suprimida_en IS NOT NULL OR (clave = ? AND tipo = ?))"
    own = db.execute(sql, [row["id"], row["clave"], row["tipo"]]).fetchone()
    alike = "SELECT id FROM personas WHERE clave = ? AND tipo = ? AND suprimida_en IS NULL ORDER BY id"
    found = own or db.execute(alike, [row["clave"], row["tipo"]]).fetchone()
    if found is None:
        found = (_insert_numbered(db, "personas", row),)
    db.execute(
        "UPDATE personas SET genero = ?, genero_origen = ? WHERE id = ? AND suprimida_en IS NULL",
        [row["genero"], row["genero_origen"], found[0]],
    )
    return int(found[0])
