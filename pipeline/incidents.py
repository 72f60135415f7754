"""Noticias of one event → one hallazgo: each tagged note joins the finding it fits best, or opens a new one.

Pending notes are taken by (day of publication, else of capture; canonical address), so the order of arrival does not matter.
A finding that a person decided on only gets notes attached, and what they bring is told (`novedades`); its codes stay. What a
person put together or apart holds above any score. Pairs that fit, or nearly fit, and do not stand together are proposed.
"""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import local_day
from nlp.vocabulario import Origen
from pipeline.grouping.facts import FIRST_LINES, Facts, days_between, facts_of
from pipeline.grouping.index import NEAR_DAYS, best_case, group, keys
from pipeline.grouping.mentions import mention_keys, names_victim, score_mention
from pipeline.grouping.names import PersonName, Same, compare
from pipeline.grouping.novelty import novelties
from pipeline.grouping.score import Case, Score
from pipeline.grouping.weights import LIMITS
from pipeline.privacy.withheld import withhold, withhold_pending
from pipeline.progreso import tracked
from pipeline.registry import candidates, duplicates, findings, noticias, novedades
from pipeline.registry.archives import came_from_archive
from pipeline.registry.candidates import Known
from pipeline.registry.findings import StoredNote
from pipeline.registry.imported_facts import NO_NOTE, imported_facts
from pipeline.registry.transaction import writing
from pipeline.reloj import Clock, clock

# Between lots the registry is left to other writers: transactions without a pause would starve them.
LOT = 50
PAUSE_SECONDS = 0.01


def group_notes(records: Iterable[Mapping[str, Any]], *, trust: bool = False) -> list[tuple[Any, str | None]]:
    """Return (id, folio) of tagged records in their order, without a registry; a folio of None: no finding.

    A record without a readable `fecha_publicacion` is taken after all others. `trust`: what the tags call no finding is none;
    else a note that the tagger refused joins a finding whose victim it names up front.
    """
    records = list(records)
    notes: list[Facts] = []
    ordinary: list[Facts] = []
    for record in records:
        key = str(record["id"])
        facts = facts_of(record, key=key, day=local_day(record.get("fecha_publicacion")) or "", order=key)
        (notes if record.get("relevante") else ordinary).append(facts)
    folios = group(notes, () if trust else ordinary)
    return [(record["id"], folios.get(str(record["id"]))) for record in records]


def group_pending(db: Database, now: Clock | None = None, *, pause: float = PAUSE_SECONDS) -> int:
    """Group every tagged note of the registry, one transaction each; return how many findings are new."""
    now = now or clock()
    withhold_pending(db, now)
    new = 0
    known: Known = {}
    for done, noticia_id in enumerate(tracked(_in_order(noticias.tagged(db)), "Agrupando noticias"), 1):
        with writing(db):
            if noticias.waits_for_group(db, noticia_id):  # another process may have grouped it, or the medium changed it
                new += _group_one(db, noticia_id, known, now)
        if done % LOT == 0:
            time.sleep(pause)
    _settle(db, known, now, pause)
    return new


def _settle(db: Database, known: Known, now: Clock, pause: float) -> None:
    """Pass on the notes that the tagger took for no finding; those that name a known victim up front may join that finding.

    A note that joins brings its finding nearer to others, so the ones that name a victim are looked at until none joins.
    """
    waiting = _in_order(noticias.ordinary(db))
    passing = waiting
    while passing:
        left: list[int] = []
        for at in range(0, len(passing), LOT):
            with writing(db):
                left += [one for one in passing[at : at + LOT] if not _settled(db, one, known, now)]
            time.sleep(pause)
        passing = left if len(left) < len(passing) else []
    with writing(db):
        for noticia_id in left if waiting else ():
            noticias.mark_grouped(db, noticia_id)


def _settled(db: Database, noticia_id: int, known: Known, now: Clock) -> bool:
    """Attach an ordinary note to the finding that it tells; return False when it names a victim and tells none yet.

    Another process may group beside this one (a retagging, a run): what it settled, or what was edited since, is passed over.
    """
    if not noticias.waits_for_group(db, noticia_id) or findings.folio_of(db, noticia_id):
        return True
    note = findings.tagged_note(db, noticia_id)
    cases = mentioned(db, note.facts, known)
    apart = duplicates.said(db, noticia_id).aparte if cases else frozenset()
    fits, _ = best_case(note.facts, [case for case in cases if case.folio not in apart], score_mention)
    if fits:
        case = fits[0][0]
        late = all(days_between(note.facts, other) > LIMITS["dias_reacciones"] for other in case.notas)
        findings.attach(db, case.folio, note, papel="seguimiento" if late else "replica", razones=_reasons(fits), now=now())
        if findings.touched(db, case.folio):
            novedades.tell(db, case.folio, noticia_id, [], now())
    if fits or not cases:
        noticias.mark_grouped(db, noticia_id)
    return bool(fits or not cases)


def mentioned(db: Database, note: Facts, known: Known) -> list[Case]:
    """Return the findings whose victim an ordinary note names up front."""
    up_front = f"{note.titulo}\n{note.texto[:FIRST_LINES]}"
    victims = candidates.victims_by_key(db, mention_keys(note))
    folios = {folio for folio, nombre, group in victims if names_victim(up_front, [PersonName(nombre, group)])}
    return _cases(db, folios, known, ordinary=True)


def _in_order(rows: Iterable[noticias.Waiting]) -> list[int]:
    """Return the ids by (day of publication, else of capture; canonical address)."""
    ordered = sorted(rows, key=lambda row: (local_day(row[1]) or local_day(row[2]) or "", row[3]))
    return [row[0] for row in ordered]


def group_note(db: Database, noticia_id: int, now: Clock, origen: str = Origen.MONITOREO) -> str:
    """Put a tagged note that a person holds for a case into its finding, inside the caller's transaction; return the folio."""
    withhold(db, [noticia_id], now)
    _group_one(db, noticia_id, {}, now, origen)
    return str(findings.folio_of(db, noticia_id))


def _group_one(db: Database, noticia_id: int, known: Known, now: Clock, origen: str = Origen.MONITOREO) -> bool:
    """Put one note into its finding and compute that finding's codes; return whether the finding is new, then of `origen`."""
    folio = findings.folio_of(db, noticia_id)
    note = findings.tagged_note(db, noticia_id)
    new = joined = False
    if folio is not None:
        findings.write_keys(db, folio, note)
    else:
        folio, new = _place(db, note, known, origen, now())
        joined = not new
    if new or not findings.touched(db, folio):
        findings.write_codes(db, folio)
    elif joined or novedades.captured_since_decided(db, folio, noticia_id):
        told = novelties(note.tagged, novedades.standing(db, folio))
        old = came_from_archive(db, noticia_id)  # what was in force years ago is no danger today
        novedades.tell(db, folio, noticia_id, [one for one in told if not (old and one["campo"] == "urgente")], now())
    noticias.mark_grouped(db, noticia_id)
    return new


def _place(db: Database, note: StoredNote, known: Known, origen: str, now: datetime) -> tuple[str, bool]:
    """Attach a note to the finding it fits best, else to a new one; return the folio and whether it is new."""
    said = duplicates.said(db, note.noticia_id)
    cases = [case for case in near_cases(db, note.facts, known, said.juntas) if case.folio not in said.aparte]
    decided = [(case, Score(dicho="juntas")) for case in cases if case.folio in said.juntas]
    fits, near = best_case(note.facts, [case for case in cases if case.folio not in said.juntas])
    fits = decided + fits
    if fits:
        folio = fits[0][0].folio
        role = "seguimiento" if note.facts.nota == "seguimiento" else "replica"
        findings.attach(db, folio, note, papel=role, razones=_reasons(fits), now=now)
    else:
        folio = findings.create_finding(db, note, origen)
        findings.attach(db, folio, note, papel="primera", razones={}, now=now)
    told = [(case, result) for case, result in fits[1:] + near if case.notas[0].id != NO_NOTE]  # pairs are of notes
    for case, result in told:
        duplicates.propose(db, note.noticia_id, int(case.notas[0].id), result.puntos, result.reglas)
    return folio, not fits


def _reasons(fits: Sequence[tuple[Case, Score]]) -> dict[str, object]:
    """Return why a note joins the first finding, and which others it fits."""
    case, result = fits[0]
    reasons: dict[str, object] = {
        "puntos": result.puntos,
        "reglas": result.reglas,
        "con": [int(other.id) for other in case.notas if other.id != NO_NOTE],
    }
    if result.dicho:
        reasons["dicho"] = result.dicho
    if len(fits) > 1:
        reasons["tambien"] = {other.folio: found.puntos for other, found in fits[1:]}
    return reasons


def near_cases(db: Database, note: Facts, known: Known, besides: frozenset[str] = frozenset()) -> list[Case]:
    """Return the findings that the note may tell: near it in time, with a victim of its own victim's name, and `besides`.

    A shared surname alone counts only near in time (`grouping.score`), so the many far ones are not even read. A finding that
    was merged stands for the one it was merged into.
    """
    wanted = keys(note, NEAR_DAYS)
    near = candidates.folios_by_key(db, {key for key in wanted if key.startswith("d:")})
    victims = candidates.victims_by_key(db, {key for key in wanted if key.startswith("n:")})
    alike = {folio for folio, nombre, group in victims if folio not in near and _names(note, PersonName(nombre, group))}
    return _cases(db, near | alike | besides, known)


def _cases(db: Database, folios: Collection[str], known: Known, *, ordinary: bool = False) -> list[Case]:
    stored = candidates.notes_of_all(db, candidates.standing(db, folios), known, ordinary=ordinary)
    named = candidates.named_by_people(db, stored)
    cases = [Case(folio, tuple(note.facts for note in notes), named.get(folio, ())) for folio, notes in stored.items()]
    imported = imported_facts(db, set(folios) - set(stored))
    return cases + [Case(folio, (facts,)) for folio, facts in imported.items()]


def _names(note: Facts, victim: PersonName) -> bool:
    return any(compare(own, victim) >= Same.PARTLY for own in note.nombres)
