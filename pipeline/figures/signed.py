"""What was signed of a period: the last closing's figure, which stands beside the corrected one and never replaces it.

The denominator of M1 is always the corrected figure. `cierres.cifras` is the JSON of a closing; its key `indicadores` holds by
indicator what `hallazgos indicador --json` gave when it was closed.
"""

import json
import re

from sqlite_utils import Database

from pipeline.figures.m1 import Cuenta
from pipeline.periodos import Periodo, years_before

LAST = """
SELECT version, corte, cuando, cifras FROM cierres
WHERE periodo = ? AND unidad = ? AND fecha = ? ORDER BY version DESC LIMIT 1
"""


def key_before(period: Periodo, years: int = 1) -> str:
    """Return how the same period `years` before is asked for: `2025-T3`, `12M-2025-05` or a range of days."""
    if ".." in period.clave or re.fullmatch(r"\d{4}-\d\d-\d\d", period.clave):
        start, end = years_before(period, years)
        return f"{start}..{end}" if ".." in period.clave else f"{start}"
    return re.sub(r"\d{4}", lambda year: f"{int(year[0]) - years:04}", period.clave, count=1)


def signed_before(db: Database, period: Periodo, cuenta: Cuenta) -> dict[str, object] | None:
    """Return `{periodo, version, corte, cuando, registros}` of the last closing of the year before's period, None without one.

    Only a closing in the same unit and by the same date speaks of the same figure.
    """
    key = key_before(period, cuenta.anios_atras)
    row = db.execute(LAST, [key, cuenta.unidad.value, cuenta.fecha.value]).fetchone()
    if row is None:
        return None
    version, corte, when, cifras = row
    of = json.loads(cifras).get("indicadores", {}).get(cuenta.indicador)
    return of and {"periodo": key, "version": version, "corte": corte, "cuando": when, "registros": of["registros"]}
