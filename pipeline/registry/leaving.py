"""What leaves a finding that a person had judged with the notes that somebody takes from it: only what nobody else says.

The rest stays as it was seen, whatever its other notes or a newer tagger would give; a person's corrections stay on top.
"""

from collections.abc import Sequence

from sqlite_utils import Database

from pipeline.grouping.codes import LISTS, SINGLES, Codes, TaggedNote, codes
from pipeline.grouping.names import PersonName, Same, compare
from pipeline.registry import coding, findings, people

VICTIMS_SQL = """
SELECT v.id, v.persona_id, p.nombre, p.tipo <> 'persona' FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id
WHERE v.folio = ? AND v.origen <> ?
"""


def take_away(db: Database, folio: str, left: Sequence[int]) -> None:
    """Take from a finding's computed codes and victims what only the notes `left`, which it told until now, say."""
    stay = [note.tagged for note in findings.notes_of(db, folio)]
    if stay:
        gone = [note.tagged for note in (findings.tagged_note(db, number) for number in left)]
        found = codes(stay)
        _lists(db, folio, stay, gone, found)
        _singles(db, folio, stay, gone, found)
        _victims(db, folio, stay, gone)
    coding.count_sources(db, folio)
    coding.follow(db, folio)


def _lists(db: Database, folio: str, stay: Sequence[TaggedNote], gone: Sequence[TaggedNote], found: Codes) -> None:
    for name, tag in LISTS.items():
        table = f"hallazgos_{name}"
        stored = [row[0] for row in db.execute(f"SELECT valor FROM {table} WHERE folio = ?", [folio]).fetchall()]
        lost = [value for value in stored if _said(gone, tag, value) and not _said(stay, tag, value)]
        for value in lost:
            db.execute(f"DELETE FROM {table} WHERE folio = ? AND valor = ?", [folio, value])
        if lost and len(lost) == len(stored):
            db.conn.executemany(
                f"INSERT INTO {table} (folio, valor, apoyo) VALUES (?, ?, ?)",
                [(folio, value, share) for value, share in found.lists[name].items()],
            )


def _said(notes: Sequence[TaggedNote], tag: str, value: str) -> bool:
    return any(value in note.said(tag) for note in notes)


def _singles(db: Database, folio: str, stay: Sequence[TaggedNote], gone: Sequence[TaggedNote], found: Codes) -> None:
    names = ("clase", *SINGLES, "urgente")
    stored = dict(
        zip(names, db.execute(f"SELECT {', '.join(names)} FROM hallazgos WHERE folio = ?", [folio]).fetchone(), strict=True)
    )
    lost = [
        name
        for name, value in stored.items()
        if value not in (None, "") and _tell(gone, name, value) and not _tell(stay, name, value)
    ]
    lost += ["latitud", "longitud"] if "sitio" in lost else []
    for name in lost:
        db.execute(f"UPDATE hallazgos SET {name} = ? WHERE folio = ?", [found.singles[name], folio])
    days = [min(note.orden[0] for note in notes) for notes in (stay, gone)]
    db.execute(
        "UPDATE hallazgos SET fecha_publicacion = ? WHERE folio = ? AND fecha_publicacion = ?", [days[0], folio, days[1]]
    )


def _tell(notes: Sequence[TaggedNote], name: str, value: object) -> bool:
    return any(note.value(name) == value for note in notes)


def _victims(db: Database, folio: str, stay: Sequence[TaggedNote], gone: Sequence[TaggedNote]) -> None:
    """Drop the named victims that only the notes that left name; acts that a person wrote keep theirs."""
    if db.execute("SELECT 1 FROM actos WHERE folio = ? AND origen = ?", [folio, people.PERSON]).fetchone():
        return
    rows = db.execute(VICTIMS_SQL, [folio, people.PERSON]).fetchall()
    lost = [row for row in rows if _name(gone, row[2], row[3]) and not _name(stay, row[2], row[3])]
    for number, _, _, _ in lost:
        db.execute("DELETE FROM actos WHERE victima_id = ?", [number])
        db.execute("DELETE FROM victimas WHERE id = ?", [number])
    people.forget_unused(db, [row[1] for row in lost])
    if lost and not db.execute("SELECT 1 FROM victimas WHERE folio = ?", [folio]).fetchone():
        found = codes(stay)
        people.write_victims(db, folio, people.victims(stay, found.fullest, list(found.lists["tipo_victima"])))


def _name(notes: Sequence[TaggedNote], name: str, group: int) -> bool:
    own = PersonName(name, bool(group))
    return any(
        compare(PersonName(victim["nombre"], victim.get("genero") == "colectivo"), own) >= Same.PARTLY
        for note in notes
        for victim in note.tags.get("victimas") or ()
        if victim.get("nombre")
    )
