"""A Base is opened, changed and closed: one transaction each, held against the version that the person saw."""

from dataclasses import dataclass, fields, replace
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.bases.hours import stored
from pipeline.pages.labels import labels_of
from pipeline.registry import audit
from pipeline.registry import bases as rows
from pipeline.registry.audit import Change
from pipeline.registry.bases import Standing
from pipeline.registry.transaction import writing
from pipeline.review.changes import Hand
from pipeline.review.errors import Conflict, ReviewError

KINDS = labels_of("base_tipo")
LONGEST = 200  # characters of a place or of a body's name
MOST_BODIES = 60
MOST_PEOPLE = 100_000


@dataclass(frozen=True)
class Told:
    """What a person says of a Base; None: not said, stays as it is. `inicio` and `fin` are hours as they are typed."""

    tipo: str | None = None
    inicio: str | None = None
    fin: str | None = None
    sitio: str | None = None
    organismos: tuple[str, ...] | None = None
    personas_presentes: int | None = None


def open_base(db: Database, demonstration_id: int, told: Told, hand: Hand) -> int:
    """Open a Base for a demonstration; return its number. Raises `ReviewError` for one of that kind that stands already."""
    first = Standing("base_mpi", utc_text(hand.now))
    standing = _applied(first, told, hand)
    with writing(db):
        found = rows.demonstration(db, demonstration_id)
        if found is None:
            raise ReviewError(f"no hay movilización {demonstration_id}")
        if found["estado"] == "cancelada":
            raise ReviewError(f"«{found['nombre']}» está cancelada; cambie su estado antes de abrir una Base")
        standing_one = rows.open_one(db, demonstration_id, standing.tipo)
        if standing_one is not None and standing.fin is None:
            raise ReviewError(f"la {KINDS[standing.tipo]} de «{found['nombre']}» ya está abierta: es la {standing_one}")
        number = rows.insert_base(db, demonstration_id, standing, quien=hand.quien, now=hand.now)
        change = Change("abrir", "bases", str(number), "movilizacion_id", None, demonstration_id)
        audit.record(db, change, quien=hand.quien, now=hand.now)
    return number


def change_base(db: Database, number: int, told: Told, hand: Hand) -> int:
    """Change what is known of a Base; return its version. Raises `ReviewError`, `Conflict`."""
    with writing(db):
        row = found_base(db, number, hand)
        before = rows.standing_of(row)
        return _written(db, row, before, _applied(before, told, hand), hand)


def close_base(db: Database, number: int, told: Told, hand: Hand) -> int:
    """Close a Base, now or at `told.fin`, with what is known then; return its version. Raises `ReviewError`, `Conflict`."""
    with writing(db):
        row = found_base(db, number, hand)
        if row["fin"] is not None:
            raise ReviewError(f"la Base {number} ya está cerrada")
        before = rows.standing_of(row)
        after = _applied(replace(before, fin=utc_text(hand.now)), told, hand)
        return _written(db, row, before, after, hand)


def reopen_base(db: Database, number: int, hand: Hand) -> int:
    """Let a closed Base stand again; return its version. Raises `ReviewError`, `Conflict`."""
    with writing(db):
        row = found_base(db, number, hand)
        other = rows.open_one(db, row["movilizacion_id"], row["tipo"])
        if other is not None:
            raise ReviewError(f"la {KINDS[row['tipo']]} de esa movilización está abierta: es la {other}")
        before = rows.standing_of(row)
        return _written(db, row, before, replace(before, fin=None), hand)


def found_base(db: Database, number: int, hand: Hand | None = None) -> dict[str, Any]:
    """Return a Base. Raises `ReviewError` when there is none, `Conflict` when it is not as the person saw it."""
    row = rows.base(db, number)
    if row is None:
        raise ReviewError(f"no hay Base {number}")
    if hand is not None and hand.version not in (None, row["version"]):
        raise Conflict(f"alguien cambió la Base {number} después de que usted la abrió; vuelva a verla", row["version"])
    return row


def _applied(before: Standing, told: Told, hand: Hand) -> Standing:
    said: dict[str, Any] = {field.name: getattr(told, field.name) for field in fields(told)}
    said = {name: value for name, value in said.items() if value not in (None, "") or (name == "sitio" and value == "")}
    said |= {name: stored(said[name], hand.now) for name in ("inicio", "fin") if name in said}
    if "sitio" in said:
        said["sitio"] = _line(said["sitio"])
    if "organismos" in said:
        said["organismos"] = tuple(dict.fromkeys(name for name in map(_line, said["organismos"]) if name))
    after = replace(before, **said)
    _check(after)
    return after


def _line(text: str) -> str:
    return " ".join(text.split())


def _check(standing: Standing) -> None:
    if standing.tipo not in KINDS:
        raise ReviewError(f"«{standing.tipo}» no es uno de: {', '.join(KINDS)}")
    if standing.fin is not None and standing.fin < standing.inicio:
        raise ReviewError("la Base no puede cerrarse antes de abrirse")
    if len(standing.organismos) > MOST_BODIES:
        raise ReviewError(f"son más de {MOST_BODIES} entes")
    if max(map(len, (standing.sitio, *standing.organismos))) > LONGEST:
        raise ReviewError(f"un nombre tiene más de {LONGEST} caracteres")
    if not 0 <= (standing.personas_presentes or 0) <= MOST_PEOPLE:
        raise ReviewError("las personas presentes son un número")


def _written(db: Database, row: dict[str, Any], before: Standing, after: Standing, hand: Hand) -> int:
    if after == before:
        return int(row["version"])
    number = int(row["id"])
    version = rows.update_base(db, number, after)
    for field in fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            change = Change(_action(field.name, new), "bases", str(number), field.name, old, new)
            audit.record(db, change, quien=hand.quien, now=hand.now)
    return version


def _action(field: str, new: object) -> str:
    if field != "fin":
        return "cambiar"
    return "reabrir" if new is None else "cerrar"
