"""Which sources a person should look at: those that `v_salud_fuentes` says so of, the same that `hallazgos salud` shows."""

from dataclasses import dataclass

from sqlite_utils import Database

TROUBLED = """
SELECT fuente_id, nombre, estado, detalle FROM v_salud_fuentes
WHERE activa AND atencion
ORDER BY estado = 'callada', nombre, fuente_id
"""


@dataclass(frozen=True)
class Trouble:
    """A source that a person should look at: its state as `salud` gives it, and why, in a line."""

    fuente_id: str
    nombre: str
    estado: str
    detalle: str


def troubled_sources(db: Database) -> dict[str, Trouble]:
    """Return the active sources in trouble by their id, the silent ones last."""
    return {row[0]: Trouble(*row) for row in db.execute(TROUBLED).fetchall()}
