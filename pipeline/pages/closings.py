"""The closed reports on a page: each version as it was signed, what changed to it, and the period's figure of now."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from datasette.app import Datasette
from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.figures.m1 import Figura, measure
from pipeline.pages.access import DATABASE
from pipeline.periodos import Periodo, parse_period
from pipeline.reports.changes import differences
from pipeline.reports.store import closings, signed_bytes, signed_versions

VIEW, KEPT = "v_cierres", "cierres"  # the figures, and the table that keeps the documents
FORMS = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
Row = dict[str, Any]


@dataclass(frozen=True)
class Closed:
    """A period's closings: rows of `v_cierres`, newest first; `cambios` by version what differs from the one before it.

    A change is (table, row, column, signed before, signed then). `ahora` is the period's figure today.
    """

    periodo: Periodo
    versiones: list[Row]
    cambios: dict[int, tuple[tuple[str, ...], ...]]
    ahora: Figura

    @property
    def firmado(self) -> Row:
        """The version that holds."""
        return self.versiones[0]

    @property
    def igual(self) -> bool:
        """Whether the newest signed figures are still those of now."""
        names = ("registros", "registros_anterior", "m1", "m1_provisional")
        return all(self.firmado[name] == getattr(self.ahora, name) for name in names)


def read_closings(db: Database) -> list[Closed]:
    """Return the closed periods, the newest first."""
    by_period: dict[str, list[Row]] = {}
    for row in closings(db):
        by_period.setdefault(row["periodo"], []).append(row)
    if not by_period:
        return []
    periods, kept = [parse_period(key) for key in by_period], signed_versions(db)
    figures = measure(db, periods)
    found = []
    for period, figure in zip(periods, figures, strict=True):
        versions = kept[period.clave]
        changes = {new.version: differences(old, new.cuadros) for old, new in pairwise(versions)}
        found.append(Closed(period, by_period[period.clave], changes, figure))
    return found


async def closed_reports(site: Datasette, today: date) -> list[Closed]:
    """Return the closed periods, kept until somebody writes."""

    def read(connection: sqlite3.Connection) -> list[Closed]:
        return read_closings(Database(connection))

    found: list[Closed] = await site.get_database(DATABASE).kept(f"cierres {today}", read)
    return found


async def signed_file(site: Datasette, period: str, version: int, form: str) -> bytes:
    """Return a closed report byte for byte as it was signed. Raises `ErrorDeUso` if there is none, or it is damaged."""

    def read(connection: sqlite3.Connection) -> bytes | str:  # what is raised there Datasette prints
        try:
            return signed_bytes(Database(connection), period, version, f".{form}")
        except ErrorDeUso as error:
            return error.message

    found: bytes | str = await site.get_database(DATABASE).execute_fn(read)
    if isinstance(found, str):
        raise ErrorDeUso(found)
    return found
