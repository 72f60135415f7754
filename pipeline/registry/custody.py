"""The log of custody: one chained line for what happens to each capture that a finding rests on. It only grows.

Every function writes inside the caller's transaction, the one that does what the line tells of. A note that a person wrote
has no capture, and so no line.
"""

import importlib.metadata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from sqlite_utils import Database

from crawlers.fechas import utc_text
from pipeline.registry.chain import COLUMNS, Line, address_digest

MACHINE = "hallazgos"  # who did it where no person did
# What was done, in the words of the Berkeley Protocol's "method".
METHODS = {
    "inventario": "fila del registro",
    "ingreso": "HTTP GET a WARC",
    "version": "HTTP GET a WARC",
    "recaptura": "HTTP GET a WARC",
    "ausencia": "HTTP GET a WARC",
    "traslado": "decisión de una persona",
    "verificacion": "lectura y SHA-256",
    "exportacion": "copia byte por byte a ZIP",
    "depuracion": "retiro del archivo; queda la copia",
    "bloqueo": "decisión de una persona",
    "desbloqueo": "decisión de una persona",
    "supresion": "decisión de una persona",
}
OF_ARCHIVE = "copia byte por byte de un archivo web"
ARCHIVE_SQL = "SELECT 'archivo ' || archivo_id || ', lugar ' || lugar FROM noticias_archivo WHERE noticia_id = ?"
# Every version of the captures of some noticias, as a line needs them. {of}: which ones, a condition on `n`.
CAPTURES_SQL = """
SELECT folio, id, version, captura, sha256, url FROM (
    SELECT hn.folio, n.id, n.version, n.captura, n.sha256, n.url
    FROM noticias AS n LEFT JOIN hallazgos_noticias AS hn ON hn.noticia_id = n.id WHERE {of}
    UNION ALL
    SELECT hn.folio, n.id, v.n, v.captura, v.sha256, n.url
    FROM noticias AS n JOIN noticias_versiones AS v ON v.noticia_id = n.id
    LEFT JOIN hallazgos_noticias AS hn ON hn.noticia_id = n.id WHERE {of}
) WHERE captura <> ''
"""


@dataclass(frozen=True)
class Item:
    """A capture that lines tell of; `url` is never stored, only its digest. The whole store: an empty item."""

    folio: str = ""
    noticia_id: int | None = None
    version: int | None = None
    captura: str = ""
    sha256: str = ""
    url: str = ""


@cache
def tool() -> str:
    """Return the program and version that lines name."""
    return f"hallazgos {importlib.metadata.version('hallazgos')}"


def head(db: Database) -> tuple[int, str]:
    """Return (number, hash) of the last line; (0, '') while there is none."""
    row = db.execute("SELECT id, huella FROM custodia WHERE id = (SELECT max(id) FROM custodia)").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, "")


def note(  # noqa: PLR0913 - a row's columns
    db: Database, accion: str, items: Iterable[Item], *, quien: str, now: datetime, detalle: str = "", metodo: str = ""
) -> int:
    """Add one line an item; return how many. `detalle` holds codes, numbers and folios, never a name or a text.

    `metodo` is said where it is not the usual one of what was done.
    """
    number, last = head(db)
    first = number
    for item in items:
        number += 1
        line = Line(
            number, utc_text(now), accion, item.folio, item.noticia_id, item.version, item.captura, item.sha256,
            address_digest(item.url) if item.url else "", metodo or METHODS[accion], tool(), quien, detalle, last,
        )  # fmt: skip
        last = line.digest()
        _store(db, replace(line, huella=last))
    return number - first


def _store(db: Database, line: Line) -> None:
    marks = ", ".join("?" * len(COLUMNS))
    db.execute(f"INSERT INTO custodia ({', '.join(COLUMNS)}) VALUES ({marks})", [getattr(line, name) for name in COLUMNS])


def items_of(db: Database, noticias: Sequence[int]) -> list[Item]:
    """Return the captures of noticias, every version, with the finding that they tell now."""
    marks = ", ".join("?" * len(noticias))
    found = db.execute(CAPTURES_SQL.format(of=f"n.id IN ({marks})"), [*noticias, *noticias]).fetchall()
    return sorted((Item(row[0] or "", *row[1:]) for row in found), key=lambda item: (item.noticia_id, item.version))


def joined(db: Database, noticia_id: int, *, quien: str = MACHINE, now: datetime) -> None:
    """Tell that a noticia now tells a finding: each of its versions is evidence from here on.

    The first one of a noticia from a web archive was never asked for: its line says from which archive, and where in it.
    """
    archived = db.execute(ARCHIVE_SQL, [noticia_id]).fetchone()
    for item in items_of(db, [noticia_id]):
        place, method = (str(archived[0]), OF_ARCHIVE) if archived and item.version == 1 else ("", "")
        note(db, "ingreso", [item], quien=quien, now=now, detalle=place, metodo=method)


def moved(db: Database, noticias: Sequence[int], left: str, *, quien: str, now: datetime) -> None:
    """Tell that noticias passed from the finding `left` to the one that they tell now."""
    note(db, "traslado", items_of(db, noticias), quien=quien, now=now, detalle=f"de {left}")


def edited(db: Database, noticia_id: int, *, quien: str, now: datetime) -> None:
    """Tell that a noticia of a finding has a new version; nothing for one that tells none."""
    newest = [item for item in items_of(db, [noticia_id]) if item.folio][-1:]
    note(db, "version", newest, quien=quien, now=now)


def take_stock(db: Database, now: datetime) -> int:
    """Write a line for every capture of findings that has none: those of before the log began. Return how many."""
    of = (
        "EXISTS (SELECT 1 FROM hallazgos_noticias WHERE noticia_id = n.id)"
        " AND NOT EXISTS (SELECT 1 FROM custodia WHERE noticia_id = n.id)"
    )
    rows = db.execute(f"{CAPTURES_SQL.format(of=of)} ORDER BY 2, 3").fetchall()
    return note(db, "inventario", (Item(*row) for row in rows), quien=MACHINE, now=now)


def lines(db: Database, folio: str | None = None) -> Iterator[Line]:
    """Yield the log's lines in order, those of one finding or all."""
    where = "" if folio is None else " WHERE folio = ?"
    sql = f"SELECT {', '.join(COLUMNS)} FROM custodia{where} ORDER BY id"
    for row in db.execute(sql, [] if folio is None else [folio]):
        yield Line(*row)
