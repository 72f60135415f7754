"""Findings held in memory for `agrupar`: candidates by name and by date, the same score as the registry's grouping."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from pipeline.grouping.facts import Facts
from pipeline.grouping.mentions import mention_keys, score_mention
from pipeline.grouping.names import PersonName, blocking_keys
from pipeline.grouping.score import Case, Score, score
from pipeline.progreso import tracked

# A note without a common name is compared with findings of these many days around its own.
NEAR_DAYS = 10


Scored = tuple[Case, Score]


def best_case(
    note: Facts, cases: Iterable[Case], by: Callable[[Facts, Case], Score] = score
) -> tuple[list[Scored], list[Scored]]:
    """Return the findings that the note fits, the best first (a tie: the older folio), and those that it nearly fits."""
    scored = sorted(((case, by(note, case)) for case in cases), key=lambda pair: (-pair[1].puntos, pair[0].folio))
    return [pair for pair in scored if pair[1].joins()], [pair for pair in scored if pair[1].nearly_joins()]


def keys(note: Facts, around: int = 0) -> set[str]:
    """Return the keys under which a note's finding is found: its names' sounds, its days and `around` days beside them."""
    names = keys_of_names(note.nombres)
    days = {day for day in (note.dia, note.fecha_hecho and date.fromisoformat(note.fecha_hecho)) if day}
    return names | {f"d:{day + timedelta(days=shift)}" for day in days for shift in range(-around, around + 1)}


def keys_of_names(names: Iterable[PersonName]) -> set[str]:
    """Return the keys by which names are found again."""
    return {f"n:{key}" for name in names for key in blocking_keys(name)}


class MemoryIndex:
    """The findings of one grouping, by folio, with an index by key."""

    def __init__(self) -> None:
        self.cases: dict[str, Case] = {}
        self.by_key: defaultdict[str, set[str]] = defaultdict(set)

    def candidates(self, wanted: Iterable[str]) -> list[Case]:
        """Return the findings that stand under any of the keys."""
        folios = {folio for key in wanted for folio in self.by_key.get(key, ())}
        return [self.cases[folio] for folio in sorted(folios)]

    def add(self, folio: str, note: Facts) -> None:
        """Put a note into a finding, a new one or not."""
        known = self.cases.get(folio)
        self.cases[folio] = Case(folio, (*(known.notas if known else ()), note))
        for key in keys(note):
            self.by_key[key].add(folio)


def group(notes: Iterable[Facts], ordinary: Iterable[Facts] = ()) -> dict[str, str]:
    """Return the folio of every note; notes are taken in their own order, so a shuffled input gives the same partition.

    `ordinary`: notes that the tagger took for no finding; those that tell a known one get its folio, the others none.
    """
    index = MemoryIndex()
    folios: dict[str, str] = {}
    for note in tracked(sorted(notes, key=lambda one: one.turno), "Agrupando noticias"):
        fits, _ = best_case(note, index.candidates(keys(note, NEAR_DAYS)))
        folio = fits[0][0].folio if fits else f"H-{note.dia.year if note.dia else 0:04d}-{len(index.cases) + 1:06d}"
        index.add(folio, note)
        folios[note.id] = folio
    waiting = sorted(ordinary, key=lambda one: one.turno)
    told = -1
    while told != len(folios):
        told = len(folios)
        for note in [one for one in waiting if one.id not in folios]:
            fits, _ = best_case(note, index.candidates(mention_keys(note)), score_mention)
            if fits:
                folios[note.id] = fits[0][0].folio
                index.add(folios[note.id], note)
    return folios
