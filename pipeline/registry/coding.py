"""A finding's computed rows made anew when a person joins, splits or corrects; what a person wrote stays on top of them."""

from collections.abc import Sequence
from enum import StrEnum

from sqlite_utils import Database

from nlp import vocabulario as v
from nlp.etiquetas import Lugar, Victima, VictimaSinNombre
from nlp.reglas import resumen
from pipeline.grouping.codes import SINGLES, sources
from pipeline.grouping.index import keys_of_names
from pipeline.grouping.names import PersonName
from pipeline.registry import decisions, findings, imported_facts, people
from pipeline.registry.findings import NOTE, StoredNote, stored_note
from pipeline.registry.noticias import first_captured

# The columns of `hallazgos` that say what happened.
CODES = (
    *("clase", *SINGLES, "latitud", "longitud", "movilizacion_id", "fase", "antecedente", "urgente", "confianza", "resumen"),
    "fecha_publicacion",
)
TAGGED_SQL = f"""
SELECT {NOTE} FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id
WHERE hn.folio = ? AND n.etiquetas IS NOT NULL
"""
NAMES_SQL = (
    "SELECT p.nombre, p.tipo <> 'persona' FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id WHERE v.folio = ?"
)


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
    """Compute codes, victims and acts from the finding's notes, then what follows from them as everyone sees them."""
    findings.write_codes(db, folio)
    follow(db, folio)


def take_over(db: Database, folio: str, into: str) -> None:
    """Make a finding's computed rows those of another, victims and acts included."""
    columns = ", ".join(CODES)
    db.execute(
        f"UPDATE hallazgos SET ({columns}) = (SELECT {columns} FROM hallazgos WHERE folio = ?) WHERE folio = ?", [folio, into]
    )
    for name in findings.CODE_TABLES:
        table = f"hallazgos_{name}"
        db.execute(f"DELETE FROM {table} WHERE folio = ?", [into])
        db.execute(
            f"INSERT INTO {table} (folio, valor, apoyo) SELECT ?, valor, apoyo FROM {table} WHERE folio = ?", [into, folio]
        )
    people.copy_people(db, folio, into)


def follow(db: Database, folio: str) -> None:
    """Make acts and sentence follow from codes and victims as shown: acts unless a person wrote them."""
    aggressors = decisions.values(db, folio, "agresor")
    victims = db.execute("SELECT id, persona_id, tipo, genero, cantidad FROM victimas WHERE folio = ? ORDER BY id", [folio])
    rows = victims.fetchall()
    acts = people.acts(decisions.values(db, folio, "modalidad"), [row[0] for row in rows])
    people.write_acts(db, folio, acts, aggressors[0] if len(aggressors) == 1 else None)
    named = [Victima("", tipo, genero) for _, person, tipo, genero, _ in rows if person is not None]
    unnamed = [VictimaSinNombre(tipo, genero, amount) for _, person, tipo, genero, amount in rows if person is None]
    who = resumen.people(_in_order(v.Victima, db, folio, "tipo_victima"), named, unnamed)
    db.execute("UPDATE hallazgos SET resumen = ? WHERE folio = ?", [_sentence(db, folio, who), folio])


def _sentence(db: Database, folio: str, who: str) -> str:
    cdmx, alcaldia, entidad = (str(decisions.value(db, folio, name) or "") for name in ("cdmx", "alcaldia", "entidad"))
    place = Lugar(cdmx, alcaldia or None, entidad or None)
    acts, hands = _in_order(v.Modalidad, db, folio, "modalidad"), _in_order(v.Agresor, db, folio, "agresor")
    return resumen.sentence(acts, who, place, hands, bool(decisions.value(db, folio, "movilizacion")))


def _in_order(vocabulary: type[StrEnum], db: Database, folio: str, campo: str) -> list[str]:
    """Return a list field's values as shown, in the vocabulary's order."""
    shown = decisions.values(db, folio, campo)
    return [str(member) for member in vocabulary if member in shown]


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
    imported_facts.write_keys(db, folio)
