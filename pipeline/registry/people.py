"""People, victims and acts of a finding, as computed from its notes.

A row of `personas` is one folded name and kind: findings that name it alike share the row. Namesakes share it too until a
person parts them; a shorter or misspelt form is a row of its own in another finding, and grouping compares names, not rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from pipeline.grouping.codes import TaggedNote
from pipeline.grouping.names import PersonName, Same, compare, fold, tokens
from pipeline.registry.erased import is_erased

OUTLET_KIND = {"periodista": "medio", "defensora": "organizacion"}
GROUP_WORDS = frozenset({"colectivo", "colectiva", "grupo", "brigada", "familias", "madres", "vecinos", "vecinas"})
PERSON = "persona"  # who wrote a row: the machine leaves it alone
VICTIM = "persona_id, cantidad, tipo, genero, medio_u_organizacion"


@dataclass(frozen=True)
class VictimRow:
    """A victim to be stored: named, or counted (`cantidad` None: no number told)."""

    nombre: str
    tipo: str
    genero: str
    genero_origen: str | None = None
    medio_u_organizacion: str = ""
    cantidad: int | None = None


def victims(notes: Sequence[TaggedNote], best: TaggedNote, kinds: Sequence[str]) -> list[VictimRow]:
    """Return a finding's victims: the named ones of all notes, each once in its longest form, then the unnamed.

    The unnamed are the fullest note's, left out where another note names the single one it speaks of; when nobody is named
    or counted, one uncounted victim a kind stands for whoever it was.
    """
    named = _named(notes)
    found = [VictimRow("", v["tipo"], v["genero"], cantidad=v.get("cantidad")) for v in best.value("victimas_sin_nombre") or ()]
    if not best.tags.get("victimas"):
        told = {victim.tipo for victim in named}
        found = [row for row in found if row.tipo not in told or (row.cantidad or 1) > 1]
    if not named and not found:
        found = [VictimRow("", kind, "indeterminado") for kind in kinds]
    return named + found


def _named(notes: Sequence[TaggedNote]) -> list[VictimRow]:
    chosen: list[VictimRow] = []
    for note in notes:
        for victim in note.tags.get("victimas") or ():
            row = _row(victim)
            at = next((i for i, known in enumerate(chosen) if _one_person(known, row)), None)
            if at is None:
                chosen.append(row)
            elif len(tokens(row.nombre)) > len(tokens(chosen[at].nombre)):
                chosen[at] = row
    return chosen


def _one_person(a: VictimRow, b: VictimRow) -> bool:
    return compare(_name(a), _name(b)) >= Same.PARTLY


def _name(row: VictimRow) -> PersonName:
    return PersonName(row.nombre, row.genero == "colectivo")


def _row(victim: Mapping[str, Any]) -> VictimRow:
    origin = victim.get("genero_origen") if victim["genero"] != "indeterminado" else None
    return VictimRow(victim["nombre"], victim["tipo"], victim["genero"], origin, victim.get("medio_u_organizacion") or "")


def person_kind(row: VictimRow) -> str:
    """Return `personas.tipo` of a named victim."""
    if row.genero != "colectivo":
        return "persona"
    return "grupo" if set(tokens(row.nombre)) & GROUP_WORDS else OUTLET_KIND[row.tipo]


def person_id(db: Database, row: VictimRow) -> int | None:
    """Return the row of `personas` for a named victim, written when it is new; None for who was blocked or erased (R33)."""
    key, kind = fold(row.nombre), person_kind(row)
    if kind == "persona" and is_erased(db, row.nombre):
        return None
    found = db.execute(
        "SELECT id FROM personas WHERE clave = ? AND tipo = ? AND suprimida_en IS NULL ORDER BY id", [key, kind]
    ).fetchone()
    if found is None:
        found = db.execute(
            "INSERT INTO personas (nombre, clave, tipo, genero, genero_origen) VALUES (?, ?, ?, ?, ?) RETURNING id",
            [row.nombre, key, kind, row.genero, row.genero_origen],
        ).fetchone()
    return int(found[0])


def write_victims(db: Database, folio: str, rows: Sequence[VictimRow]) -> list[int]:
    """Make the finding's victims those of `rows`, unless a person wrote them; return their ids. Unchanged ones keep theirs."""
    stored = db.execute(f"SELECT id, {VICTIM}, origen FROM victimas WHERE folio = ? ORDER BY id", [folio]).fetchall()
    if any(row[-1] == PERSON for row in stored):
        return [int(row[0]) for row in stored]
    wanted = [
        (person_id(db, row) if row.nombre else None, row.cantidad, row.tipo, row.genero, row.medio_u_organizacion)
        for row in rows
    ]
    if [row[1:-1] for row in stored] == wanted:
        return [int(row[0]) for row in stored]
    named = drop_victims(db, folio)
    ids = [
        db.execute(f"INSERT INTO victimas (folio, {VICTIM}) VALUES (?, ?, ?, ?, ?, ?) RETURNING id", [folio, *row]).fetchone()[
            0
        ]
        for row in wanted
    ]
    forget_unused(db, named)
    return ids


def drop_victims(db: Database, folio: str) -> list[int]:
    """Delete the finding's victims and acts; return the people whom they named, to be forgotten if no row names them."""
    sql = "SELECT persona_id FROM victimas WHERE folio = ? AND persona_id IS NOT NULL"
    named = [row[0] for row in db.execute(sql, [folio]).fetchall()]
    db.execute("DELETE FROM actos WHERE folio = ?", [folio])
    db.execute("DELETE FROM victimas WHERE folio = ?", [folio])
    return named


def forget_unused(db: Database, ids: Sequence[int]) -> None:
    """Drop the people whom no finding names any more: a shorter form replaced by the full name."""
    for identifier in ids:
        db.execute(
            "DELETE FROM personas WHERE id = ? AND suprimida_en IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM victimas WHERE persona_id = personas.id)",
            [identifier],
        )


def acts(modalities: Sequence[str], victim_ids: Sequence[int]) -> list[tuple[str, int | None]]:
    """Return (modalidad, victim or None): assigned when one side is single, else the longer side's number, unassigned."""
    if not modalities:
        return []
    if victim_ids and 1 in (len(modalities), len(victim_ids)):
        return [(modality, victim) for modality in modalities for victim in victim_ids]
    count = max(len(modalities), len(victim_ids))
    return [(modalities[i % len(modalities)], None) for i in range(count)]


def write_acts(db: Database, folio: str, rows: Sequence[tuple[str, int | None]], agresor: str | None) -> None:
    """Make the finding's acts those of `rows`, unless a person wrote them; `agresor` where the finding has a single one."""
    wanted = [(modality, victim, agresor) for modality, victim in rows]
    sql = "SELECT modalidad, victima_id, agresor, origen FROM actos WHERE folio = ? ORDER BY id"
    stored = db.execute(sql, [folio]).fetchall()
    if [row[:-1] for row in stored] == wanted or any(row[-1] == PERSON for row in stored):
        return
    db.execute("DELETE FROM actos WHERE folio = ?", [folio])
    db.conn.executemany(
        "INSERT INTO actos (folio, modalidad, victima_id, agresor) VALUES (?, ?, ?, ?)", [(folio, *row) for row in wanted]
    )


def copy_people(db: Database, folio: str, into: str) -> None:
    """Make a finding's victims and acts those of another, in rows of their own."""
    named = drop_victims(db, into)
    columns = f"{VICTIM}, relacion, anonimato_solicitado, origen"
    ids: dict[int | None, int | None] = {None: None}
    for number, *row in db.execute(f"SELECT id, {columns} FROM victimas WHERE folio = ? ORDER BY id", [folio]).fetchall():
        sql = f"INSERT INTO victimas (folio, {columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
        ids[number] = db.execute(sql, [into, *row]).fetchone()[0]
    acts_of = "SELECT modalidad, agresor, confirmado, origen, victima_id FROM actos WHERE folio = ? ORDER BY id"
    db.conn.executemany(
        "INSERT INTO actos (folio, modalidad, agresor, confirmado, origen, victima_id) VALUES (?, ?, ?, ?, ?, ?)",
        [(into, *row, ids[victim]) for *row, victim in db.execute(acts_of, [folio]).fetchall()],
    )
    forget_unused(db, named)


def copy_written_victims(db: Database, folio: str, into: str) -> None:
    """Give a finding the victims that a person wrote of another; what the machine wrote of its own gives way to them."""
    if not db.execute("SELECT 1 FROM victimas WHERE folio = ? AND origen = ?", [folio, PERSON]).fetchone():
        return
    named: list[int] = []
    if not db.execute("SELECT 1 FROM victimas WHERE folio = ? AND origen = ?", [into, PERSON]).fetchone():
        named = drop_victims(db, into)
    columns = f"{VICTIM}, relacion, anonimato_solicitado, origen"
    db.execute(
        f"INSERT INTO victimas (folio, {columns}) SELECT ?, {columns} FROM victimas AS v WHERE folio = ?"
        " AND NOT EXISTS (SELECT 1 FROM victimas WHERE folio = ? AND persona_id = v.persona_id)",
        [into, folio, into],
    )
    forget_unused(db, named)
