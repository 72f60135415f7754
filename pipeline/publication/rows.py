"""The public tables' rows, as every file of the publication holds them."""

from sqlite_utils import Database

from pipeline.figures.export_files import Cell, Tabla
from pipeline.publication.counts import SIGNED, Cifras
from pipeline.publication.months import months_in
from pipeline.publication.tables import Clave, tables
from pipeline.publication.texts import columns

PUBLISHED, RESERVED, UNDEFINED = "publicada", "reservada", "no definida"
SIGNED_TABLE = "indicador_firmado"


def public_tables(cifras: Cifras, reserved: frozenset[Clave], m1: dict[str, float | None]) -> list[Tabla]:
    """Return every declared table; a reserved figure has no value; M1 stands only where all that it comes from does."""
    rows: dict[str, list[tuple[Cell, ...]]] = {name: [] for name in tables()}
    for key, one in cifras.items():
        rows[key.cuadro].append(row_of(key, one.etiqueta, None if key in reserved else one.valor))
    hidden = {key.periodo for key in reserved if key.cuadro == SIGNED_TABLE}
    for period in dict.fromkeys(key.periodo for key in cifras if key.cuadro == SIGNED_TABLE):
        missing = RESERVED if period in hidden else UNDEFINED
        value = None if period in hidden else m1.get(period)
        rows[SIGNED_TABLE].append(row_of(Clave(SIGNED_TABLE, period, "m1"), "M1, en por ciento", value, missing))
    rows[SIGNED_TABLE].sort(key=by_period)
    return [Tabla(name, tuple(columns()), found) for name, found in rows.items()]


def row_of(key: Clave, label: str, value: float | None, missing: str = RESERVED) -> tuple[Cell, ...]:
    """Return one row in the order of the columns; `missing` says why there is no value."""
    year = int(months_in(key.periodo)[-1][:4])
    return year, key.periodo, key.renglon, label, value, missing if value is None else PUBLISHED


def by_period(row: tuple[Cell, ...]) -> tuple[str, ...]:
    """Return what the signed rows are ordered by: their period, M1 last."""
    return f"{row[0]}", f"{row[1]}", "1" if row[2] == "m1" else "0"


def signed_m1(db: Database) -> dict[str, float | None]:
    """Return M1 of each closed period, as it was signed."""
    return {row["periodo"]: row["m1"] for row in db.query(SIGNED)}
