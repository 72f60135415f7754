"""Which sources a person should look at: those that fail, and those that answer but have fallen silent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from pipeline.pages.wording import day_text
from pipeline.reloj import mexico_day

FAILING, SILENT = "fallando", "callada"
# A daily schedule tells a failure the same day; an hourly one leaves a source most of a day to come back by itself.
FAILING_HOURS = 20
# A source that has news on half of its days is silent for a week by chance less than once in a hundred weeks.
SILENT_DAYS, WINDOW_DAYS, READ_DAYS = 7, 35, 5

# A source without a feed has a row in a run over feeds only, but was not read in it.
LAST_READ = """
SELECT f.id, f.nombre, c.motivo
FROM fuentes AS f
JOIN corridas_fuentes AS c ON c.fuente_id = f.id AND c.corrida_id = (
    SELECT max(corrida_id) FROM corridas_fuentes WHERE fuente_id = f.id AND (fallida OR lecturas_buenas > 0)
)
JOIN corridas AS r ON r.id = c.corrida_id
WHERE f.activa AND c.fallida AND coalesce(f.ultima_lectura_buena, '') <= strftime('%Y-%m-%dT%H:%M:%SZ', r.inicio, :margin)
ORDER BY f.nombre, f.id
"""
RHYTHM = """
WITH dias AS (
    SELECT cf.fuente_id, c.dia, max(cf.nueva) > 0 AS con_nuevas
    FROM corridas AS c JOIN corridas_fuentes AS cf ON cf.corrida_id = c.id
    WHERE c.dia > :start AND cf.lecturas_buenas > 0
    GROUP BY cf.fuente_id, c.dia
)
SELECT f.id, f.nombre, max(iif(d.con_nuevas, d.dia, NULL)), count(*),
    total(d.dia > :week), total(d.dia > :week AND d.con_nuevas),
    total(d.dia <= :week), total(d.dia <= :week AND d.con_nuevas)
FROM dias AS d JOIN fuentes AS f ON f.id = d.fuente_id
WHERE f.activa
GROUP BY f.id
ORDER BY f.nombre, f.id
"""


@dataclass(frozen=True)
class Trouble:
    """A source that a person should look at: its state (`fallando`, `callada`) and why, in a few words."""

    fuente_id: str
    nombre: str
    estado: str
    detalle: str


def troubled_sources(db: Database, now: datetime) -> dict[str, Trouble]:
    """Return the active sources in trouble by their id, the failing ones first."""
    failing = {
        clave: Trouble(clave, nombre, FAILING, motivo or "no se pudo leer")
        for clave, nombre, motivo in db.execute(LAST_READ, {"margin": f"-{FAILING_HOURS} hours"}).fetchall()
    }
    today = mexico_day(now)
    days = {
        "start": (today - timedelta(days=WINDOW_DAYS)).isoformat(),
        "week": (today - timedelta(days=SILENT_DAYS)).isoformat(),
    }
    for clave, nombre, last, *counts in db.execute(RHYTHM, days).fetchall():
        if clave not in failing and is_silent(*counts):
            reason = (
                f"se lee bien, sin noticias nuevas desde el {day_text(last)}"
                if last
                else f"sin noticias nuevas en {counts[0]} días"
            )
            failing[clave] = Trouble(clave, nombre, SILENT, reason)
    return failing


def is_silent(days: int, week: int, week_news: int, before: int, before_news: int) -> bool:
    """Say whether days read well, and those with news among them, in the week and before it, make a silent source.

    Silent: it had news on at least half of its days and none in the last week; or none in five weeks read almost whole.
    One that publishes now and then is not.
    """
    if week < READ_DAYS or week_news:
        return False
    used_to = before >= SILENT_DAYS and before_news * 2 >= before
    return used_to or (before_news == 0 and days >= WINDOW_DAYS - SILENT_DAYS)
