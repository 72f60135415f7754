"""What stands beside a card: findings on the same person, collective or outlet, and those the machine would merge with it."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from datasette.app import Datasette
from sqlite_utils import Database

from pipeline.grouping.names import fold
from pipeline.pages.access import DATABASE
from pipeline.pages.masking import is_hidden
from pipeline.pages.queue_sentence import people

Row = dict[str, Any]

MOST = 4  # findings shown for a card; how many there are is told
LOOKED_AT = 50  # findings of one name that are looked at, the newest: an outlet may have thousands, and a card shows a few
KEYS = """
SELECT p.clave, p.nombre, p.tipo, v.medio_u_organizacion AS medio,
    p.suprimida_en IS NULL AND v.anonimato_solicitado = 0 AS dicho
FROM victimas AS v LEFT JOIN personas AS p ON p.id = v.persona_id WHERE v.folio = ? ORDER BY v.id
"""
OTHERS = """
SELECT v.folio AS otro, h.fecha_registro, h.fecha_hecho, h.estado, h.clase, h.resumen
FROM {tables} JOIN hallazgos AS h ON h.folio = v.folio
WHERE {condition} AND v.anonimato_solicitado = 0 AND v.folio <> :folio AND h.estado <> 'fusionado'
ORDER BY v.id DESC LIMIT :looked
"""
# Namesakes share a key: their name is told, so that whoever reads can part them.
BY_PERSON = OTHERS.format(
    tables="personas AS p JOIN victimas AS v ON v.persona_id = p.id", condition="p.clave = :key AND p.suprimida_en IS NULL"
)
BY_OUTLET = OTHERS.format(tables="victimas AS v", condition="v.medio_u_organizacion = :key AND v.medio_u_organizacion <> ''")
# Pairs of notes whose findings are still two, and of which nobody said that they tell different things.
DUPLICATES = """
WITH pares (folio, propia, ajena, puntos) AS (
    SELECT hn.folio, d.noticia_a, d.noticia_b, d.puntos
    FROM hallazgos_noticias AS hn JOIN posibles_duplicados AS d ON d.noticia_a = hn.noticia_id
    WHERE hn.folio = :folio
    UNION ALL
    SELECT hn.folio, d.noticia_b, d.noticia_a, d.puntos
    FROM hallazgos_noticias AS hn JOIN posibles_duplicados AS d ON d.noticia_b = hn.noticia_id
    WHERE hn.folio = :folio
)
SELECT h.folio AS otro, max(p.puntos) AS puntos, h.fecha_registro, h.fecha_hecho, h.estado, h.clase, h.resumen
FROM pares AS p
JOIN hallazgos_noticias AS hn ON hn.noticia_id = p.ajena
JOIN hallazgos AS h ON h.folio = hn.folio
WHERE h.folio <> p.folio AND h.estado <> 'fusionado' AND NOT EXISTS (
    SELECT 1 FROM decisiones_union AS u
    WHERE u.noticia_a = min(p.propia, p.ajena) AND u.noticia_b = max(p.propia, p.ajena) AND u.decision = 'aparte'
)
GROUP BY h.folio ORDER BY puntos DESC, h.folio
"""
VICTIMS = """
SELECT v.*, p.nombre, p.suprimida_en
FROM victimas AS v LEFT JOIN personas AS p ON p.id = v.persona_id WHERE v.folio = ? ORDER BY v.id
"""


@dataclass(frozen=True)
class Beside:
    """The neighbours of one card; `more` related findings, or more than that (`capped`), are not listed."""

    related: list[Row] = field(default_factory=list)
    more: int = 0
    capped: bool = False
    duplicates: list[Row] = field(default_factory=list)


async def beside(site: Datasette, folios: Sequence[str], *, names: bool) -> dict[str, Beside]:
    """Return the neighbours of each finding; what they share (`que`) is a name, empty without `names`."""

    def read(connection: sqlite3.Connection) -> dict[str, Beside]:
        db = Database(connection)
        return {folio: neighbours(db, folio, most=MOST, names=names) for folio in folios}

    found: dict[str, Beside] = await site.get_database(DATABASE).execute_fn(read)
    return found


def neighbours(db: Database, folio: str, *, most: int, names: bool = True) -> Beside:
    """Return the neighbours of one finding, at most `most` related ones, the newest first."""
    found: dict[str, Row] = {}
    capped = False
    for sql, key, shared in keys(db, folio):
        others = list(db.query(sql, {"key": key, "folio": folio, "looked": LOOKED_AT}))
        capped = capped or len(others) == LOOKED_AT
        for row in others:
            found.setdefault(row["otro"], row | {"que": shared if names else ""})
    related = sorted(found.values(), key=lambda row: (row["fecha_registro"], row["otro"]), reverse=True)
    duplicates = [row | {"quien": who(db, row["otro"]) if names else ""} for row in db.query(DUPLICATES, {"folio": folio})]
    return Beside(related[:most], max(0, len(related) - most), capped, duplicates)


def who(db: Database, folio: str) -> str:
    """Return the victims of a finding in words, those who may be named by their names; empty when it has none."""
    victims = [row | {"nombre": None if is_hidden(row) else row["nombre"]} for row in db.query(VICTIMS, [folio])]
    return people(victims, [], names=True) if victims else ""


def keys(db: Database, folio: str) -> Iterator[tuple[str, str, str]]:
    """Yield (query, its key, the name that is shared) of a finding's victims, each once.

    An outlet or organisation counts both as the one attacked and as the one that somebody attacked works for.
    """
    told: set[tuple[str, str]] = set()
    for row in db.query(KEYS, [folio]):
        group = row["medio"] or (row["nombre"] if row["dicho"] and row["tipo"] in ("medio", "organizacion") else "")
        person = (BY_PERSON, row["clave"], row["nombre"]) if row["dicho"] and row["clave"] else None
        outlet = [(BY_OUTLET, group, group), (BY_PERSON, fold(group), group)] if group else []
        for one in [*([person] if person else []), *outlet]:
            if one[:2] not in told:
                told.add(one[:2])
                yield one
