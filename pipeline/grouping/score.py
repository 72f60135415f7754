"""Is a note about the event of a finding? Points for people here, for the rest in `evidence`; two other victims forbid it.

The rules, with the cases they come from, stand in the docstrings; the weights are data (`pesos.toml`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pipeline.grouping.evidence import AGAINST, ONE_DAY, Amounts, apart, circumstances, contradictions, where
from pipeline.grouping.facts import COPY, Facts, days_between, in_passing, overlap
from pipeline.grouping.names import PersonName, Same, compare, folded
from pipeline.grouping.weights import JOIN, LIMITS, NEAR_MISS, POINTS
from pipeline.grouping.words import rarity, stems

ALIAS = re.compile(r"seudonimo|alias|conocid[oa] como|firma como|firmad[oa]|apodad[oa]|mejor conocid|nombre de pluma")
NAMED = frozenset({"persona_completa", "persona_parcial", "seudonimo"})
# Below this the texts have next to nothing in common (`evidence.text_likeness`).
UNLIKE = -0.04
KETTLE = re.compile(r"\bencapsul|\bcapsula|\bcerco\b|\bcercan\b|\bcercad[oa]s\b|\breplegad")


@dataclass(frozen=True)
class Case:
    """A finding as grouping sees it: its folio, its notes, the earliest first, and the victims that a person named."""

    folio: str
    notas: tuple[Facts, ...]
    dichos: tuple[PersonName, ...] = ()

    def leading(self) -> tuple[PersonName, ...]:
        """The victims that a person named or some note names first."""
        return tuple(dict.fromkeys([*self.dichos, *(note.nombres[0] for note in self.notas if note.nombres)]))

    def others(self) -> tuple[PersonName, ...]:
        """The victims that notes name further on."""
        return tuple(dict.fromkeys(name for note in self.notas for name in note.nombres[1:]))


@dataclass(frozen=True)
class Score:
    """Points by rule; `veto` names the contradiction that forbids the union; `dicho`, that a person said so."""

    reglas: dict[str, float] = field(default_factory=dict)
    veto: str = ""
    dicho: str = ""

    @property
    def puntos(self) -> float:
        """The sum of the points."""
        return round(sum(self.reglas.values()), 1)

    def joins(self) -> bool:
        """Tell whether the note belongs to the finding."""
        return not self.veto and self.puntos >= JOIN

    def nearly_joins(self) -> bool:
        """Tell whether an analyst should look at the pair: just below what joins."""
        return not self.veto and NEAR_MISS <= self.puntos < JOIN


def score(note: Facts, case: Case) -> Score:
    """Return how well `note` fits the event of `case`: the people of the whole case, the rest by its best note."""
    people, named = _people(note, case)
    if people is None:
        return Score(veto="victimas_distintas")
    if named and _anothers_attack(note, case):
        return Score(veto="otra_victima")
    copies = [other for other in case.notas if _copies(note, other)] if named or not people else []
    if copies:
        return weighed({**people, "copia": 1.0, **({} if people else contradictions(note, copies[0]))})
    told = [_told_of(people, note, other, named=named) for other in case.notas]
    allowed = [one for one in told if not isinstance(one, str)]
    if not allowed:
        return Score(veto=next(one for one in told if isinstance(one, str)))
    if "persona_secundaria" in people and (len(allowed) < len(told) or any(AGAINST & set(one) for one in allowed)):
        return Score(veto="persona_secundaria")
    march = note.movilizacion and all(other.movilizacion for other in case.notas)
    return max((weighed(people | _beside(people, one, march=march)) for one in allowed), key=lambda one: one.puntos)


def _told_of(people: Amounts, note: Facts, other: Facts, *, named: bool) -> Amounts | str:
    """Return the amounts for the rest, or the contradiction that forbids the union.

    A name that only the text gives may be told in passing by a note whose own victim the tagger missed: it ties no two days.
    """
    if "nombre_en_texto" in people and _days_apart(note, other) > 1:
        return "otra_fecha"
    return circumstances(note, other, named=named, strangers=not people or "apellido" in people)


def _beside(people: Amounts, found: Amounts, *, march: bool) -> Amounts:
    """What people and circumstances say only together.

    A note without names told of the day is likely the same fact, but not at a march: there several are attacked on one day.

    One name, one day, two states: that one of the tags is wrong is likelier than two events of namesakes, so a quarter counts.
    """
    if not people and set(found) & ONE_DAY and not march:
        return found | {"sin_nombres": 1.0}
    known = set(people) & NAMED and found["palabras"] > (UNLIKE if "persona_completa" in people else 0)
    if known and "otra_entidad" in found and set(found) & {*ONE_DAY, "publicacion_cercana"}:
        return found | {"otra_entidad": found["otra_entidad"] / 4}
    return found


def weighed(amounts: Amounts) -> Score:
    """Return the points of amounts by rule."""
    return Score({rule: round(POINTS[rule] * amount, 1) for rule, amount in amounts.items() if amount})


def _people(note: Facts, case: Case) -> tuple[Amounts | None, bool]:
    """Return the amounts for people and whether a name is shared; None: both name people, and no one is the same."""
    leading, others = case.leading(), case.others()
    if not note.nombres or not leading:
        told = _told(case.notas, note.nombres) or _told([note], leading)
        return ({"nombre_en_texto": 1.0}, True) if told else ({}, False)
    rule = _person_rule(note, case, leading, others)
    if rule:
        return {rule: 1.0}, rule in NAMED
    if _one_in_the_other(note, case):
        return {"nombre_en_texto": 1.0}, True
    return ({}, False) if _may_be_one(note.nombres[0], leading) else (None, False)


def _person_rule(note: Facts, case: Case, leading: tuple[PersonName, ...], others: tuple[PersonName, ...]) -> str:
    """Return the strongest rule by which the note's people are the case's, or ''. Who is named first counts most."""
    lead = note.nombres[0]
    best = max((compare(lead, name) for name in leading), default=Same.NO)
    if best >= Same.PARTLY:
        return "persona_completa" if best == Same.FULLY else "persona_parcial"
    if any(_pen_name(note, name) for name in leading) or any(_pen_name(other, lead) for other in case.notas):
        return "seudonimo"
    if best == Same.SURNAME:
        return "apellido"
    pairs = [(lead, name) for name in others] + [(own, name) for own in note.nombres[1:] for name in (*leading, *others)]
    if any(compare(a, b) >= Same.PARTLY for a, b in pairs):
        return "persona_secundaria"
    return "acto_colectivo" if any(_one_collective_act(note, other) for other in case.notas) else ""


def _days_apart(a: Facts, b: Facts) -> int:
    """Return the days between the events; 0 where one of the notes does not say its day."""
    if not (a.fecha_hecho and b.fecha_hecho):
        return 0
    return abs((date.fromisoformat(a.fecha_hecho) - date.fromisoformat(b.fecha_hecho)).days)


def _anothers_attack(note: Facts, case: Case) -> bool:
    """A later note tells of other acts and names, beside the case's victim, somebody whom no note of the case names.

    Whom it tells of is that person: the sister beaten at the march for the dead one, the colleague threatened a year on.
    """
    known = (*case.leading(), *case.others())
    met = [any(compare(own, name) >= Same.PARTLY for name in known) for own in note.nombres]
    if all(met) or note.modalidades <= {act for other in case.notas for act in other.modalidades}:
        return False
    late = LIMITS["dias_reacciones"]
    return all(max(_days_apart(note, other), _unsaid_days(note, other)) > late for other in case.notas)


def _unsaid_days(a: Facts, b: Facts) -> float:
    """Return the days between the notes' own where one does not say the day of its event; else 0."""
    return 0 if a.fecha_hecho and b.fecha_hecho else days_between(a, b)


def _copies(a: Facts, b: Facts) -> bool:
    """One wire under two headlines; an organisation's alerts of other months share their wording and are no copies."""
    near = a.dia is None or b.dia is None or abs((a.dia - b.dia).days) <= LIMITS["dias_copia"]
    return near and overlap(a.trozos, b.trozos) >= COPY


def _told(notes: Sequence[Facts], names: Sequence[PersonName]) -> bool:
    """Tell whether the text of a note without victims of its own names one of `names` (the second surname may be missing)."""
    for words in (folded(name.nombre).split() for name in names):
        forms = [" ".join(form) for form in ([words] if len(words) < 3 else [words, words[:-1]])]
        if len(words) > 1 and any(_tells(note, form) for note in notes if not note.nombres for form in forms):
            return True
    return False


def _tells(note: Facts, form: str) -> bool:
    return f" {form} " in note.cabeza and not (note.nota == "hecho_nuevo" and in_passing(note.plano, form))


def _may_be_one(lead: PersonName, leading: tuple[PersonName, ...]) -> bool:
    """A single name ("Garabato") or an outlet beside its director contradicts no full name."""
    return any(name.group != lead.group or (not lead.group and 1 in (_length(name), _length(lead))) for name in leading)


def _one_in_the_other(note: Facts, case: Case) -> bool:
    """An outlet, or a pen name of one rare word, stands up front in the text that names somebody else as its victim."""
    return any(
        (name.group or _length(name) == 1) and f" {folded(name.nombre)} " in teller.cabeza and _distinctive(name)
        for one, others in ((note, case.notas), *((other, (note,)) for other in case.notas))
        for name in one.nombres[:1]
        for teller in others
    )


def _distinctive(name: PersonName) -> bool:
    """Tell whether some word of a name is as rare as names are."""
    return any(rarity(stem) >= LIMITS["rareza_de_nombre"] for stem in stems(name.nombre))


def _length(name: PersonName) -> int:
    return len(folded(name.nombre).split())


def _pen_name(note: Facts, name: PersonName) -> bool:
    """Tell whether the note says that its victim is known by `name` ("firma con el seudónimo de Lucía Nocturna")."""
    at = note.plano.find(f" {folded(name.nombre)} ")
    return at >= 0 and bool(ALIAS.search(note.plano, max(0, at - 60), at + len(name.nombre) + 60))


def _one_collective_act(a: Facts, b: Facts) -> bool:
    """One kettle holds many: other names, but the same day and place, people held, and both texts speak of the cordon."""
    if not a.fecha_hecho or a.fecha_hecho != b.fecha_hecho or "privacion_libertad" not in a.modalidades & b.modalidades:
        return False
    elsewhere = AGAINST & set(where(a, b, named=False))
    return not elsewhere and not apart(a.agresores, b.agresores) and bool(KETTLE.search(a.plano) and KETTLE.search(b.plano))
