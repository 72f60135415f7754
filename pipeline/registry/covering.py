"""What rows and the log of custody say of captures that were covered or put back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pipeline.registry import custody
from pipeline.registry.custody import Item


@dataclass(frozen=True)
class Told:
    """Who does it for which request; `accion` as the log of custody names it: `supresion`, `bloqueo`, `desbloqueo`."""

    solicitud: int
    accion: str
    quien: str


def references(db: Database, noticias: Sequence[int]) -> frozenset[str]:
    """Return every capture of some noticias: of each version, and later ones."""
    asked = [json.dumps(list(noticias))]
    found = (
        f"SELECT captura FROM {table} WHERE {column} IN (SELECT value FROM json_each(?)) AND captura LIKE '%#%'"
        for table, column in (("noticias", "id"), ("noticias_versiones", "noticia_id"), ("custodia", "noticia_id"))
    )
    return frozenset(row[0] for sql in found for row in db.execute(sql, asked).fetchall())


def tell(db: Database, digests: Mapping[str, str], told: Told, now: datetime) -> None:
    """Give the rows that name captures their new digests, and leave a line of custody for each that tells a finding."""
    items = []
    for reference, digest in digests.items():
        items += _items(db, reference, digest)
        for table in ("noticias", "noticias_versiones"):
            db.execute(f"UPDATE {table} SET sha256 = ? WHERE captura = ? AND sha256 <> ''", [digest, reference])
    custody.note(db, told.accion, items, quien=told.quien, now=now, detalle=f"solicitud {told.solicitud}")


def _items(db: Database, reference: str, digest: str) -> list[Item]:
    sql = (
        "SELECT hn.folio, n.id, n.version FROM noticias AS n JOIN hallazgos_noticias AS hn ON hn.noticia_id = n.id"
        " WHERE n.captura = :captura UNION ALL"
        " SELECT hn.folio, v.noticia_id, v.n FROM noticias_versiones AS v"
        " JOIN hallazgos_noticias AS hn ON hn.noticia_id = v.noticia_id WHERE v.captura = :captura"
    )
    rows = db.execute(sql, {"captura": reference}).fetchall()
    return [Item(folio, noticia, version, reference, digest) for folio, noticia, version in rows]
