"""Who may be meant by a name, and everything the registry and its captures hold on a person."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.grouping.names import PersonName, Same, compare, sound, tokens
from pipeline.privacy.captures import Found, every_one, tied_references
from pipeline.registry.held import Cell, Subject, cells

SURE = {Same.FULLY: "es el mismo nombre", Same.PARTLY: "encaja; uno dice menos", Same.SURNAME: "sólo el apellido"}


@dataclass(frozen=True)
class Candidate:
    """A row of `personas` that a name may mean, and how surely."""

    id: int
    nombre: str
    tipo: str
    hallazgos: int
    parecido: str


def candidates(db: Database, nombre: str) -> list[Candidate]:
    """Return the people whom a name may mean, the surest first: accents, misspelling, missing surnames."""
    if not tokens(nombre):
        raise ErrorDeUso("falta el nombre que se busca")
    sql = (
        "SELECT p.id, p.nombre, p.tipo, (SELECT count(DISTINCT folio) FROM victimas WHERE persona_id = p.id)"
        " FROM personas AS p WHERE p.nombre <> ''"
    )
    asked, found = PersonName(nombre), []
    for number, name, kind, findings in db.execute(sql).fetchall():
        same = compare(asked, PersonName(name, kind != "persona"))
        if same is Same.NO and _heard(nombre) & _heard(name) == _heard(nombre):
            same = Same.PARTLY
        if same is not Same.NO:
            found.append((same, Candidate(number, name, kind, findings, SURE[same])))
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].id))]


def _heard(nombre: str) -> frozenset[str]:
    return frozenset(sound(word) for word in tokens(nombre))


@dataclass(frozen=True)
class Held:
    """Everything on a person: cells of rows, records of captures."""

    cells: tuple[Cell, ...]
    records: tuple[Found, ...]

    def counts(self) -> dict[str, int]:
        """Return how many values of each table, and how many captures."""
        found = Counter(cell.tabla for cell in self.cells) + Counter({"capturas": len(self.records)})
        return dict(sorted(found.items()))


def held(db: Database, folder: Path, subject: Subject) -> Held:
    """Return everything that is held on a person; every capture file is read."""
    return Held(tuple(cells(db, subject)), tuple(every_one(folder, subject.forms, tied_references(db, folder, subject))))


def own_rows(db: Database, ids: Sequence[int]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (table, row) of what is the person's by its number: who they are, and each time that they were a victim."""
    for number in ids:
        for table, column in (("personas", "id"), ("victimas", "persona_id")):
            cursor = db.execute(f"SELECT * FROM {table} WHERE {column} = ?", [number])
            names = [one[0] for one in cursor.description]
            for row in cursor.fetchall():
                yield table, dict(zip(names, row, strict=True))
