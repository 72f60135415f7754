"""What stands beside a card: findings on the same person, collective or outlet, and those the machine would merge with it."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from datasette.app import Datasette

from pipeline.pages.readers import fetch

Row = dict[str, Any]

MOST = 4  # findings shown for a card; how many there are is told
# By the person's key (namesakes share it, and say so by their name), and by the outlet or organisation, whether it was
# attacked itself or is the one its people work for.
RELATED = """
WITH claves (folio, clave, medio, que) AS MATERIALIZED (
    SELECT v.folio, p.clave, NULL, p.nombre
    FROM victimas AS v JOIN personas AS p ON p.id = v.persona_id
    WHERE v.folio IN (SELECT value FROM json_each(:folios)) AND p.suprimida_en IS NULL AND v.anonimato_solicitado = 0
    UNION
    SELECT v.folio, NULL, v.medio_u_organizacion, v.medio_u_organizacion
    FROM victimas AS v WHERE v.folio IN (SELECT value FROM json_each(:folios)) AND v.medio_u_organizacion <> ''
),
otros (folio, otro, que) AS (
    SELECT c.folio, v.folio, c.que
    FROM claves AS c JOIN personas AS p ON p.clave = c.clave JOIN victimas AS v ON v.persona_id = p.id
    WHERE p.suprimida_en IS NULL AND v.anonimato_solicitado = 0
    UNION
    SELECT c.folio, v.folio, c.que FROM claves AS c JOIN victimas AS v ON v.medio_u_organizacion = c.medio
    WHERE v.medio_u_organizacion <> ''
),
cada (folio, otro, que) AS (SELECT folio, otro, min(que) FROM otros WHERE otro <> folio GROUP BY folio, otro),
puestos AS (
    SELECT c.folio, c.otro, c.que, h.fecha_registro, h.fecha_hecho, h.estado, h.clase, h.resumen,
        row_number() OVER (PARTITION BY c.folio ORDER BY h.fecha_registro DESC, h.folio DESC) AS puesto,
        count(*) OVER (PARTITION BY c.folio) AS cuantos
    FROM cada AS c JOIN hallazgos AS h ON h.folio = c.otro WHERE h.estado <> 'fusionado'
)
SELECT * FROM puestos WHERE puesto <= :cuantos ORDER BY folio, puesto
"""
# Pairs of notes whose findings are still two, and of which nobody said that they tell different things.
DUPLICATES = """
WITH pares (folio, propia, ajena, puntos) AS (
    SELECT hn.folio, d.noticia_a, d.noticia_b, d.puntos
    FROM hallazgos_noticias AS hn JOIN posibles_duplicados AS d ON d.noticia_a = hn.noticia_id
    WHERE hn.folio IN (SELECT value FROM json_each(:folios))
    UNION ALL
    SELECT hn.folio, d.noticia_b, d.noticia_a, d.puntos
    FROM hallazgos_noticias AS hn JOIN posibles_duplicados AS d ON d.noticia_b = hn.noticia_id
    WHERE hn.folio IN (SELECT value FROM json_each(:folios))
)
SELECT p.folio, h.folio AS otro, max(p.puntos) AS puntos, h.fecha_registro, h.fecha_hecho, h.estado, h.clase, h.resumen
FROM pares AS p
JOIN hallazgos_noticias AS hn ON hn.noticia_id = p.ajena
JOIN hallazgos AS h ON h.folio = hn.folio
WHERE h.folio <> p.folio AND h.estado <> 'fusionado' AND NOT EXISTS (
    SELECT 1 FROM decisiones_union AS u
    WHERE u.noticia_a = min(p.propia, p.ajena) AND u.noticia_b = max(p.propia, p.ajena) AND u.decision = 'aparte'
)
GROUP BY p.folio, h.folio ORDER BY p.folio, puntos DESC, h.folio
"""


@dataclass(frozen=True)
class Beside:
    """The neighbours of one card; `more` related findings are not listed."""

    related: list[Row] = field(default_factory=list)
    more: int = 0
    duplicates: list[Row] = field(default_factory=list)


async def beside(site: Datasette, folios: Sequence[str], *, names: bool) -> dict[str, Beside]:
    """Return the neighbours of each finding; what they share (`que`) is a name, empty without `names`."""
    asked = {"folios": json.dumps(list(folios)), "cuantos": MOST}
    related: dict[str, list[Row]] = defaultdict(list)
    for row in await fetch(site, RELATED, asked):
        related[row["folio"]].append(row if names else row | {"que": ""})
    duplicates: dict[str, list[Row]] = defaultdict(list)
    for row in await fetch(site, DUPLICATES, asked):
        duplicates[row["folio"]].append(row)
    return {
        folio: Beside(
            related[folio], related[folio][0]["cuantos"] - len(related[folio]) if related[folio] else 0, duplicates[folio]
        )
        for folio in folios
    }
