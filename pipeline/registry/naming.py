"""The names that a finding's people, and those of the whole registry, are known by: read to keep them out of open texts."""

import json
from collections.abc import Iterable

from sqlite_utils import Database

OWN = """
SELECT DISTINCT p.nombre FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id
WHERE v.folio = ? AND p.tipo = 'persona' AND p.nombre <> ''
"""
KNOWN = "SELECT 1 FROM personas WHERE clave IN (SELECT value FROM json_each(?)) AND tipo = 'persona' AND nombre <> '' LIMIT 1"


def own_names(db: Database, folio: str) -> list[str]:
    """Return the names of the people (not of outlets or groups) that a finding tells of."""
    return [str(row[0]) for row in db.execute(OWN, [folio]).fetchall()]


def knows_any(db: Database, keys: Iterable[str]) -> bool:
    """Tell whether one of the folded names is that of a person of the registry."""
    return db.execute(KNOWN, [json.dumps(list(keys))]).fetchone() is not None
