"""What a note says that does not hold of its finding: the codes that it would add or change, and named people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.grouping.codes import LISTS, SEVERITY, TaggedNote
from pipeline.grouping.names import PersonName, Same, compare

# Where a finding has no value yet, any known one is news; another value than the one it has is news only for the date.
PLACES = ("alcaldia", "entidad")
SAID_OF_MANY = frozenset({"no_identificado"})


@dataclass(frozen=True)
class Standing:
    """The values that hold of a finding by field (lists as lists), and its named victims."""

    values: Mapping[str, object]
    names: Sequence[PersonName]


def novelties(note: TaggedNote, finding: Standing) -> list[dict[str, object]]:
    """Return `{campo, hay, dice}` per field: what holds, and what the note says beyond it.

    Lists say only the values that are new; `victimas` says numbers, never a name.
    """
    found = [*_class(note, finding), *_lists(note, finding), *_singles(note, finding), *_people(note, finding)]
    return [{"campo": campo, "hay": hay, "dice": dice} for campo, hay, dice in found]


def _class(note: TaggedNote, finding: Standing) -> list[tuple[str, object, object]]:
    holds, says = finding.values.get("clase"), note.tags.get("clase")
    more = says in SEVERITY and (holds not in SEVERITY or SEVERITY.index(str(says)) > SEVERITY.index(str(holds)))
    return [("clase", holds, says)] if more else []


def _lists(note: TaggedNote, finding: Standing) -> list[tuple[str, object, object]]:
    told: list[tuple[str, object, object]] = []
    for campo, tag in LISTS.items():
        raw = finding.values.get(campo)
        holds = list(raw) if isinstance(raw, list) else []
        new = [value for value in note.said(tag) if value not in holds and value not in SAID_OF_MANY]
        if new:
            told.append((campo, holds, new))
    return told


def _singles(note: TaggedNote, finding: Standing) -> list[tuple[str, object, object]]:
    told: list[tuple[str, object, object]] = []
    for campo in PLACES:
        if finding.values.get(campo) is None and note.value(campo) is not None:
            told.append((campo, None, note.value(campo)))
    holds, says = finding.values.get("fecha_hecho"), note.value("fecha_hecho")
    # A follow-up may carry the day of its own stage: that contradicts nothing.
    if says and says != holds and (holds is None or note.nota != "seguimiento"):
        told.append(("fecha_hecho", holds, says))
    if note.value("urgente") and not finding.values.get("urgente"):
        told.append(("urgente", 0, 1))
    return told


def _people(note: TaggedNote, finding: Standing) -> list[tuple[str, object, object]]:
    victims = note.tags.get("victimas") or ()
    named = [PersonName(victim["nombre"], victim.get("genero") == "colectivo") for victim in victims if victim.get("nombre")]
    new = [name for name in named if all(compare(name, known) < Same.PARTLY for known in finding.names)]
    return [("victimas", len(finding.names), len(new))] if new else []
