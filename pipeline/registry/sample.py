"""Rows of the sample of refused notes: which notes a week refused, and those drawn from them. Answers: `refused`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from crawlers.fechas import utc_text

REFUSED = """
SELECT n.id, n.url_canonica, iif(n.confianza > 0, 'etiquetador', 'criba')
FROM noticias AS n
WHERE n.capturada_en >= ? AND n.capturada_en < ? AND n.relevante = 0 AND n.depurada_en IS NULL
    AND NOT EXISTS (SELECT 1 FROM hallazgos_noticias WHERE noticia_id = n.id)
"""


@dataclass(frozen=True)
class Refused:
    """A refused note: `estrato` says what refused it (`criba`: the sieve, which gives no confidence; else `etiquetador`)."""

    noticia_id: int
    url_canonica: str
    estrato: str


@dataclass(frozen=True)
class Drawn:
    """A note of the sample; `poblacion` is how many notes of that week its `estrato` had."""

    noticia_id: int
    estrato: str
    poblacion: int


def drawn(db: Database, semana: date) -> bool:
    """Tell whether the week that begins on this Monday has its sample."""
    return db.execute("SELECT 1 FROM muestra_rechazadas WHERE semana = ?", [semana.isoformat()]).fetchone() is not None


def refused_between(db: Database, begin: datetime, end: datetime) -> list[Refused]:
    """Return the notes captured from `begin` until before `end` that were refused and tell no finding."""
    return [Refused(*row) for row in db.execute(REFUSED, [utc_text(begin), utc_text(end)]).fetchall()]


def write_sample(db: Database, semana: date, sample: Sequence[Drawn]) -> None:
    """Write the week's sample inside the caller's transaction; a note of an earlier sample stays in that one."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO muestra_rechazadas (noticia_id, semana, poblacion, estrato) VALUES (?, ?, ?, ?)",
        [(one.noticia_id, semana.isoformat(), one.poblacion, one.estrato) for one in sample],
    )
