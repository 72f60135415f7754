"""A finding's computed rows made anew when a person joins, splits or corrects; what a person wrote stays on top of them."""

from collections.abc import Sequence

from sqlite_utils import Database

from pipeline.grouping.codes import sources
from pipeline.grouping.index import keys_of_names
from pipeline.grouping.names import PersonName
from pipeline.registry import decisions, findings, people
from pipeline.registry.findings import NOTE, StoredNote, stored_note
from pipeline.registry.noticias import first_captured

REVIEWED_SQL = """
SELECT estado IN ('validado', 'descartado') OR EXISTS (SELECT 1 FROM correcciones WHERE folio = h.folio)
    OR EXISTS (SELECT 1 FROM victimas WHERE folio = h.folio AND origen = 'persona')
FROM hallazgos AS h WHERE folio = ?
"""
TAGGED_SQL = f"""
SELECT {NOTE} FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id
WHERE hn.folio = ? AND n.etiquetas IS NOT NULL
"""
NAMES_SQL = (
    "SELECT p.nombre, p.tipo <> 'persona' FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id WHERE v.folio = ?"
)


def reviewed(db: Database, folio: str) -> bool:
    """Tell whether a person judged the finding or a field of it: its computed codes then stay as they saw them."""
    return bool(db.execute(REVIEWED_SQL, [folio]).fetchone()[0])


def tagged_notes(db: Database, folio: str) -> list[StoredNote]:
    """Return the finding's notes that are tagged, relevant or not, the earliest first."""
    notes = [stored_note(row) for row in db.execute(TAGGED_SQL, [folio]).fetchall()]
    return sorted(notes, key=lambda note: note.facts.orden)


def untagged(db: Database, noticias: Sequence[int]) -> bool:
    """Tell whether one of the notes has no tags: its text changed and waits for the tagger."""
    marks = ", ".join("?" * len(noticias))
    return bool(db.execute(f"SELECT 1 FROM noticias WHERE id IN ({marks}) AND etiquetas IS NULL", list(noticias)).fetchone())


def earliest(db: Database, noticias: Sequence[int]) -> StoredNote:
    """Return the one of the tagged notes that was captured first."""
    return findings.tagged_note(db, min(noticias, key=lambda noticia_id: (first_captured(db, noticia_id), noticia_id)))


def count_sources(db: Database, folio: str) -> None:
    """Count the independent sources of a finding anew, and nothing else."""
    groups = sources([note.tagged for note in findings.notes_of(db, folio)])
    db.execute("UPDATE hallazgos SET fuentes_independientes = ? WHERE folio = ?", [len(groups), folio])


def recode(db: Database, folio: str) -> None:
    """Compute codes, victims and acts from the finding's notes, then acts again from what everyone sees."""
    findings.write_codes(db, folio)
    write_shown_acts(db, folio)


def write_shown_acts(db: Database, folio: str) -> None:
    """Make the acts follow from the modalities, perpetrators and victims as shown, unless a person wrote them."""
    aggressors = decisions.values(db, folio, "agresor")
    victims = [row[0] for row in db.execute("SELECT id FROM victimas WHERE folio = ? ORDER BY id", [folio]).fetchall()]
    acts = people.acts(decisions.values(db, folio, "modalidad"), victims)
    people.write_acts(db, folio, acts, aggressors[0] if len(aggressors) == 1 else None)


def rewrite_keys(db: Database, folio: str) -> None:
    """Make the keys that find the finding those of its tagged notes and named victims; a merged one has none."""
    db.execute("DELETE FROM claves_union WHERE folio = ?", [folio])
    if decisions.merged_into(db, folio):
        return
    for note in tagged_notes(db, folio):
        findings.write_keys(db, folio, note)
    names = [PersonName(name, bool(group)) for name, group in db.execute(NAMES_SQL, [folio]).fetchall()]
    db.conn.executemany(
        "INSERT OR IGNORE INTO claves_union (clave, folio) VALUES (?, ?)",
        [(key, folio) for key in sorted(keys_of_names(names))],
    )
