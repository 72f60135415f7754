"""The page on which somebody takes note of danger in force: urgent findings of the city that nobody answered for yet."""

from typing import Any

from datasette.app import Datasette

from pipeline.pages.readers import fetch

OPEN = """
SELECT h.folio, h.version, h.clase, h.alcaldia, h.entidad, h.fecha_registro, h.resumen, h.estado, u.avisado_en, u.veces
FROM v_urgentes AS v JOIN v_hallazgos AS h ON h.folio = v.folio LEFT JOIN urgencias AS u ON u.folio = v.folio
ORDER BY h.id DESC
"""


async def open_dangers(site: Datasette) -> list[dict[str, Any]]:
    """Return the urgent findings without an answer, the newest first; no name is among them."""
    return await fetch(site, OPEN)
