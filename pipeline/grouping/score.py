"""Is a note about the event of a finding? Points for people, date, place, act and words; some contradictions forbid it.

The rules, with the cases they come from, stand in the docstrings; the weights are data (`pesos.toml`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import cos, hypot, radians

from pipeline.grouping.facts import COPY, Facts, overlap
from pipeline.grouping.names import PersonName, Same, compare, fold
from pipeline.grouping.weights import JOIN, LIMITS, NEAR_MISS, POINTS

# Acts so rare that two of one day in one state are seldom two events.
RARE = frozenset({"asesinato", "desaparicion", "tentativa_asesinato"})
ALIAS = re.compile(r"seudonimo|alias|conocid[oa] como|firma como|firmad[oa]|apodad[oa]|mejor conocid|nombre de pluma")
KETTLE = re.compile(r"\bencapsul|\bcapsula|\bcerco\b|\bcercan\b|\bcercad[oa]s\b|\breplegad")


@dataclass(frozen=True)
class Case:
    """A finding as grouping sees it: its folio and its notes, the earliest first."""

    folio: str
    notas: tuple[Facts, ...]

    def leading(self) -> tuple[PersonName, ...]:
        """The victims that some note names first."""
        return tuple(dict.fromkeys(note.nombres[0] for note in self.notas if note.nombres))

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
    copies = [other for other in case.notas if _copies(note, other)] if named or not people else []
    if copies:
        against = {} if people else _contradictions(note, copies[0])
        return Score({**people, "copia": POINTS["copia"], **against})
    every = [_circumstances(note, other, named=named, strangers=not people) for other in case.notas]
    allowed = [one for one in every if not one.veto]
    if not allowed or ("persona_secundaria" in people and len(allowed) < len(every)):
        return Score(veto=next(one.veto for one in every if one.veto))
    return Score({**people, **max(allowed, key=lambda one: one.puntos).reglas})


def _people(note: Facts, case: Case) -> tuple[dict[str, float] | None, bool]:
    """Return the points for people and whether a name is shared; None: both name people, and no one is the same."""
    leading, others = case.leading(), case.others()
    if not note.nombres or not leading:
        told = _told(case.notas, note.nombres) or _told([note], leading)
        return ({"nombre_en_texto": POINTS["nombre_en_texto"]}, True) if told else ({}, False)
    rule = _person_rule(note, case, leading, others)
    if rule:
        return {rule: POINTS[rule]}, rule in ("persona_completa", "persona_parcial", "seudonimo")
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


def _copies(a: Facts, b: Facts) -> bool:
    """One wire under two headlines; an organisation's alerts of other months share their wording and are no copies."""
    near = a.dia is None or b.dia is None or abs((a.dia - b.dia).days) <= LIMITS["dias_copia"]
    return near and overlap(a.trozos, b.trozos) >= COPY


def _told(notes: Sequence[Facts], names: Sequence[PersonName]) -> bool:
    """Tell whether the text of a note without victims of its own names one of `names` (the second surname may be missing)."""
    for words in (fold(name.nombre).split() for name in names):
        forms = [words] if len(words) < 3 else [words, words[:-1]]
        if len(words) > 1 and any(f" {' '.join(form)} " in note.plano for note in notes for form in forms if not note.nombres):
            return True
    return False


def _may_be_one(lead: PersonName, leading: tuple[PersonName, ...]) -> bool:
    """A single name ("Garabato") or an outlet beside its director contradicts no full name."""
    return any(name.group != lead.group or (not lead.group and 1 in (_length(name), _length(lead))) for name in leading)


def _length(name: PersonName) -> int:
    return len(fold(name.nombre).split())


def _pen_name(note: Facts, name: PersonName) -> bool:
    """Tell whether the note says that its victim is known by `name` ("firma con el seudónimo de Lucía Nocturna")."""
    at = note.plano.find(f" {fold(name.nombre)} ")
    return at >= 0 and bool(ALIAS.search(note.plano, max(0, at - 60), at + len(name.nombre) + 60))


def _one_collective_act(a: Facts, b: Facts) -> bool:
    """One kettle holds many: other names, but the same day, place, act and hands, and both texts speak of the cordon."""
    same = a.fecha_hecho and a.fecha_hecho == b.fecha_hecho and a.modalidades == b.modalidades and a.alcaldia == b.alcaldia
    if not (same and a.entidad == b.entidad and a.agresores == b.agresores and "privacion_libertad" in a.modalidades):
        return False
    return bool(KETTLE.search(a.plano) and KETTLE.search(b.plano))


def _circumstances(note: Facts, other: Facts, *, named: bool, strangers: bool) -> Score:
    """Date, place, act and words of two notes; without a common name each of them must fit.

    `strangers`: nothing ties the people of one to those of the other.
    """
    words = overlap(note.palabras, other.palabras)
    rules = {"palabras": POINTS["palabras"] * max(0.0, words - 0.1)}
    veto = _date(note, other, named, rules) or _place(note, other, named, rules) or _act(note, other, named, rules)
    if strangers:
        rules |= _contradictions(note, other)
    if not veto and not named and words < LIMITS["palabras_minimas"]:
        veto = "texto_ajeno"
    return Score({rule: round(points, 1) for rule, points in rules.items() if points}, veto)


def _date(note: Facts, other: Facts, named: bool, rules: dict[str, float]) -> str:
    """Add points for the date; a new fact of another day is another event, unless it is how this one ended."""
    follows = note.nota == "seguimiento" or other.nota == "seguimiento"
    if note.fecha_hecho and other.fecha_hecho:
        apart = _days(note.fecha_hecho, other.fecha_hecho)
        rule = {0: "mismo_dia", 1: "dia_contiguo"}.get(apart) or ("dias_cercanos" if apart < LIMITS["dias_lejos"] else "")
        if rule and (named or apart <= 1):
            rules[rule] = POINTS[rule]
            return ""
        if named and (_later_stage(note, other) or _outcome(note, other)):
            rules["desenlace"] = POINTS["desenlace"] if _outcome(note, other) else POINTS["etapa_posterior"]
            return ""
        return "otra_fecha"
    if note.dia is None or other.dia is None:
        return "" if named else "sin_fecha"
    apart = abs((note.dia - other.dia).days)
    if apart <= 7:
        rules["publicacion_cercana"] = POINTS["publicacion_cercana"] if apart <= 2 else POINTS["dias_cercanos"]
    elif not named or (not follows and apart > LIMITS["dias_reacciones"]):
        return "otra_epoca"
    return ""


def _later_stage(note: Facts, other: Facts) -> bool:
    """A follow-up may carry the day of its own stage (a ruling): a later day than the act's, never an earlier one."""
    first, last = sorted((note, other), key=lambda one: one.fecha_hecho or "")
    return last.nota == "seguimiento" and first.orden <= last.orden


def _outcome(note: Facts, other: Facts) -> bool:
    """A killing that carries the earlier act in its chain (threat, disappearance), or a second report of one death."""
    lost = note.clase == "privacion_vida"
    return lost and (other.clase == "privacion_vida" or bool(note.modalidades & other.modalidades))


def _place(note: Facts, other: Facts, named: bool, rules: dict[str, float]) -> str:
    """Add points for the place; another state forbids the union, another borough only where no name is shared."""
    if note.entidad and other.entidad and note.entidad != other.entidad:
        return "otra_entidad"
    if note.alcaldia and other.alcaldia and note.alcaldia != other.alcaldia:
        return "" if named else "otra_alcaldia"
    if note.alcaldia and note.alcaldia == other.alcaldia:
        rules["misma_alcaldia"] = POINTS["misma_alcaldia"]
    elif note.entidad and note.entidad == other.entidad:
        rules["misma_entidad"] = POINTS["misma_entidad"]
    return ""


def _act(note: Facts, other: Facts, named: bool, rules: dict[str, float]) -> str:
    """Add points for modality and perpetrator; without a common name some modality and victim kind must be shared."""
    union = note.modalidades | other.modalidades
    common = note.modalidades & other.modalidades
    if union:
        rules["modalidad"] = POINTS["modalidad"] * len(common) / len(union)
    if common & RARE:
        rules["acto_raro"] = POINTS["acto_raro"]
    if note.agresores & other.agresores:
        rules["agresor"] = POINTS["agresor"]
    if named:
        return ""
    if union and not common:
        return "otra_modalidad"
    return "otro_tipo_de_victima" if note.tipos and other.tipos and not note.tipos & other.tipos else ""


def _contradictions(note: Facts, other: Facts) -> dict[str, float]:
    """Return what speaks against one event where no name says so: other hands, another kind of person, another corner.

    One march on one day has many victims: the photographer gassed by hooded people is not the reporter beaten by police.
    """
    against = {
        "otro_agresor": _apart(note.agresores, other.agresores),
        "otro_genero": _apart(note.generos, other.generos),
        "otro_oficio": _apart(note.oficios, other.oficios),
        "otro_sitio": note.punto is not None
        and other.punto is not None
        and _kilometres(note.punto, other.punto) > LIMITS["kilometros_lejos"],
        "otra_movilizacion": note.movilizacion != other.movilizacion,
    }
    return {rule: POINTS[rule] for rule, holds in against.items() if holds}


def _apart(a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether both sides say something and nothing of it is common."""
    return bool(a and b) and not a & b


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two points (latitude, longitude) of one city."""
    return 111.2 * hypot(a[0] - b[0], (a[1] - b[1]) * cos(radians(a[0])))


def _days(a: str, b: str) -> int:
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)
