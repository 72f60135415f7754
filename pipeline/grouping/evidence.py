"""What two notes say of the when, where, what and how of their events: amounts by rule, weighed with `pesos.toml`.

Tags are often wrong or missing: a contradiction costs points and forbids nothing by itself, save what the docstrings say.
"""

import re
from datetime import date
from math import cos, hypot, inf, radians

from pipeline.grouping.facts import Facts, days_between
from pipeline.grouping.weights import LIMITS
from pipeline.grouping.words import likeness

Amounts = dict[str, float]
# Acts so rare that two of one day in one state are seldom two events.
RARE = frozenset({"asesinato", "desaparicion", "tentativa_asesinato"})
# What a headline says of a case that is already before a judge, or a year old.
STAGE = re.compile(
    r"\bsentenci|\bvincula|\bconden|\bjuez|\bjueza|\btribunal|\banos de (?:prision|carcel)|\babsuel|\baniversario|\breclasific"
    r"|\bsuspenden\b|\bsanciona|\binhabilita|\bdestituy|\bdisculpa publica|\b(?:cae|caen|capturan|detienen) (?:a )?presunt"
    r"|\ba (?:un|dos|tres|cuatro|cinco|diez) (?:anos?|meses?)\b|\brecomendacion|\bpresuntos? (?:asesin|homicid|agresor)"
)
OF_COURTS = frozenset({"acoso_judicial", "censura"})
ONE_DAY = frozenset({"mismo_dia", "dia_contiguo"})
# Rules under which two notes speak of two events: with them, a name told in passing does not hold them together.
AGAINST = frozenset(
    {"dias_cercanos", "otra_fecha", "otra_fecha_lejana", "otra_epoca", "otra_entidad", "otra_alcaldia", "otra_modalidad"}
)


def circumstances(note: Facts, other: Facts, *, named: bool, strangers: bool) -> Amounts | str:
    """Return the amounts by rule, or the contradiction that forbids the union.

    `named`: a victim's name is shared; `strangers`: no name ties the people of one note to those of the other.
    """
    found = _when(note, other, named=named)
    if isinstance(found, str):
        return found
    found |= where(note, other, named=named) | _what(note, other, named=named) | {"palabras": text_likeness(note, other)}
    if not strangers:
        return found
    common = {"nombre_propio": 1.0} if note.propios & other.propios else {}
    return found | common | contradictions(note, other)


def _when(note: Facts, other: Facts, *, named: bool) -> Amounts | str:
    """The day of the event; a new fact of another day is another event, unless it is how this one went on or ended."""
    if not (note.fecha_hecho and other.fecha_hecho):
        return _published(note, other, named=named)
    apart = abs((date.fromisoformat(note.fecha_hecho) - date.fromisoformat(other.fecha_hecho)).days)
    if apart >= LIMITS["dias_lejos"] or (apart > 1 and not named):
        return {_other_day(note, other, apart) if named else "otra_fecha": 1.0}
    if _credible(note) != _credible(other):
        return {"dia_antiguo": 1.0}
    return {{0: "mismo_dia", 1: "dia_contiguo"}.get(apart, "dias_cercanos"): 1.0}


def _credible(note: Facts) -> bool:
    """News of months ago is rarely news: the day is then one of another case that the note brings up."""
    if follows(note) or note.dia is None or not note.fecha_hecho:
        return True
    return (note.dia - date.fromisoformat(note.fecha_hecho)).days <= LIMITS["dias_creibles"]


def _other_day(note: Facts, other: Facts, apart: int) -> str:
    """One victim, two days: how the event ended, a later stage of it, or another event."""
    if _outcome(note, other):
        return "desenlace"
    if _later_stage(note, other):
        return "etapa_posterior"
    return "otra_fecha" if apart <= LIMITS["dias_reacciones"] else "otra_fecha_lejana"


def _published(note: Facts, other: Facts, *, named: bool) -> Amounts | str:
    """The days of publication, where one note does not say the day of the event."""
    apart = days_between(note, other)
    if apart == inf:
        return {} if named else "sin_fecha"
    if apart <= 7:
        return {"publicacion_cercana" if apart <= 2 else "publicacion_semana": 1.0}
    if not named:
        return "otra_epoca"
    if follows(note) or follows(other):
        return {"etapa_lejana": 1.0}
    return {} if apart <= LIMITS["dias_reacciones"] else {"otra_epoca": 1.0}


def follows(note: Facts) -> bool:
    """A follow-up, or a note whose headline speaks of courts and anniversaries though its tag says that it is news."""
    return note.nota == "seguimiento" or (not note.modalidades & OF_COURTS and bool(STAGE.search(note.encabezado)))


def _later_stage(note: Facts, other: Facts) -> bool:
    """A follow-up may carry the day of its own stage (a ruling): a later day than the act's, never an earlier one."""
    first, last = sorted((note, other), key=lambda one: one.fecha_hecho or "")
    retells = last.nota == "seguimiento" or bool(last.modalidades & first.modalidades)
    return follows(last) and retells and first.orden <= last.orden


def _outcome(note: Facts, other: Facts) -> bool:
    """A killing that carries the earlier act in its chain (threat, disappearance), or a second report of one death."""
    lost = note.clase == "privacion_vida"
    return lost and (other.clase == "privacion_vida" or bool(note.modalidades & other.modalidades))


def where(note: Facts, other: Facts, *, named: bool) -> Amounts:
    """The place; another borough speaks against one event only where no name is shared."""
    if note.entidad and other.entidad and note.entidad != other.entidad:
        return {"otra_entidad": 1.0}
    if note.alcaldia and other.alcaldia and note.alcaldia != other.alcaldia:
        return {} if named else {"otra_alcaldia": 1.0}
    if note.alcaldia and note.alcaldia == other.alcaldia:
        return {"misma_alcaldia": 1.0}
    return {"misma_entidad": 1.0} if note.entidad and note.entidad == other.entidad else {}


def _what(note: Facts, other: Facts, *, named: bool) -> Amounts:
    """Modality and perpetrator; without a common name another modality or kind of victim speaks against one event."""
    union = note.modalidades | other.modalidades
    common = note.modalidades & other.modalidades
    found = {"modalidad": len(common) / len(union)} if common else {}
    if common & RARE:
        found["acto_raro"] = 1.0
    if note.agresores & other.agresores:
        found["agresor"] = 1.0
    if named:
        return found
    if note.modalidades and other.modalidades and not common:
        found["otra_modalidad"] = 1.0
    if apart(note.tipos, other.tipos):
        found["otro_tipo"] = 1.0
    return found


def text_likeness(note: Facts, other: Facts) -> float:
    """Return how far the texts are more alike than notes of two events are; less alike speaks against one event."""
    alike = likeness(note.palabras, other.palabras, (note.largo, other.largo)) - LIMITS["parecido_ajeno"]
    return max(-LIMITS["parecido_minimo"], min(LIMITS["parecido_maximo"], alike))


def contradictions(note: Facts, other: Facts) -> Amounts:
    """What speaks against one event where no name says so: other hands, another kind of person, another corner.

    One march on one day has many victims: the photographer gassed by hooded people is not the reporter beaten by police.
    """
    against = {
        "otro_agresor": apart(note.agresores, other.agresores),
        "otro_genero": apart(note.generos, other.generos),
        "otro_oficio": apart(note.oficios, other.oficios),
        "otro_sitio": note.punto is not None
        and other.punto is not None
        and _kilometres(note.punto, other.punto) > LIMITS["kilometros_lejos"],
        "otra_movilizacion": note.movilizacion != other.movilizacion,
    }
    return {rule: 1.0 for rule, holds in against.items() if holds}


def apart(a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether both sides say something and nothing of it is common."""
    return bool(a and b) and not a & b


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two points (latitude, longitude) of one city."""
    return 111.2 * hypot(a[0] - b[0], (a[1] - b[1]) * cos(radians(a[0])))
