"""Victims and acts as a person wrote them: the whole list of a finding, marked `persona` so that no machine changes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.registry.people import PERSON, VictimRow, forget_unused, person_id

COLUMNS = "persona_id, cantidad, tipo, genero, medio_u_organizacion, relacion, anonimato_solicitado, origen"


@dataclass(frozen=True)
class WrittenVictim:
    """A victim as a person wrote it; `id` names the finding's own row that it changes.

    `nombre` None keeps whoever that row names (a name that is not shown), '' names nobody.
    """

    id: int | None
    nombre: str | None
    cantidad: int | None
    tipo: str
    genero: str
    genero_origen: str | None
    medio_u_organizacion: str
    relacion: str
    anonimato_solicitado: int


@dataclass(frozen=True)
class WrittenAct:
    """One modality against one victim (None: not assigned), as a person wrote it."""

    modalidad: str
    victima_id: int | None
    agresor: str | None
    confirmado: int


def victim_people(db: Database, folio: str) -> dict[int, int | None]:
    """Return the finding's victims by number, each with the person it names or None."""
    found = db.execute("SELECT id, persona_id FROM victimas WHERE folio = ?", [folio]).fetchall()
    return dict(found)


def write_victims(db: Database, folio: str, victims: Sequence[WrittenVictim]) -> list[int]:
    """Make the finding's victims these, inside the caller's transaction; return their numbers. Acts of others lose theirs."""
    before = victim_people(db, folio)
    ids = [_write(db, folio, victim, before) for victim in victims]
    gone = [number for number in before if number not in ids]
    for number in gone:
        db.execute("UPDATE actos SET victima_id = NULL WHERE victima_id = ?", [number])
        db.execute("DELETE FROM victimas WHERE id = ?", [number])
    forget_unused(db, [person for person in before.values() if person is not None])
    return ids


def _write(db: Database, folio: str, victim: WrittenVictim, before: dict[int, int | None]) -> int:
    person = before[victim.id] if victim.id is not None and victim.nombre is None else _person(db, victim)
    values = [
        person,
        victim.cantidad,
        victim.tipo,
        victim.genero,
        victim.medio_u_organizacion,
        victim.relacion,
        victim.anonimato_solicitado,
        PERSON,
    ]
    if victim.id is None:
        sql = f"INSERT INTO victimas (folio, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
        return int(db.execute(sql, [folio, *values]).fetchone()[0])
    assigned = ", ".join(f"{name} = ?" for name in COLUMNS.split(", "))
    db.execute(f"UPDATE victimas SET {assigned} WHERE id = ?", [*values, victim.id])
    return victim.id


def _person(db: Database, victim: WrittenVictim) -> int | None:
    """Return the row of `personas` of a named victim, with what the person says of its gender; None: nobody is named."""
    if not victim.nombre:
        return None
    number = person_id(db, VictimRow(victim.nombre, victim.tipo, victim.genero, victim.genero_origen))
    db.execute(
        "UPDATE personas SET genero = ?, genero_origen = ? WHERE id = ? AND (genero IS NOT ? OR genero_origen IS NOT ?)",
        [victim.genero, victim.genero_origen, number, victim.genero, victim.genero_origen],
    )
    return number


def write_acts(db: Database, folio: str, acts: Sequence[WrittenAct]) -> None:
    """Make the finding's acts these, inside the caller's transaction; the victims that they name are a person's since then."""
    db.execute("DELETE FROM actos WHERE folio = ?", [folio])
    db.conn.executemany(
        "INSERT INTO actos (folio, modalidad, victima_id, agresor, confirmado, origen) VALUES (?, ?, ?, ?, ?, ?)",
        [(folio, act.modalidad, act.victima_id, act.agresor, act.confirmado, PERSON) for act in acts],
    )
    db.execute("UPDATE victimas SET origen = ? WHERE folio = ?", [PERSON, folio])


def kinds(db: Database, folio: str) -> list[str]:
    """Return the kinds of the finding's victims."""
    found = db.execute("SELECT DISTINCT tipo FROM victimas WHERE folio = ? ORDER BY tipo", [folio]).fetchall()
    return [row[0] for row in found]
