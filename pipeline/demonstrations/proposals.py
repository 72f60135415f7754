"""What is proposed to be watched: the same announcement once, accepted or dismissed by a person, expired by itself."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from rapidfuzz.fuzz import token_set_ratio
from sqlite_utils import Database

from crawlers.fechas import MEXICO
from nlp.plegado import fold
from pipeline.demonstrations.announcement import ARROW
from pipeline.demonstrations.changes import create
from pipeline.demonstrations.draft import Draft
from pipeline.demonstrations.places import LONGEST, route
from pipeline.registry import audit
from pipeline.registry import demonstrations as stored
from pipeline.registry import proposals as rows
from pipeline.registry.audit import Change
from pipeline.registry.demonstrations import Demonstration, Point, stored_value
from pipeline.registry.proposals import ACCEPTED, DISMISSED, OPEN, Proposal
from pipeline.registry.transaction import writing
from pipeline.reloj import mexico_day
from pipeline.review.changes import Hand
from pipeline.review.errors import ReviewError

TABLE = "movilizaciones_propuestas"
SAME_NAME, SAME_PLACE_AND_HOUR = 85, 40  # token_set_ratio of two names: alone, and with the place and hour of both equal
# Words that the names of many demonstrations share.
COMMON = re.compile(
    r"\b(?:marcha|movilizacion|concentracion|planton|colectiv[oa]s?|integrantes|de|del|la|el|los|las|en|por|y|a|con|para)\b"
)


@dataclass(frozen=True)
class Offer:
    """What is to be proposed; `clave` the same for the same thing seen twice, made from the rest where it is empty."""

    nombre: str
    dia: date
    origen: str
    hora: str | None = None
    fin: datetime | None = None
    sitio: str = ""
    alcaldia: str | None = None
    riesgo_esperado: str = "sin_determinar"
    convocantes: tuple[str, ...] = ()
    causa: str = ""
    noticia_id: int | None = None
    uid: str | None = None
    clave: str = ""


def offer(db: Database, what: Offer, now: datetime) -> bool:
    """Propose it inside the caller's transaction unless its day is over or it is known; return whether it is new.

    A known one that still waits takes the hour or place that it lacked.
    """
    if what.dia < mexico_day(now) or _is_watched(db, what):
        return False
    key = what.clave or f"{what.origen}:{what.dia}:{what.hora or ''}:{_bare(what.nombre)}:{_bare(what.sitio)}"[:400]
    known = rows.by_key(db, key) or (_alike(db, what) if not what.clave else None)
    if known is not None:
        missing = {
            name: value for name in ("hora", "sitio", "alcaldia") if not getattr(known, name) and (value := getattr(what, name))
        }
        if missing and known.estado == OPEN:
            rows.update(db, known.id, missing)
        return False
    values = {name: stored_value(value) for name, value in asdict(what).items()}
    rows.insert(db, values | {"clave": key, "caduca": what.dia.isoformat()}, now)
    return True


def accept(db: Database, number: int, hand: Hand) -> Demonstration:
    """Make a demonstration of a proposal and return it. Raises `ReviewError` when it was decided before, or cannot be one."""
    with writing(db):
        found = undecided(db, number)
        made = create(db, draft_of(found), hand, origen=found.origen, noticia_id=found.noticia_id, uid=found.uid or "")
        rows.decide(db, number, ACCEPTED, quien=hand.quien, now=hand.now, movilizacion_id=made.id)
        audit.record(db, Change("aceptar", TABLE, str(number), "estado", OPEN, ACCEPTED), quien=hand.quien, now=hand.now)
    return made


def dismiss(db: Database, number: int, hand: Hand) -> None:
    """Put a proposal away: the same announcement does not come back. Raises `ReviewError` when it was decided before."""
    with writing(db):
        undecided(db, number)
        rows.decide(db, number, DISMISSED, quien=hand.quien, now=hand.now)
        audit.record(db, Change("descartar", TABLE, str(number), "estado", OPEN, DISMISSED), quien=hand.quien, now=hand.now)


def undecided(db: Database, number: int) -> Proposal:
    """Return a proposal that nobody decided on. Raises `ReviewError`."""
    found = rows.get(db, number)
    if found is None:
        raise ReviewError(f"no hay propuesta {number}")
    if found.estado != OPEN:
        raise ReviewError(f"la propuesta {number} ya está {found.estado}")
    return found


def draft_of(found: Proposal) -> Draft:
    """Return the demonstration that a proposal is about; without its hour, the day alone."""
    start: datetime | date = found.dia
    if found.hora:
        start = datetime.combine(found.dia, time.fromisoformat(found.hora), tzinfo=MEXICO)
    return Draft(
        nombre=found.nombre,
        inicio=start,
        fin=found.fin,
        convocantes=found.convocantes,
        causa=found.causa,
        recorrido=site_route(found.sitio),
        alcaldia=found.alcaldia,
        riesgo_esperado=found.riesgo_esperado,
    )


def site_route(sitio: str) -> tuple[Point, ...]:
    """Return the points of a place told in one line, the places of a route joined by arrows."""
    return route([part.replace("|", " ")[:LONGEST] for part in sitio.split(ARROW.strip())])


def _is_watched(db: Database, what: Offer) -> bool:
    """Tell whether the demonstration is already one: by its calendar's identifier, or by its name and hour on that day."""
    if what.uid and stored.by_uid(db, what.uid) is not None:
        return True
    span = stored.list_days(db, what.dia, what.dia + timedelta(0))
    return any(_same_hour(what.hora, _local_hour(one)) and _like(what.nombre, one.nombre) >= SAME_NAME for one in span)


def _alike(db: Database, what: Offer) -> Proposal | None:
    """Return the proposal of the same day that tells the same, as another outlet words it."""
    for known in rows.of_day(db, what.dia):
        if not _same_hour(what.hora, known.hora):
            continue
        like = _like(what.nombre, known.nombre)
        place = bool(what.hora and known.hora and what.sitio) and _bare(what.sitio) == _bare(known.sitio)
        if like >= SAME_NAME or (place and like >= SAME_PLACE_AND_HOUR):
            return known
    return None


def _same_hour(one: str | None, other: str | None) -> bool:
    return not one or not other or one == other


def _local_hour(one: Demonstration) -> str | None:
    return one.inicio.astimezone(MEXICO).strftime("%H:%M") if one.hora_sabida else None


def _like(one: str, other: str) -> float:
    a, b = _bare(one), _bare(other)
    return float(token_set_ratio(a, b)) if a and b else 0.0


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", COMMON.sub(" ", fold(text))))
