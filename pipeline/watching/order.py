"""What `vigilar` was asked, which sources a cycle reads, and the order that its process of its own gets."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawlers.fuente import Fuente, row_of
from pipeline.errores import ErrorDeUso
from pipeline.notices.channels import Channel
from pipeline.notices.send import NoticeOrder
from pipeline.registry.demonstrations import Demonstration
from pipeline.reloj import Clock, Fixed


@dataclass(frozen=True)
class WatchOrder:
    """What `vigilar` was asked: `until` is when to end at the latest, `channels` who is told of what a Base should know.

    `delay` is the courtesy, `patience` how long one answer may take, in seconds.
    """

    registro: Path
    catalogue: Sequence[Fuente]
    now: Clock
    every: timedelta = timedelta(minutes=5)
    until: datetime | None = None
    once: bool = False
    channels: Sequence[Channel] = ()
    notice: NoticeOrder = field(default_factory=NoticeOrder)
    delay: float = 1.0
    patience: float = 30.0
    replay: Path | None = None
    allow_local: bool = False
    contact: str = ""


def chosen(catalogue: Sequence[Fuente], demonstrations: Sequence[Demonstration]) -> list[Fuente]:
    """Return the sources of a cycle: those that the demonstrations name; where one names none, every one with a feed.

    Each is read by its feed alone, else by its section: maps and catching up are left to the run of the day. A source that
    was switched off is not read. Raises `ErrorDeUso` when none is left.
    """
    named = {name for one in demonstrations for name in one.fuentes}
    every = any(not one.fuentes for one in demonstrations)
    wanted = [one for one in catalogue if one.activa and (one.id in named or (every and one.rss))]
    short = [replace(one, seccion_url="" if one.rss else one.seccion_url, sitemap="") for one in wanted]
    read = [one for one in short if one.rss or one.seccion_url]
    if not read:
        raise ErrorDeUso("ninguna de las fuentes que se vigilan está activa y tiene canal o sección")
    return read


def written(order: WatchOrder, demonstrations: Sequence[Demonstration], sources: Sequence[Fuente]) -> str:
    """Return the order of one cycle as a line of JSON; a clock that stands goes along."""
    told: dict[str, Any] = {
        "registro": str(order.registro),
        "catalogo": [row_of(one) for one in order.catalogue],
        "fuentes": [row_of(one) for one in sources],
        "movilizaciones": [one.id for one in demonstrations],
        "cada": order.every.total_seconds() / 60,
        "ahora": order.now().isoformat() if isinstance(order.now, Fixed) else None,
        "cortesia": order.delay,
        "espera": order.patience,
        "reproducir": str(order.replay) if order.replay else None,
        "locales": order.allow_local,
        "contacto": order.contact,
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def sources_of(rows: Sequence[dict[str, str]]) -> list[Fuente]:
    """Return the sources of an order's rows."""
    return [Fuente(**{**row, "activa": row["activa"] == "1"}) for row in rows]  # type: ignore[arg-type] # row_of gives texts
