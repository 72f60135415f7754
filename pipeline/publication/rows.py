"""The public tables' rows, as every file of the publication holds them."""

from collections import Counter
from collections.abc import Iterator

from sqlite_utils import Database

from pipeline.figures.export_files import Cell, Tabla
from pipeline.publication.counts import SIGNED, Cifras
from pipeline.publication.editions import Edicion
from pipeline.publication.months import months_in
from pipeline.publication.tables import Clave, tables
from pipeline.publication.texts import columns

PUBLISHED, RESERVED, UNDEFINED, EARLIER = "publicada", "reservada", "no definida", "de la edición {}"
SIGNED_TABLE = "indicador_firmado"
# A figure to be written: its key, how it reads, its value (None: not shown), and what it is.
Fila = tuple[Clave, str, float | None, str]
# What the newest edition before this one that published a figure said of it, and that edition's number.
Antes = dict[Clave, tuple[int, int]]


def public_tables(
    cifras: Cifras, reserved: frozenset[Clave], m1: dict[str, float | None], before: Antes | None = None
) -> list[Tabla]:
    """Return every declared table; M1 stands only where all that it comes from does.

    A reserved figure has no value, or the one that an earlier edition told already, said to be of that edition.
    """
    rows: dict[str, list[Fila]] = {name: [] for name in tables()}
    for key, one in cifras.items():
        told = (before or {}).get(key)
        if key not in reserved:
            rows[key.cuadro].append((key, one.etiqueta, one.valor, PUBLISHED))
        elif told:
            rows[key.cuadro].append((key, one.etiqueta, told[0], EARLIER.format(told[1])))
        else:
            rows[key.cuadro].append((key, one.etiqueta, None, RESERVED))
    hidden = {key.periodo for key in reserved if key.cuadro == SIGNED_TABLE}
    for period in dict.fromkeys(key.periodo for key in cifras if key.cuadro == SIGNED_TABLE):
        ratio = None if period in hidden else m1.get(period)
        said = RESERVED if period in hidden else UNDEFINED if ratio is None else PUBLISHED
        rows[SIGNED_TABLE].append((Clave(SIGNED_TABLE, period, "m1"), "M1, en por ciento", ratio, said))
    return [Tabla(name, tuple(columns()), list(in_order(found))) for name, found in rows.items()]


def told_before(editions: list[Edicion]) -> Antes:
    """Return what the editions, oldest first, told of each figure last."""
    numbered = enumerate(editions, start=1)
    return {key: (value, number) for number, one in numbered for key, value in one.cifras if value is not None}


def in_order(found: list[Fila]) -> Iterator[tuple[Cell, ...]]:
    """Yield a table's rows in the order of the columns, period by period, each with its place in its period."""
    places: Counter[str] = Counter()
    for key, label, value, said in sorted(found, key=lambda row: months_in(row[0].periodo)[::-1]):
        places[key.periodo] += 1
        year = int(months_in(key.periodo)[-1][:4])
        yield year, key.periodo, places[key.periodo], key.renglon, label, value, said


def signed_m1(db: Database) -> dict[str, float | None]:
    """Return M1 of each closed period, as it was signed."""
    return {row["periodo"]: row["m1"] for row in db.query(SIGNED)}
