"""The line of every page's header: when the last run was and how many sources failed in it."""

import sqlite3

from datasette.app import Datasette

from pipeline.pages.readers import fetch
from pipeline.pages.wording import counted, moment_text

LAST_RUN = """
SELECT c.inicio, c.estado, c.modo, coalesce(sum(cf.fallida), 0) AS fallidas
FROM corridas AS c LEFT JOIN corridas_fuentes AS cf ON cf.corrida_id = c.id
WHERE c.id = (SELECT max(id) FROM corridas)
"""


async def last_run_text(site: Datasette) -> str:
    """Return `Última corrida: 24 nov 2026, 06:00; 2 fuentes fallaron`; a registry that cannot be read says so."""
    try:
        run = (await fetch(site, LAST_RUN))[0]
    except sqlite3.Error:
        return "No se pudo leer la última corrida"
    return run_text(run["inicio"], run["estado"], run["fallidas"])


def run_text(begun: str | None, state: str, failed: int) -> str:
    """Return the sentence for a run that began at `begun` (UTC), or for none at all."""
    if not begun:
        return "Sin corridas"
    notes = {"en_curso": " (en curso)", "interrumpida": " (interrumpida)"}
    failures = "ninguna fuente falló" if failed == 0 else counted(failed, "fuente falló", "fuentes fallaron")
    return f"Última corrida: {moment_text(begun)}{notes.get(state, '')}; {failures}"
