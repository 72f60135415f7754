"""Rows of `segundas_lecturas`: reviewed findings that a second person codes without the first coding."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry.findings import AROUND

Codes = Mapping[str, Any]

LEFT = "dejar_segunda_lectura"
# A decision on the finding, by a person: who made one does not read it a second time, nor does who left its reading.
DECIDED = f"tabla = 'hallazgos' AND accion NOT IN ({', '.join(repr(name) for name in AROUND if name != LEFT)})"
REVIEWED = """
SELECT h.folio, h.estado, (
    SELECT n.url_canonica FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id
    WHERE hn.folio = h.folio AND n.texto <> '' ORDER BY n.id LIMIT 1
) AS nota
FROM hallazgos AS h
WHERE h.estado IN ('validado', 'descartado') AND h.fecha_registro BETWEEN ? AND ? AND nota IS NOT NULL ORDER BY h.folio
"""
# What waits for `:quien`, the first asked for first.
WAITING = f"""
SELECT s.id, s.folio FROM segundas_lecturas AS s JOIN hallazgos AS h ON h.folio = s.folio
WHERE s.codigos IS NULL AND h.estado <> 'fusionado' AND coalesce(s.para, :quien) = :quien
    AND NOT EXISTS (SELECT 1 FROM bitacora WHERE {DECIDED} AND clave = s.folio AND quien = :quien)
ORDER BY s.id
"""


@dataclass(frozen=True)
class Reviewed:
    """A finding that people decided on: its state, the canonical address of its first note with a text, and who decided."""

    folio: str
    estado: str
    nota: str
    decidieron: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """A second reading; `codigos` is None while nobody has made it, else `quien` did so at `cuando`."""

    id: int
    folio: str
    codigos: Codes | None
    quien: str | None
    cuando: str | None


def reviewed(db: Database, begin: str, end: str) -> list[Reviewed]:
    """Return the validated and discarded findings registered from `begin` to `end` (days) that have a text to read."""
    people: dict[str, set[str]] = {}
    for folio, person in db.execute(f"SELECT DISTINCT clave, quien FROM bitacora WHERE {DECIDED}").fetchall():
        people.setdefault(folio, set()).add(person)
    found = db.execute(REVIEWED, [begin, end]).fetchall()
    return [Reviewed(folio, state, note, frozenset(people.get(folio, ()))) for folio, state, note in found]


def asked(db: Database) -> dict[str, str | None]:
    """Return the findings that were given to a second reader, ever; of an unmade reading for one person, that person."""
    found = db.execute("SELECT folio, iif(codigos IS NULL, para, NULL) FROM segundas_lecturas").fetchall()
    return dict(found)


def pass_on(db: Database, folios: Sequence[str], para: str | None) -> None:
    """Give unmade readings to another person (None: whoever did not decide) inside the caller's transaction."""
    db.conn.executemany("UPDATE segundas_lecturas SET para = ? WHERE folio = ?", [(para, folio) for folio in folios])


def ask(db: Database, first: Sequence[tuple[str, Codes]], para: str | None, now: datetime) -> None:
    """Give findings, each with its first codes, to a person (None: whoever did not decide) inside the caller's transaction."""
    db.conn.executemany(
        "INSERT INTO segundas_lecturas (folio, para, pedida_en, primera) VALUES (?, ?, ?, ?)",
        [(folio, para, utc_text(now), json.dumps(codes, ensure_ascii=False)) for folio, codes in first],
    )


def reading(db: Database, number: int) -> Reading | None:
    """Return a second reading, or None."""
    row = db.execute("SELECT id, folio, codigos, quien, cuando FROM segundas_lecturas WHERE id = ?", [number]).fetchone()
    return Reading(row[0], row[1], json.loads(row[2]) if row[2] else None, row[3], row[4]) if row else None


def waiting(db: Database, quien: str) -> list[int]:
    """Return the numbers of the second readings that wait for a person."""
    return [row[0] for row in db.execute(WAITING, {"quien": quien}).fetchall()]


def waits_for(db: Database, folio: str, quien: str) -> int | None:
    """Return the number of the second reading of a finding that waits for a person, or None."""
    row = db.execute(f"SELECT id FROM ({WAITING}) WHERE folio = :folio", {"quien": quien, "folio": folio}).fetchone()
    return int(row[0]) if row else None


def write_codes(db: Database, number: int, codes: Codes, *, quien: str, now: datetime) -> None:
    """Write what the second reader coded inside the caller's transaction."""
    db.execute(
        "UPDATE segundas_lecturas SET codigos = ?, quien = ?, cuando = ? WHERE id = ?",
        [json.dumps(codes, ensure_ascii=False), quien, utc_text(now), number],
    )
