"""How well notes of known events are grouped: what `hallazgos evaluar --eventos` prints.

B-cubed (Bagga and Baldwin, 1998): for every note, the share of its finding that tells its own event (precision) and the share
of its event's notes that stand in its finding (recall), averaged over notes. A note without an event stands alone.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from pipeline.grouping.file import tagged
from pipeline.grouping.names import tokens
from pipeline.incidents import group_notes
from pipeline.tables import show_rows
from pipeline.tagging.records import BadRecord, Reader, Record, check_tags
from pipeline.tagging.stream import decoded, opened

COLUMNS = ("etiquetas", "precision", "exhaustividad", "f1", "notas", "eventos", "mezclas", "ajenas")
HEADINGS = ("etiquetas", "precisión", "exhaustividad", "F1", "notas", "eventos", "mezclas", "ajenas")
FILE, TAGGER = "del archivo", "del etiquetador"


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1; `mezclas`: the groups of events found in one finding; `ajenas`: those whose victims differ."""

    precision: float
    exhaustividad: float
    notas: int
    eventos: int
    mezclas: tuple[tuple[str, ...], ...]
    ajenas: tuple[tuple[str, ...], ...]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.exhaustividad / (self.precision + self.exhaustividad)

    def row(self, tags: str) -> dict[str, object]:
        """Return the row of the table."""
        shares = {name: round(getattr(self, name), 3) for name in ("precision", "exhaustividad", "f1")}
        counts = {"notas": self.notas, "eventos": self.eventos, "mezclas": len(self.mezclas), "ajenas": len(self.ajenas)}
        return {"etiquetas": tags, **shares, **counts}


def figures(gold: Sequence[Record], folios: Mapping[Hashable, str | None]) -> Figures:
    """Score a grouping of annotated records (`id`, `evento` or none, `victimas`); a folio of None stands alone."""
    events = {note["id"]: str(note.get("evento") or f"solo {note['id']}") for note in gold}
    found = {key: folios.get(key) or f"solo {key}" for key in events}
    by_event, by_folio = _groups(events), _groups(found)
    common = {key: len(by_event[events[key]] & by_folio[found[key]]) for key in events}
    mixed = {tuple(sorted({events[key] for key in keys})) for keys in by_folio.values()}
    mixtures = tuple(sorted(group for group in mixed if len(group) > 1))
    names = _surnames(gold, events)
    return Figures(
        precision=sum(common[key] / len(by_folio[found[key]]) for key in events) / len(events),
        exhaustividad=sum(common[key] / len(by_event[events[key]]) for key in events) / len(events),
        notas=len(events),
        eventos=len({note["evento"] for note in gold if note.get("evento")}),
        mezclas=mixtures,
        ajenas=tuple(group for group in mixtures if _strangers(group, names)),
    )


def _groups(of: Mapping[Hashable, str]) -> dict[str, set[Hashable]]:
    groups: defaultdict[str, set[Hashable]] = defaultdict(set)
    for key, name in of.items():
        groups[name].add(key)
    return groups


def _surnames(gold: Iterable[Mapping[str, Any]], events: Mapping[Hashable, str]) -> Mapping[str, set[str]]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for note in gold:
        for victim in note.get("victimas") or ():
            names[events[note["id"]]] |= set(tokens(victim["nombre"])[1:])
    return names


def _strangers(group: Sequence[str], names: Mapping[str, set[str]]) -> bool:
    """Two of the events name victims, and no surname is common."""
    known = [names[event] for event in group if names.get(event)]
    return any(not a & b for a, b in combinations(known, 2))


def check_event(record: Record) -> None:
    """Raise `BadRecord` unless the record has the guide's tags and its event, if any, is a text."""
    check_tags(record)
    if not isinstance(record.get("evento"), str | None):
        raise BadRecord("evento no es un texto")


def evaluate_events(path: Path, form: str, *, with_tags: bool) -> int:
    """Print the figures with the file's tags and, unless `with_tags`, with the tagger's; return the exit status."""
    with opened(path) as stream:
        reader = Reader(decoded(stream), str(path), check_event)
        gold = list(reader)
    if gold:
        rows = [figures(gold, dict(group_notes(gold, trust=True))).row(FILE)]
        if not with_tags:
            rows.append(figures(gold, dict(group_notes(tagged(gold, len(gold))))).row(TAGGER))
        show_rows(COLUMNS, rows, form, headings=HEADINGS)
    return reader.status()
