"""What was signed of a period: the last closing's figure, which stands beside the corrected one and never replaces it.

The denominator of M1 is always the corrected figure. `cierres.cifras` is the JSON of a closing; its key `indicadores` holds by
indicator what `hallazgos indicador --json` gave when it was closed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.figures.m1 import Cuenta
from pipeline.periodos import Periodo, parse_period, years_before

# Only a closing in the same unit and by the same date speaks of the same figure.
SIGNED = """
SELECT periodo, max(version), corte, cuando, cifras ->> ('$.indicadores."' || :indicador || '".registros')
FROM cierres
WHERE unidad = :unidad AND fecha = :fecha AND json_type(cifras, '$.indicadores."' || :indicador || '"') IS NOT NULL
GROUP BY periodo ORDER BY periodo
"""


@dataclass(frozen=True)
class Firma:
    """The last closing of a period: its version, cut-off, moment, and the registros that were signed (None: none known)."""

    periodo: str
    version: int
    corte: str
    cuando: str
    registros: int | None

    @property
    def informe(self) -> str:
        """The report in words."""
        return f"{self.periodo}, versión {self.version}"


def signatures(db: Database, cuenta: Cuenta) -> dict[str, Firma]:
    """Return by period the last closing of what is counted."""
    asked = {"indicador": cuenta.indicador, "unidad": cuenta.unidad.value, "fecha": cuenta.fecha.value}
    return {row[0]: Firma(*row) for row in db.execute(SIGNED, asked)}


def key_before(period: Periodo, years: int = 1) -> str:
    """Return how the same period `years` before is asked for: `2025-T3`, `12M-2025-05` or a range of days."""
    if ".." in period.clave or re.fullmatch(r"\d{4}-\d\d-\d\d", period.clave):
        start, end = years_before(period, years)
        return f"{start}..{end}" if ".." in period.clave else f"{start}"
    return re.sub(r"\d{4}", lambda year: f"{int(year[0]) - years:04}", period.clave, count=1)


def signed_before(db: Database, period: Periodo, cuenta: Cuenta) -> dict[str, object] | None:
    """Return `{periodo, version, corte, cuando, registros}` of the last closing of the period a year before, or None."""
    found = signatures(db, cuenta).get(key_before(period, cuenta.anios_atras))
    return None if found is None else dict(vars(found))


def beside(signed: Mapping[str, Firma], period: Periodo, years: int = 1) -> tuple[int | None, str]:
    """Return what was signed of the same period `years` before, and in which report.

    A period without a closing of its own that lies within a closed one has no signed figure, and the text says so; it is
    empty where nothing was signed.
    """
    key = key_before(period, years)
    if key in signed:
        return signed[key].registros, signed[key].informe
    start, end = years_before(period, years)
    around = [one for one in signed.values() if (whole := parse_period(one.periodo)).inicio <= start and end <= whole.fin]
    return None, f"sin cifra propia: la abarca {around[0].informe}" if around else ""
