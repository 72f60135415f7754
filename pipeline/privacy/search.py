"""Who may be meant by a name, everything the registry and its captures hold on a person, and what was not read."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.grouping.names import PersonName, Same, compare, fold, sound, tokens
from pipeline.privacy.captures import Found, every_one, tied_references
from pipeline.privacy.hints import Hints, nicknames
from pipeline.privacy.unread import Unread, unread_files, unread_records
from pipeline.registry.held import Cell, Subject, cells, hinted

SURE = {Same.FULLY: "es el mismo nombre", Same.PARTLY: "encaja; uno dice menos", Same.SURNAME: "sólo el apellido"}
INITIALS, ORDER, NICKNAME = "incierto: iniciales", "incierto: las mismas palabras en otro orden", "incierto: apodo"
NAMED, UNSURE = "la nombra", "incierto: "


@dataclass(frozen=True)
class Candidate:
    """A row of `personas` that a name may mean, and how surely."""

    id: int
    nombre: str
    tipo: str
    hallazgos: int
    parecido: str


def candidates(db: Database, nombre: str) -> list[Candidate]:
    """Return the people whom a name may mean, the surest first: accents, misspelling, missing surnames, initials, nicknames."""
    if not tokens(nombre):
        raise ErrorDeUso("falta el nombre que se busca")
    sql = (
        "SELECT p.id, p.nombre, p.tipo, (SELECT count(DISTINCT folio) FROM victimas WHERE persona_id = p.id)"
        " FROM personas AS p WHERE p.nombre <> ''"
    )
    found = []
    for number, name, kind, findings in db.execute(sql).fetchall():
        rank, why = _likeness(nombre, name, group=kind != "persona")
        if why:
            found.append((rank, Candidate(number, name, kind, findings, why)))
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].id))]


def _likeness(nombre: str, name: str, *, group: bool) -> tuple[int, str]:
    """Return how surely a stored name is the one asked for (3 to 0), and why; '' for another's."""
    same = compare(PersonName(nombre), PersonName(name, group))
    lettered = any(len(word) == 1 for word in fold(name).split() + fold(nombre).split())
    if same > Same.SURNAME:
        return (1, INITIALS) if lettered else (int(same), SURE[same])
    asked, told = _heard(nombre), _heard(name)
    if asked and asked <= told:
        return (1, ORDER) if asked == told else (int(Same.PARTLY), SURE[Same.PARTLY])
    if not group and _by_nickname(nombre, name):
        return 1, NICKNAME
    if not group and _spelt_out(nombre, name):
        return 1, INITIALS
    return (1, SURE[same]) if same is Same.SURNAME else (0, "")


def _heard(nombre: str) -> frozenset[str]:
    return frozenset(sound(word) for word in tokens(nombre))


def _by_nickname(nombre: str, name: str) -> bool:
    """Tell whether the two differ by one's given name being the usual short form of the other's."""
    pairs = ((tokens(nombre), tokens(name)), (tokens(name), tokens(nombre)))
    return any(
        short and whole and short[0] in nicknames().get(whole[0], ()) and bool(set(short[1:]) & set(whole[1:]))
        for whole, short in pairs
    )


def _spelt_out(nombre: str, name: str) -> bool:
    """Tell whether one is nothing but initials, and the other's words begin so."""
    short, whole = sorted((fold(nombre).split(), fold(name).split()), key=lambda words: sum(map(len, words)))
    letters = "".join(short)
    ours = [word[0] for word in tokens(" ".join(whole)) if len(word) > 1]
    together = len(short) == 1 and len(letters) <= 4 and letters == "".join(ours)
    return len(ours) > 1 and (together or (len(short) > 1 and all(len(word) == 1 for word in short) and short == ours))


@dataclass(frozen=True)
class Held:
    """Everything on a person: cells of rows, records of captures; `dudas`: (place, why) of what may mean them.

    `sin_leer`: what is no text and was not searched.
    """

    cells: tuple[Cell, ...]
    records: tuple[Found, ...]
    dudas: tuple[tuple[Cell, str], ...] = ()
    sin_leer: tuple[Unread, ...] = field(default=())

    def counts(self) -> dict[str, int]:
        """Return how many values of each table, and how many captures."""
        found = Counter(cell.tabla for cell in self.cells) + Counter({"capturas": len(self.records)})
        return dict(sorted(found.items()))

    def rows(self) -> list[dict[str, Any]]:
        """Return what is found as rows: `tipo` (a table, `capturas`), `cuantos`, `parecido`; then what was not read."""
        rows: list[dict[str, Any]] = [
            {"tipo": name, "cuantos": count, "parecido": NAMED} for name, count in self.counts().items()
        ]
        unsure = Counter((cell.tabla, f"{UNSURE}{why}") for cell, why in self.dudas)
        rows += [{"tipo": table, "cuantos": count, "parecido": why} for (table, why), count in sorted(unsure.items())]
        kinds = Counter((one.tipo, one.nombre) for one in self.sin_leer)
        return rows + [
            {"tipo": "sin leer", "nombre": name, "cuantos": count, "parecido": kind} for (kind, name), count in kinds.items()
        ]


def held(db: Database, folder: Path, subject: Subject) -> Held:
    """Return everything that is held on a person; every capture file is read."""
    return Held(
        tuple(cells(db, subject)),
        tuple(every_one(folder, subject.forms, tied_references(db, folder, subject))),
        tuple(hinted(db, Hints(subject.forms))),
        (*unread_files(folder), *unread_records(folder)),
    )


def own_rows(db: Database, ids: Sequence[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (table, row) of what is the person's by its number: who they are, and each time that they were a victim."""
    for number in ids:
        for table, column in (("personas", "id"), ("victimas", "persona_id")):
            cursor = db.execute(f"SELECT * FROM {table} WHERE {column} = ?", [number])
            names = [one[0] for one in cursor.description]
            for row in cursor.fetchall():
                yield table, dict(zip(names, row, strict=True))
