"""Files of figures and findings asked for on a page: the very bytes that `hallazgos exportar` writes."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from datasette.app import Datasette
from sqlite_utils import Database

from pipeline.errores import ErrorDeUso
from pipeline.figures.export_files import WRITERS, Tabla
from pipeline.figures.exports import comparison_tables, findings, folios_of, with_columns
from pipeline.pages.access import DATABASE
from pipeline.periodos import parse_period

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
}
YEARS = range(1900, 9999)
Tables = Callable[[Database], list[Tabla]]


@dataclass(frozen=True)
class Exported:
    """A file: its name and bytes; `folios` are the findings whose names stand in it."""

    name: str
    content: bytes
    folios: tuple[str, ...] = ()


async def comparison_file(site: Datasette, args: Mapping[str, str], form: str) -> Exported:
    """Return the comparison of `anio` against `contra` (empty: the year before). Raises `ErrorDeUso` for what is no year."""
    year = year_of(args, "anio")
    against = year_of(args, "contra") if args.get("contra") else year - 1
    tables = await _read(site, lambda db: comparison_tables(db, year, against))
    return Exported(f"comparativo-{year}-{against}.{form}", WRITERS[f".{form}"](tables))


async def findings_file(site: Datasette, args: Mapping[str, str], form: str, *, names: bool) -> Exported:
    """Return the findings of `periodo` (empty: all). Raises `ErrorDeUso` for what is no period."""
    period = parse_period(args["periodo"]) if args.get("periodo") else None
    tables = await _read(site, lambda db: with_columns(findings(db, period, names=names)))
    told = "-".join(["hallazgos", *([period.clave] if period else []), *(["con-nombres"] if names else [])])
    folios = tuple(folios_of(tables[0])) if names else ()
    return Exported(f"{told}.{form}", WRITERS[f".{form}"](tables), folios)


def year_of(args: Mapping[str, str], name: str) -> int:
    """Return a year of the address. Raises `ErrorDeUso`."""
    text = args.get(name) or ""
    if not (text.isdecimal() and len(text) == 4 and int(text) in YEARS):
        raise ErrorDeUso(f"{name}: «{text}» no es un año")
    return int(text)


async def _read(site: Datasette, tables: Tables) -> list[Tabla]:
    def read(connection: sqlite3.Connection) -> list[Tabla] | str:  # what is raised there Datasette prints
        try:
            return tables(Database(connection))
        except ErrorDeUso as error:
            return error.message

    found: list[Tabla] | str = await site.get_database(DATABASE).execute_fn(read)
    if isinstance(found, str):
        raise ErrorDeUso(found)
    return found
