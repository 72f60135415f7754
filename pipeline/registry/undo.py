"""What a decision changed, kept as it stood before (table `deshacer`), so that the last one can be undone.

A picture holds a finding's rows by table. Only tables that differ are kept, and of `hallazgos` only the columns that do: what
machines wrote elsewhere since stays when the change is undone.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text

Row = dict[str, Any]
Picture = dict[str, dict[str, list[Row]]]
PARTS = (
    "hallazgos",
    "correcciones",
    "victimas",
    "actos",
    "hallazgos_modalidad",
    "hallazgos_agresion",
    "hallazgos_agresor",
    "hallazgos_tipo_victima",
    "hallazgos_noticias",
)
# Beside them: the people of the victims, and what was said of pairs of notes.
PEOPLE, PAIRS = "personas", "decisiones_union"
PEOPLE_SQL = "SELECT * FROM personas WHERE id IN (SELECT persona_id FROM victimas WHERE folio = ?) ORDER BY id"
OWN_NOTES = "(SELECT noticia_id FROM hallazgos_noticias WHERE folio = :folio)"
PAIRS_SQL = (
    f"SELECT * FROM decisiones_union WHERE noticia_a IN {OWN_NOTES}"
    f" UNION SELECT * FROM decisiones_union WHERE noticia_b IN {OWN_NOTES} ORDER BY 1, 2"
)


@dataclass(frozen=True)
class Undone:
    """A decision that may be undone: what was done, by whom, when."""

    accion: str
    quien: str
    now: datetime


@dataclass(frozen=True)
class Kept:
    """A row of `deshacer`.

    `cambio` names the decision (rows of other findings of it bear the same), `folios` are all its findings, `antes` is what
    differed of this one, `pares` what was said before of the pairs of notes that it decided: [a, b, row or None].
    """

    id: int
    folio: str
    version: int
    accion: str
    cambio: str
    folios: list[str]
    antes: Mapping[str, Any]
    pares: list[list[Any]]


def picture(db: Database, folios: Iterable[str]) -> Picture:
    """Return the findings' rows by table as they stand."""
    found: Picture = {}
    for folio in folios:
        own = {table: _rows(db, f"SELECT * FROM {table} WHERE folio = ? ORDER BY rowid", [folio]) for table in PARTS}
        found[folio] = own | {PEOPLE: _rows(db, PEOPLE_SQL, [folio]), PAIRS: _rows(db, PAIRS_SQL, {"folio": folio})}
    return found


def _rows(db: Database, sql: str, values: list[object] | dict[str, object]) -> list[Row]:
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def version_in(before: Picture, folio: str) -> int:
    """Return the finding's version in a picture; 0 for one that was not there."""
    return int(before[folio]["hallazgos"][0]["version"]) if folio in before else 0


def keep(db: Database, done: Undone, before: Picture, after: Picture) -> None:
    """Store what differs between two pictures, one row a finding, inside the caller's transaction."""
    main = next(iter(after))
    common = {"cambio": f"{main}@{version_in(after, main)}", "folios": list(after), "pares": _pairs_changed(before, after)}
    for folio, now_rows in after.items():
        kept = common | {"antes": difference(before.get(folio), now_rows)}
        db.execute(
            "INSERT INTO deshacer (folio, version, accion, antes, quien, cuando) VALUES (?, ?, ?, ?, ?, ?)",
            [
                folio,
                version_in(after, folio),
                done.accion,
                json.dumps(kept, ensure_ascii=False),
                done.quien,
                utc_text(done.now),
            ],
        )


def alike(before: Picture, after: Picture) -> bool:
    """Tell whether two pictures hold the same rows, versions apart."""
    return [_versionless(own) for own in before.values()] == [_versionless(own) for own in after.values()]


def _versionless(own: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    return {**own, "hallazgos": [{**row, "version": 0} for row in own["hallazgos"]]}


def difference(before: Mapping[str, list[Row]] | None, after: Mapping[str, list[Row]]) -> dict[str, Any]:
    """Return the parts as they were where they differ, {"nuevo": True} for a finding that was not there; `version` always."""
    if before is None:
        return {"nuevo": True, "version": 0}
    old, new = before["hallazgos"][0], after["hallazgos"][0]
    columns = {name: value for name, value in old.items() if name != "version" and value != new[name]}
    parts = {name: before[name] for name in PARTS[1:] if before[name] != after[name]}
    if {"victimas", "actos"} & set(parts):  # acts name their victims, victims their people: numbers may be others by then
        parts |= {name: before[name] for name in ("victimas", "actos", PEOPLE)}
    return {"version": old["version"], "hallazgos": columns, **parts}


def _pairs_changed(before: Picture, after: Picture) -> list[list[Any]]:
    old, new = (
        {(row["noticia_a"], row["noticia_b"]): row for own in one.values() for row in own[PAIRS]} for one in (before, after)
    )
    return [[*pair, old.get(pair)] for pair in sorted(old | new) if old.get(pair) != new.get(pair)]


def last(db: Database, folio: str) -> Kept | None:
    """Return the finding's last change that may be undone, or None."""
    sql = "SELECT id, version, accion, antes FROM deshacer WHERE folio = ? ORDER BY id DESC LIMIT 1"
    row = db.execute(sql, [folio]).fetchone()
    if row is None:
        return None
    kept = json.loads(row[3])
    return Kept(row[0], folio, row[1], row[2], **kept)


def wrote_rows(kept: Kept) -> bool:
    """Tell whether the change wrote rows of the finding itself, not only what is said of pairs of notes."""
    return any(rows or name != "hallazgos" for name, rows in kept.antes.items() if name != "version")


def step_back(db: Database, kept: Kept, version: int) -> None:
    """Drop a change that was undone; the one before it, if nothing lay between, may then be undone at `version`."""
    db.execute("DELETE FROM deshacer WHERE id = ?", [kept.id])
    if version != kept.version + 1:  # machines wrote since: the change before is not the last any more
        return
    db.execute(
        "UPDATE deshacer SET version = ? WHERE version = ? AND id = (SELECT max(id) FROM deshacer WHERE folio = ?)",
        [version, kept.antes["version"], kept.folio],
    )
