"""Writes down who opened which restricted page (table `lecturas`)."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry.transaction import writing


def record_reading(db: Database, quien: str, ruta: str, folios: Sequence[str] = (), *, now: datetime) -> None:
    """Add one row in one transaction; `ruta` is a path without its query (a search may hold a name)."""
    with writing(db):
        db.execute(
            "INSERT INTO lecturas (cuando, quien, ruta, folios) VALUES (?, ?, ?, ?)",
            (utc_text(now), quien, ruta, json.dumps(list(folios), ensure_ascii=False)),
        )
