"""What a calendar's events come to: proposals, changes of earlier ones, changes of demonstrations; never a second one."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlite_utils import Database

from crawlers.fechas import MEXICO
from pipeline.demonstrations.changes import cancel, change
from pipeline.demonstrations.ical_in import Told
from pipeline.demonstrations.ical_out import day_after
from pipeline.demonstrations.proposals import Offer, dismiss, offer
from pipeline.registry import demonstrations as stored
from pipeline.registry import proposals as rows
from pipeline.registry.demonstrations import CANCELLED, Demonstration, stored_value
from pipeline.registry.proposals import OPEN, Proposal
from pipeline.registry.transaction import writing
from pipeline.reloj import mexico_day
from pipeline.review.changes import Hand

NEW, CHANGED, CANCELLED_NOW, SAME, OVER, STALE = "nuevas", "cambiadas", "canceladas", "iguales", "pasadas", "atrasadas"


def take_in(db: Database, events: Iterable[Told], hand: Hand) -> Counter[str]:
    """Take events in, all or none; return how many came to each end. Raises `ReviewError` for one that cannot be stored.

    What the calendar says changes a demonstration only where it differs from what the calendar said before: what a person
    changed here meanwhile stays.
    """
    ends: Counter[str] = Counter()
    with writing(db):
        for told in events:
            known, kept = rows.by_key(db, _key(told)), stored.by_uid(db, told.uid)
            if known is not None:
                ends[_again(db, told, known, hand)] += 1
            elif kept is not None:
                ends[_ours(db, told, kept, hand)] += 1
            else:
                ends[_first(db, told, hand)] += 1
    return ends


def _key(told: Told) -> str:
    return f"calendario:{told.uid}"


def _first(db: Database, told: Told, hand: Hand) -> str:
    if told.dia < mexico_day(hand.now) or told.cancelled:
        return OVER if not told.cancelled else CANCELLED_NOW
    return NEW if offer(db, _offer(told), hand.now) else SAME


def _offer(told: Told) -> Offer:
    return Offer(
        nombre=told.nombre,
        dia=told.dia,
        origen="calendario",
        hora=told.hora,
        fin=told.fin,
        sitio=told.sitio,
        causa=told.causa,
        uid=told.uid,
        clave=_key(told),
    )


def _again(db: Database, told: Told, known: Proposal, hand: Hand) -> str:
    """An event that was taken in before: what it says anew goes to its proposal and to what came of it."""
    if told.cancelled:
        return _called_off(db, known, hand)
    now_said = {name: getattr(told, name) for name in ("nombre", "dia", "hora", "fin", "sitio")}
    differs = {name for name, value in now_said.items() if value != getattr(known, name)}
    if not differs:
        return SAME
    columns = {name: stored_value(value) for name, value in now_said.items()}
    rows.update(db, known.id, columns | {"caduca": told.dia.isoformat()})
    if known.movilizacion_id is not None:
        fields: dict[str, object] = {}
        if differs & {"dia", "hora"}:
            fields["inicio"] = told.inicio
        fields |= {name: now_said[name] for name in differs & {"nombre", "fin"}}
        change(db, known.movilizacion_id, fields, hand)
    return CHANGED


def _called_off(db: Database, known: Proposal, hand: Hand) -> str:
    if known.estado == OPEN:
        dismiss(db, known.id, hand)
        return CANCELLED_NOW
    kept = stored.get(db, known.movilizacion_id) if known.movilizacion_id is not None else None
    if kept is None or kept.estado == CANCELLED:
        return SAME
    cancel(db, kept.id, hand, "cancelada en el calendario")
    return CANCELLED_NOW


def _ours(db: Database, told: Told, kept: Demonstration, hand: Hand) -> str:
    """An event that went out of here: one older than what is stored changes nothing."""
    if told.sequence < kept.version - 1:
        return STALE
    if told.cancelled:
        if kept.estado != CANCELLED:
            cancel(db, kept.id, hand, "cancelada en el calendario")
            return CANCELLED_NOW
        return SAME
    start = kept.inicio if kept.hora_sabida else kept.dia
    said: dict[str, object] = {"nombre": told.nombre, "inicio": told.inicio, "fin": told.fin}
    was: dict[str, object] = {"nombre": kept.nombre, "inicio": start, "fin": _end_as_written(kept)}
    differs = {name: value for name, value in said.items() if value != was[name]}
    if differs:
        change(db, kept.id, differs, hand)
    return CHANGED if differs else SAME


def _end_as_written(kept: Demonstration) -> object:
    """Return the end as the calendar's file tells it: of whole days, the end of the last day, and none for a single one."""
    if kept.fin is None or kept.hora_sabida:
        return kept.fin
    after = day_after(kept.fin)
    return None if after == kept.dia + timedelta(days=1) else datetime.combine(after, time(), tzinfo=MEXICO)
