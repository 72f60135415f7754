"""The log of a Base as it is printed: its entries by hour, what was done from each, and how many of each kind."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from pipeline.bases.entries import KINDS
from pipeline.bases.standing import found_base
from pipeline.pages.labels import json_list
from pipeline.registry import bases as rows

LATE = timedelta(minutes=10)  # an entry that came so long after its hour says when it came


@dataclass(frozen=True)
class Log:
    """A Base's row, its entries (each with `atenciones` and `tarde`), what was done apart from any, and counts by kind."""

    base: Mapping[str, Any]
    entries: list[dict[str, Any]]
    apart: list[dict[str, Any]]
    counts: list[tuple[str, int]]
    organismos: list[str] = field(default_factory=list)

    def folios(self) -> list[str]:
        """Return the findings that the log speaks of."""
        told = {row["folio"] for row in (*self.entries, *self.apart)}
        return sorted(folio for folio in told if folio)


def gather(db: Database, base_id: int) -> Log:
    """Return the log of a Base. Raises `ReviewError` when there is none."""
    base = found_base(db, base_id)
    done: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for attention in rows.attentions(db, base_id):
        done[attention["registro_base"]].append(attention)
    entries = [row | {"atenciones": done[row["uuid"]], "tarde": _late(row)} for row in rows.entries(db, base_id)]
    kinds = Counter(row["tipo"] for row in entries)
    counts = [(kind, kinds[kind]) for kind in KINDS if kinds[kind]]
    return Log(base, entries, done[None], counts, json_list(base["organismos"]) or [])


def _late(row: Mapping[str, Any]) -> bool:
    return datetime.fromisoformat(row["recibido_en"]) - datetime.fromisoformat(row["hora"]) > LATE
