"""Findings that a note may tell, found by key, and their notes, each read and prepared once in a pass of grouping."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from pipeline.grouping.names import PersonName
from pipeline.registry.findings import NOTE, StoredNote, stored_note

# Notes kept prepared: as many as some weeks of findings bring. About 60 kB each.
KEPT = 2_000
# SQLite takes 999 values in one statement on older builds.
CHUNK = 500
# (noticia, its version, the tagger's): what is read again when the note is edited or tagged anew.
Known = dict[tuple[int, int, str], StoredNote]


def folios_by_key(db: Database, wanted: Collection[str]) -> set[str]:
    """Return the findings that stand under any of the keys."""
    marks = ", ".join("?" * len(wanted))
    return {row[0] for row in db.execute(f"SELECT DISTINCT folio FROM claves_union WHERE clave IN ({marks})", list(wanted))}


def victims_by_key(db: Database, wanted: Collection[str]) -> list[tuple[str, str, bool]]:
    """Return (folio, name, whether it is a group) of the named victims of findings that stand under any of the keys."""
    marks = ", ".join("?" * len(wanted))
    sql = (
        "SELECT DISTINCT k.folio, p.nombre, p.tipo <> 'persona' FROM claves_union AS k"
        " JOIN victimas AS v ON v.folio = k.folio JOIN personas AS p ON p.id = v.persona_id"
        f" WHERE k.clave IN ({marks})"
    )
    return [(folio, nombre, bool(group)) for folio, nombre, group in db.execute(sql, list(wanted)).fetchall()]


def standing(db: Database, folios: Collection[str]) -> set[str]:
    """Return the findings; in the place of each that was merged, the one it was merged into, through every merge."""
    found, asked = set(folios), set(folios)
    while asked:
        sql = "SELECT folio, fusionado_en FROM hallazgos WHERE fusionado_en IS NOT NULL AND folio"
        merged = {str(folio): str(into) for folio, into in _chunks(db, sql, asked)}
        found = (found - set(merged)) | set(merged.values())
        asked = set(merged.values())
    return found


def notes_of_all(db: Database, folios: Collection[str], known: Known, *, ordinary: bool = False) -> dict[str, list[StoredNote]]:
    """Return the relevant tagged notes of the findings that have any, by folio, the earliest first of each.

    `ordinary`: with those that the tagger took for no finding.
    """
    sql = (
        "SELECT hn.folio, n.id, n.version, n.version_etiquetador FROM hallazgos_noticias AS hn"
        f" JOIN noticias AS n ON n.id = hn.noticia_id WHERE n.relevante >= {0 if ordinary else 1} AND hn.folio"
    )
    told = [(folio, (int(note), int(version), tagger)) for folio, note, version, tagger in _chunks(db, sql, folios)]
    _prepare(db, {key for _, key in told if key not in known}, known)
    notes: defaultdict[str, list[StoredNote]] = defaultdict(list)
    for folio, key in told:
        notes[folio].append(known[key])
    return {folio: sorted(notes[folio], key=lambda note: note.facts.orden) for folio in sorted(notes)}


def named_by_people(db: Database, folios: Collection[str]) -> dict[str, tuple[PersonName, ...]]:
    """Return the victims that a person wrote into the findings, by folio."""
    sql = (
        "SELECT v.folio, p.nombre, p.tipo <> 'persona' FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id"
        " WHERE v.origen = 'persona' AND p.suprimida_en IS NULL AND v.folio"
    )
    names: defaultdict[str, list[PersonName]] = defaultdict(list)
    for folio, nombre, group in _chunks(db, sql, folios):
        names[folio].append(PersonName(nombre, bool(group)))
    return {folio: tuple(found) for folio, found in names.items()}


def _prepare(db: Database, wanted: Collection[tuple[int, int, str]], known: Known) -> None:
    if len(known) + len(wanted) > KEPT:
        known.clear()
    keys = {key[0]: key for key in wanted}
    for row in _chunks(db, f"SELECT {NOTE} FROM noticias AS n WHERE n.id", keys):
        known[keys[row[0]]] = stored_note(row)


def _chunks(db: Database, sql: str, values: Collection[str] | Collection[int]) -> Iterator[Sequence[Any]]:
    """Run a statement that ends in a column, for the values of that column, some at a time."""
    listed = list(values)
    for at in range(0, len(listed), CHUNK):
        part = listed[at : at + CHUNK]
        yield from db.execute(f"{sql} IN ({', '.join('?' * len(part))})", part).fetchall()
