"""Noticias of one event → one hallazgo: each tagged note joins the finding it fits best, or opens a new one.

Pending notes are taken by (day of publication, else of capture; canonical address), so the order of arrival does not matter.
A finding that a person decided on only gets notes attached; its codes stay.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import local_day
from pipeline.grouping.facts import Facts, facts_of
from pipeline.grouping.index import NEAR_DAYS, best_case, group, keys
from pipeline.grouping.names import PersonName, Same, compare
from pipeline.grouping.score import Case, Score
from pipeline.progreso import tracked
from pipeline.registry import findings, noticias
from pipeline.registry.findings import StoredNote
from pipeline.registry.transaction import writing

# Between lots the registry is left to other writers: transactions without a pause would starve them.
LOT = 50
PAUSE_SECONDS = 0.01


def group_notes(records: Iterable[Mapping[str, Any]]) -> list[tuple[Any, str | None]]:
    """Return (id, folio) of tagged records in their order, without a registry; a folio of None: no finding.

    A record without a readable `fecha_publicacion` is taken after all others.
    """
    records = list(records)
    notes = [
        facts_of(record, key=key, day=local_day(record.get("fecha_publicacion")) or "", order=key)
        for record in records
        for key in [str(record["id"])]
        if record.get("relevante")
    ]
    folios = group(notes)
    return [(record["id"], folios.get(str(record["id"]))) for record in records]


def group_pending(db: Database, *, pause: float = PAUSE_SECONDS) -> int:
    """Group every tagged note of the registry, one transaction each; return how many findings are new."""
    _settle_ordinary(db, pause)
    new = 0
    for done, noticia_id in enumerate(tracked(_pending(db), "Agrupando noticias"), 1):
        with writing(db):
            new += _group_one(db, noticia_id)
        if done % LOT == 0:
            time.sleep(pause)
    return new


def _settle_ordinary(db: Database, pause: float) -> None:
    """Pass on the notes that are no finding, in lots."""
    while True:
        with writing(db):
            if not noticias.settle_ordinary(db):
                return
        time.sleep(pause)


def _pending(db: Database) -> list[int]:
    ordered = sorted(noticias.tagged(db), key=lambda row: (local_day(row[1]) or local_day(row[2]) or "", row[3]))
    return [row[0] for row in ordered]


def _group_one(db: Database, noticia_id: int) -> bool:
    """Put one note into its finding and compute that finding's codes; return whether the finding is new."""
    folio = findings.folio_of(db, noticia_id)
    note = findings.tagged_note(db, noticia_id)
    new = False
    if folio is not None:
        findings.write_keys(db, folio, note)
    else:
        fits = best_case(note.facts, candidates(db, note.facts))
        new = not fits
        folio = _join(db, note, fits) if fits else _open(db, note)
    if not findings.touched(db, folio):
        findings.write_codes(db, folio)
    noticias.mark_grouped(db, noticia_id)
    return new


def _open(db: Database, note: StoredNote) -> str:
    folio = findings.create_finding(db, note)
    findings.attach(db, folio, note, papel="primera", razones={})
    return folio


def _join(db: Database, note: StoredNote, fits: Sequence[tuple[Case, Score]]) -> str:
    """Attach a note to the finding it fits best (to the one that finding was merged into); the reasons name the others."""
    case, result = fits[0]
    folio = findings.surviving(db, case.folio)
    role = "seguimiento" if note.facts.nota == "seguimiento" else "replica"
    reasons: dict[str, object] = {
        "puntos": result.puntos,
        "reglas": result.reglas,
        "con": [int(other.id) for other in case.notas],
    }
    if len(fits) > 1:
        reasons["tambien"] = {other.folio: found.puntos for other, found in fits[1:]}
    findings.attach(db, folio, note, papel=role, razones=reasons)
    return folio


def candidates(db: Database, note: Facts) -> list[Case]:
    """Return the findings that the note may tell: near it in time, or with a victim of its own victim's name.

    A shared surname alone counts only near in time (`grouping.score`), so the many far ones are not even read.
    """
    wanted = keys(note, NEAR_DAYS)
    near = findings.folios_by_key(db, {key for key in wanted if key.startswith("d:")})
    victims = findings.victims_by_key(db, {key for key in wanted if key.startswith("n:")})
    alike = {folio for folio, nombre, group in victims if folio not in near and _names(note, PersonName(nombre, group))}
    stored = {folio: findings.notes_of(db, folio) for folio in sorted(near | alike)}
    return [Case(folio, tuple(other.facts for other in notes)) for folio, notes in stored.items() if notes]


def _names(note: Facts, victim: PersonName) -> bool:
    return any(compare(own, victim) >= Same.PARTLY for own in note.nombres)
