"""The codes of a finding, from what its notes say (design, "The registry"): never more than some source holds.

A value of a list field holds if the fullest note says so or at least half of the independent sources do. A single-valued
field takes what most independent sources say, unknowns left out (tie: the fullest note's). `clase` is the most serious that
holds. Two fields go beyond that rule, by principle 9: `urgente` if any note says so; `confianza` is the highest.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from nlp.vocabulario import Clase
from pipeline.grouping.facts import COPY, overlap, runs

SEVERITY = [Clase.RIESGO.value, Clase.AGRESION.value, Clase.PRIVACION_VIDA.value]
UNKNOWN = (None, "", "indeterminado", "sin_determinar", "por_determinar")
LISTS = {"modalidad": "modalidad", "agresion": "agresion", "agresor": "agresor", "tipo_victima": "victima"}
SINGLES = ("cdmx", "alcaldia", "entidad", "sitio", "ambito", "via", "vinculo", "fecha_hecho", "hora_hecho", "movilizacion")
OLD_CASE = timedelta(days=90)
SHORTEST_WIRE = 20  # runs of four words: two briefs shorter than that share phrases, not a text
DEFAULTS = {
    "cdmx": "indeterminado",
    "sitio": "",
    "ambito": "por_determinar",
    "via": "sin_determinar",
    "vinculo": "no_confirmado",
    "movilizacion": 0,
}


@dataclass(frozen=True)
class TaggedNote:
    """One note with its tags (the guide's record and `mas`); `site` is its registrable domain, `huella` its text's print."""

    orden: tuple[str, str]
    texto: str
    texto_origen: str
    site: str
    huella: str
    nota: str
    tags: Mapping[str, Any]

    @cached_property
    def trozos(self) -> frozenset[tuple[str, ...]]:
        """The runs of four words of the text: what two copies of one wire share."""
        return runs(self.texto)

    def value(self, name: str) -> Any:  # noqa: ANN401 – a JSON value of any kind
        """Return a single value wherever the record holds it (`lugar`, `mas` or the top); True and False as 1 and 0."""
        for part in (self.tags.get("lugar") or {}, self.tags.get("mas") or {}, self.tags):
            if name in part:
                found = part[name]
                return int(found) if isinstance(found, bool) else found
        return None

    def said(self, key: str) -> tuple[str, ...]:
        """Return the values of a tag as a list, a single one included."""
        found = self.tags.get(key) or ()
        return (found,) if isinstance(found, str) else tuple(found)


@dataclass(frozen=True)
class Codes:
    """The computed columns of `hallazgos` by name, and each list field's values with their support (0 to 1)."""

    singles: dict[str, Any]
    lists: dict[str, dict[str, float]]
    fullest: TaggedNote


def sources(notes: Sequence[TaggedNote]) -> list[list[TaggedNote]]:
    """Return the notes by independent source: one site is one, and so are copies of one text, whatever its first words."""
    groups: list[list[TaggedNote]] = []
    for note in notes:
        same = [group for group in groups if any(_one_source(note, other) for other in group)]
        groups = [group for group in groups if group not in same]
        groups.append([other for group in same for other in group] + [note])
    return groups


def _one_source(a: TaggedNote, b: TaggedNote) -> bool:
    if a.site == b.site or a.huella == b.huella:
        return True
    return min(len(a.trozos), len(b.trozos)) >= SHORTEST_WIRE and overlap(a.trozos, b.trozos) >= COPY


def fullest(notes: Sequence[TaggedNote]) -> TaggedNote:
    """Return the longest text of a page, else the longest; the earliest of equals."""
    return min(notes, key=lambda note: (note.texto_origen != "pagina", -len(note.texto), note.orden))


def codes(notes: Sequence[TaggedNote]) -> Codes:
    """Return the codes of a finding told by `notes` (at least one)."""
    best = fullest(notes)
    groups = sources(notes)
    lists = {name: _held(groups, best, key) for name, key in LISTS.items()}
    classes = _held(groups, best, "clase")
    singles = {name: _majority(groups, best, name) for name in SINGLES}
    singles["clase"] = max(classes, key=SEVERITY.index, default=Clase.AGRESION if lists["modalidad"] else Clase.RIESGO)
    singles["urgente"] = max(note.value("urgente") or 0 for note in notes)
    singles["confianza"] = max(note.value("confianza") or 0.0 for note in notes)
    singles["fuentes_independientes"] = len(groups)
    singles["latitud"], singles["longitud"] = _coordinates(notes, str(singles["sitio"]))
    return Codes(singles, lists, best)


def is_old(nota: str, happened: str | None, registered: str) -> bool:
    """Tell an old case seen for the first time: its first note is a follow-up, or the event lies over 90 days back."""
    old = happened is not None and date.fromisoformat(registered) - date.fromisoformat(happened) > OLD_CASE
    return old or nota == "seguimiento"


def _held(groups: Sequence[Sequence[TaggedNote]], best: TaggedNote, key: str) -> dict[str, float]:
    """Return the values of a tag that hold, each with the share of sources that say so."""
    said = Counter(value for group in groups for value in {v for note in group for v in note.said(key)})
    share = {value: times / len(groups) for value, times in said.items()}
    return {value: round(share[value], 3) for value in sorted(share) if share[value] >= 0.5 or value in best.said(key)}


def _majority(groups: Sequence[Sequence[TaggedNote]], best: TaggedNote, name: str) -> object:
    """Return what most sources say; each speaks through its own fullest note that knows."""
    votes: Counter[object] = Counter()
    for group in groups:
        knowing = [note for note in group if note.value(name) not in UNKNOWN]
        if knowing:
            votes[fullest(knowing).value(name)] += 1
    if not votes:
        return DEFAULTS.get(name)
    most = max(votes.values())
    tied = [value for value, times in votes.items() if times == most]
    own = best.value(name)
    return own if own in tied else min(tied, key=str)


def _coordinates(notes: Sequence[TaggedNote], site: str) -> tuple[float | None, float | None]:
    """Return the coordinates that some note gives for the place that was chosen."""
    for note in notes:
        if site and note.value("sitio") == site and note.value("latitud") is not None:
            return note.value("latitud"), note.value("longitud")
    return None, None
