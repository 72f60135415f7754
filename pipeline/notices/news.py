"""What is new for one channel since its last delivered notice."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from pipeline.notices.troubles import Trouble, troubled_sources
from pipeline.registry.notices import RECOVERED, Mark

# Old years brought in at once are no news; what was discarded or merged meanwhile needs nobody.
FINDINGS = """
SELECT id, folio, clase, alcaldia, entidad, fecha_registro, urgente, antecedente, resumen
FROM v_hallazgos
WHERE id > ? AND origen IN ('monitoreo', 'manual') AND estado IN ('detectado', 'validado')
ORDER BY urgente DESC, id DESC
"""
NAMES = "SELECT folio, victimas_nombres FROM v_hallazgos_nombres WHERE folio IN (SELECT value FROM json_each(?))"
ACTIVE = "SELECT nombre FROM fuentes WHERE activa AND id IN (SELECT value FROM json_each(?)) ORDER BY nombre"


@dataclass(frozen=True)
class Finding:
    """A finding as a notice tells it; `urgente` and `antecedente` are flags."""

    id: int
    folio: str
    clase: str
    alcaldia: str | None
    entidad: str | None
    fecha_registro: str
    urgente: bool
    antecedente: bool
    resumen: str


@dataclass(frozen=True)
class News:
    """New findings (urgent first, then the newest), sources newly in trouble, names of those that are well again.

    `mark` is what the channel knows once this is delivered; `idle`, the sources' states when nothing is sent.
    """

    findings: tuple[Finding, ...]
    troubles: tuple[Trouble, ...]
    recovered: tuple[str, ...]
    mark: Mark
    idle: Mapping[str, str]

    def __bool__(self) -> bool:
        """Say whether there is something to send: a recovery alone waits for the next notice."""
        return bool(self.findings or self.troubles)


@dataclass(frozen=True)
class Present:
    """The registry at one moment: its last finding and the sources in trouble."""

    last: int
    troubles: Mapping[str, Trouble]


def look(db: Database) -> Present:
    """Return what every channel is compared with."""
    last = db.execute("SELECT coalesce(max(id), 0) FROM hallazgos").fetchone()[0]
    return Present(last, troubled_sources(db))


def news_since(db: Database, told: Mark, present: Present) -> News:
    """Return what a channel with the mark `told` does not know."""
    rows = db.execute(FINDINGS, [told.ultimo_hallazgo]).fetchall()
    findings = tuple(Finding(*row) for row in rows if row[0] <= present.last)
    states = {clave: trouble.estado for clave, trouble in present.troubles.items()}
    fresh = tuple(trouble for clave, trouble in present.troubles.items() if told.fuentes.get(clave) != trouble.estado)
    well = [clave for clave in told.fuentes if clave not in states]
    recovered = tuple(row[0] for row in db.execute(ACTIVE, [json.dumps(well)]).fetchall())
    mark = Mark(max(told.ultimo_hallazgo, present.last), states)
    return News(findings, fresh, recovered, mark, states | dict.fromkeys(well, RECOVERED))


def victims_of(db: Database, folios: Sequence[str]) -> dict[str, list[str]]:
    """Return the victims' names by folio, without those who asked for anonymity or were erased."""
    found: list[tuple[str, Any]] = db.execute(NAMES, [json.dumps(list(folios))]).fetchall()
    return {folio: json.loads(names) for folio, names in found}
