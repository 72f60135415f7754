"""What people said of pairs of notes (`decisiones_union`), and the pairs put before them (`posibles_duplicados`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

DECISIONS = (
    "SELECT noticia_b AS otra, decision FROM decisiones_union WHERE noticia_a = :id"
    " UNION ALL SELECT noticia_a, decision FROM decisiones_union WHERE noticia_b = :id"
)


@dataclass(frozen=True)
class Said:
    """The findings with a note that a person put together with a given one, and those with one put apart from it."""

    juntas: frozenset[str]
    aparte: frozenset[str]


def said(db: Database, noticia_id: int) -> Said:
    """Return what people said of the note and the notes of findings; of one finding, apart outweighs together."""
    sql = f"SELECT hn.folio, d.decision FROM ({DECISIONS}) AS d JOIN hallazgos_noticias AS hn ON hn.noticia_id = d.otra"
    found = db.execute(sql, {"id": noticia_id}).fetchall()
    apart = frozenset(folio for folio, decision in found if decision == "aparte")
    return Said(frozenset(folio for folio, _ in found) - apart, apart)


def propose(db: Database, one: int, other: int, points: float, reasons: Mapping[str, float]) -> None:
    """Put a pair of notes before the analyst, unless somebody already decided on it; ids, points and rule names only."""
    pair = sorted((one, other))
    db.execute(
        "INSERT INTO posibles_duplicados (noticia_a, noticia_b, puntos, razones) SELECT :a, :b, :puntos, :razones"
        " WHERE NOT EXISTS (SELECT 1 FROM decisiones_union WHERE noticia_a = :a AND noticia_b = :b)"
        " ON CONFLICT (noticia_a, noticia_b) DO UPDATE SET puntos = excluded.puntos, razones = excluded.razones",
        {"a": pair[0], "b": pair[1], "puntos": points, "razones": json.dumps(dict(reasons), ensure_ascii=False)},
    )
