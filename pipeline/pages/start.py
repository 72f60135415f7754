"""What the first page shows: the newest findings and what waits for review, all read from views."""

from typing import Any

from datasette.app import Datasette

from pipeline.pages.readers import fetch

NEWEST = "SELECT * FROM v_hallazgos WHERE estado IN ('detectado', 'validado') ORDER BY fecha_registro DESC, folio DESC LIMIT 8"
BY_STATE = "SELECT estado, count(*) AS cuantos FROM v_hallazgos GROUP BY estado"
BY_CLASS = "SELECT clase, count(*) AS cuantos FROM v_hallazgos WHERE estado = 'detectado' GROUP BY clase"


async def start_page(site: Datasette) -> dict[str, Any]:
    """Return the newest findings, and how many there are by state and (of those to review) by class."""
    return {
        "newest": await fetch(site, NEWEST),
        "states": {row["estado"]: row["cuantos"] for row in await fetch(site, BY_STATE)},
        "classes": {row["clase"]: row["cuantos"] for row in await fetch(site, BY_CLASS)},
    }
