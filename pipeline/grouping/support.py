"""What stands beside a finding's codes: the values that some note says and that do not hold, and who the notes come from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from nlp.vocabulario import Agresor
from pipeline.grouping.codes import LISTS, SINGLES, UNKNOWN, TaggedNote, is_old, sources
from pipeline.grouping.names import PersonName, Same, compare
from pipeline.registry import findings
from pipeline.registry.novedades import shown

SUGGESTED = ("clase", *SINGLES, "urgente")


@dataclass(frozen=True)
class Suggestion:
    """A value that does not hold: `apoyo` is the share (0 to 1) of independent sources that say it, in the notes `noticias`.

    `antecedente` follows from dates as they are shown, whoever said them: its support is 1 and its notes are none.
    """

    campo: str
    valor: object
    apoyo: float
    noticias: tuple[int, ...] = ()


@dataclass(frozen=True)
class NoteSource:
    """Where a note comes from: the number of its independent source in the finding, and whether the victim's own house says it.

    Notes of one site and copies of one text have one number. `propia`: the source, or the author, is the victim's outlet or
    organisation, or the collective that is the victim.
    """

    noticia_id: int
    fuente: int
    propia: bool


def suggestions(db: Database, folio: str) -> list[Suggestion]:
    """Return the minority values of a finding by field, the best supported first; values of a person's correction hold."""
    notes = findings.notes_of(db, folio)
    holds = shown(db, folio)
    groups = sources([note.tagged for note in notes])
    number = {id(note): at for at, group in enumerate(groups) for note in group}
    said: dict[tuple[str, object], list[findings.StoredNote]] = {}
    for note in notes:
        for one in _said(note.tagged, holds["agresor"]):
            said.setdefault(one, []).append(note)
    found = [
        Suggestion(campo, value, _share(tellers, number, len(groups)), tuple(note.noticia_id for note in tellers))
        for (campo, value), tellers in said.items()
        if not _holds(value, holds[campo])
    ]
    return sorted(found, key=lambda one: (one.campo, -one.apoyo, str(one.valor))) + _antecedent(notes, holds)


def _said(note: TaggedNote, known: object) -> Iterable[tuple[str, object]]:
    """What a note says by field; that nobody is identified says nothing beside a perpetrator who is `known`."""
    for campo, tag in LISTS.items():
        yield from ((campo, value) for value in note.said(tag) if not (known and value == Agresor.NO_IDENTIFICADO))
    yield from ((campo, value) for campo in SUGGESTED if (value := note.value(campo)) not in UNKNOWN)


def _holds(value: object, held: object) -> bool:
    return value in held if isinstance(held, list) else value == held or (not value and not held)


def _share(tellers: Sequence[findings.StoredNote], number: Mapping[int, int], of: int) -> float:
    return round(len({number[id(note.tagged)] for note in tellers}) / of, 3)


def _antecedent(notes: Sequence[findings.StoredNote], holds: Mapping[str, object]) -> list[Suggestion]:
    """The finding is an old case, or is none, by the dates as shown, and it says otherwise."""
    if not notes:
        return []
    happened = holds["fecha_hecho"]
    old = int(is_old(notes[0].facts.nota, str(happened) if happened else None, str(holds["fecha_registro"])))
    return [Suggestion("antecedente", old, 1.0)] if old != holds["antecedente"] else []


def note_sources(db: Database, folio: str) -> list[NoteSource]:
    """Return the source of every relevant note of a finding, the earliest note first."""
    notes = findings.notes_of(db, folio)
    tellers = findings.tellers(db, folio)
    houses = _houses([note.tagged for note in notes]) | {PersonName(name, True) for name in findings.houses(db, folio)}
    number = {id(note): at for at, group in enumerate(sources([note.tagged for note in notes]), 1) for note in group}
    return [NoteSource(note.noticia_id, number[id(note.tagged)], _own(tellers[note.noticia_id], houses)) for note in notes]


def _houses(notes: Iterable[TaggedNote]) -> set[PersonName]:
    """The outlets, organisations and collectives that the notes' victims belong to or are."""
    victims = [victim for note in notes for victim in note.tags.get("victimas") or ()]
    names = {str(victim.get("medio_u_organizacion") or "") for victim in victims}
    names |= {str(victim["nombre"]) for victim in victims if victim.get("genero") == "colectivo"}
    return {PersonName(name, True) for name in names if name}


def _own(tellers: Iterable[str], houses: Iterable[PersonName]) -> bool:
    return any(compare(PersonName(teller, True), house) >= Same.PARTLY for teller in tellers if teller for house in houses)
