"""Which capture files the rows of a registry rest on; read-only, and on registries of earlier versions too."""

import sqlite3
from collections.abc import Iterator

from pipeline.evidence import OF_FINDINGS, Kept, has_custody, select_kept

FILE, OFFSET = "substr({0}, 1, instr({0}, '#') - 1)", "CAST(substr({0}, instr({0}, '#') + 1) AS INTEGER)"
IN_FINDING = "EXISTS (SELECT 1 FROM hallazgos_noticias WHERE noticia_id = n.id)"
# (file, highest offset) that ordinary noticias, their versions and pending links name. {kept}: which noticias have a text.
SQL = f"""
SELECT archivo, max(lugar) FROM (
    SELECT {FILE.format("n.captura")} AS archivo, {OFFSET.format("n.captura")} AS lugar
    FROM noticias AS n WHERE {{kept}} AND NOT {IN_FINDING}
    UNION ALL
    SELECT {FILE.format("v.captura")}, {OFFSET.format("v.captura")}
    FROM noticias AS n JOIN noticias_versiones AS v ON v.noticia_id = n.id WHERE {{kept}} AND NOT {IN_FINDING}
    UNION ALL
    SELECT {FILE.format("captura")}, {OFFSET.format("captura")} FROM enlaces WHERE destino IS NULL AND captura IS NOT NULL
    {{later}}
) WHERE archivo <> '' GROUP BY archivo
"""
# Later captures of them that changed no text: the log of custody alone names them.
LATER_SQL = f"""
UNION ALL
SELECT {FILE.format("c.captura")}, {OFFSET.format("c.captura")}
FROM custodia AS c JOIN noticias AS n ON n.id = c.noticia_id
WHERE c.accion IN ('recaptura', 'ausencia') AND {{kept}} AND NOT {IN_FINDING}
"""


def has_purges(db: sqlite3.Connection) -> bool:
    """Tell whether the registry is of a version that knows purges."""
    return bool(db.execute("SELECT 1 FROM pragma_table_info('noticias') WHERE name = 'depurada_en'").fetchone())


def ordinary_needs(db: sqlite3.Connection, kept: str = "1", *values: object) -> Iterator[tuple[str, int]]:
    """Yield (file, highest offset) that must be there whatever `evidencia/` holds; `kept`: a further condition on noticias."""
    purged = "n.depurada_en IS NULL AND " if has_purges(db) else ""
    chosen = f"{purged}{kept}"
    later = LATER_SQL.format(kept=chosen) if has_custody(db) else ""
    yield from db.execute(SQL.format(kept=chosen, later=later), [*values, *values, *(values if later else ())])


def finding_needs(db: sqlite3.Connection) -> list[Kept]:
    """Return the captures of findings' noticias: each must be in its file or in its copy."""
    return select_kept(db, OF_FINDINGS)
