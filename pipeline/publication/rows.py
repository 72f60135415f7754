"""The public tables' rows, as every file of the publication holds them."""

from collections import Counter
from collections.abc import Iterator

from sqlite_utils import Database

from pipeline.figures.export_files import Cell, Tabla
from pipeline.publication.counts import SIGNED, Cifras
from pipeline.publication.months import months_in
from pipeline.publication.tables import Clave, tables
from pipeline.publication.texts import columns

PUBLISHED, RESERVED, UNDEFINED = "publicada", "reservada", "no definida"
SIGNED_TABLE = "indicador_firmado"
# A figure to be written: its key, how it reads, its value, and what it is called without one.
Fila = tuple[Clave, str, float | None, str]


def public_tables(cifras: Cifras, reserved: frozenset[Clave], m1: dict[str, float | None]) -> list[Tabla]:
    """Return every declared table; a reserved figure has no value; M1 stands only where all that it comes from does."""
    rows: dict[str, list[Fila]] = {name: [] for name in tables()}
    for key, one in cifras.items():
        rows[key.cuadro].append((key, one.etiqueta, None if key in reserved else one.valor, RESERVED))
    hidden = {key.periodo for key in reserved if key.cuadro == SIGNED_TABLE}
    for period in dict.fromkeys(key.periodo for key in cifras if key.cuadro == SIGNED_TABLE):
        missing = RESERVED if period in hidden else UNDEFINED
        value = None if period in hidden else m1.get(period)
        rows[SIGNED_TABLE].append((Clave(SIGNED_TABLE, period, "m1"), "M1, en por ciento", value, missing))
    return [Tabla(name, tuple(columns()), list(in_order(found))) for name, found in rows.items()]


def in_order(found: list[Fila]) -> Iterator[tuple[Cell, ...]]:
    """Yield a table's rows in the order of the columns, period by period, each with its place in its period."""
    places: Counter[str] = Counter()
    for key, label, value, missing in sorted(found, key=lambda row: months_in(row[0].periodo)[::-1]):
        places[key.periodo] += 1
        year = int(months_in(key.periodo)[-1][:4])
        state = missing if value is None else PUBLISHED
        yield year, key.periodo, places[key.periodo], key.renglon, label, value, state


def signed_m1(db: Database) -> dict[str, float | None]:
    """Return M1 of each closed period, as it was signed."""
    return {row["periodo"]: row["m1"] for row in db.query(SIGNED)}
