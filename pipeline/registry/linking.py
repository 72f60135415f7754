"""Findings and demonstrations that are to be compared, what is compared, and the rows of what came of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from crawlers.fechas import MEXICO, utc_text
from pipeline.registry import decisions
from pipeline.registry.demonstrations import CANCELLED, SELECT, Demonstration, read

# number of a demonstration → (points, those of each rule)
Fits = Mapping[int, tuple[float, Mapping[str, float]]]
FINDINGS, DEMONSTRATIONS = "hallazgos", "movilizaciones"
LINK = "movilizacion_id"
COLUMNS = (
    "folio", "fusionado_en", "fecha_registro", "fecha_publicacion", "fecha_hecho", "hora_hecho", "cdmx", "alcaldia", "sitio",
    "latitud", "longitud", "movilizacion", LINK, "fase",
)  # fmt: skip
# A text is read up to here, and so many notes of a finding: what ties it to a demonstration stands up front.
LETTERS, MOST_NOTES = 8_000, 20
TEXTS_SQL = f"""
SELECT n.titulo, substr(n.texto, 1, {LETTERS}) FROM hallazgos_noticias AS hn JOIN noticias AS n ON n.id = hn.noticia_id
WHERE hn.folio = ? ORDER BY n.relevante DESC, n.id LIMIT {MOST_NOTES}
"""
AROUND_SQL = (
    f"{SELECT} WHERE estado <> '{CANCELLED}' AND id IN (SELECT id FROM movilizaciones WHERE dia BETWEEN :first AND :last"
    " UNION SELECT id FROM movilizaciones WHERE dia < :first AND fin >= :moment) ORDER BY id"
)
ON_DAYS_SQL = (
    f"{SELECT} WHERE estado <> '{CANCELLED}' AND dia IN (SELECT value FROM json_each(?)) AND id NOT IN"
    " (SELECT value FROM json_each(?)) ORDER BY id"
)
NEAR_SQL = """
SELECT folio FROM hallazgos WHERE movilizacion_id = :id
UNION SELECT folio FROM hallazgos_movilizaciones WHERE movilizacion_id = :id
UNION SELECT folio FROM correcciones WHERE campo = 'movilizacion_id' AND valor = :text
UNION SELECT folio FROM hallazgos WHERE fecha_hecho BETWEEN :first AND :last
UNION SELECT folio FROM correcciones WHERE campo = 'fecha_hecho' AND valor ->> '$' BETWEEN :first AND :last
UNION SELECT folio FROM hallazgos WHERE fecha_hecho IS NULL AND fecha_registro BETWEEN :first AND :last
UNION SELECT hn.folio FROM noticias_fts AS f JOIN hallazgos_noticias AS hn ON hn.noticia_id = f.rowid
    WHERE noticias_fts MATCH :words
"""


@dataclass(frozen=True)
class Stored:
    """A finding as everyone sees it (`row`, with `modalidades`), the fields that a person fixed, and its notes' texts."""

    row: Mapping[str, Any]
    fixed: Mapping[str, object]
    textos: Sequence[str]


def waiting(db: Database, tabla: str) -> list[str]:
    """Return what of a table is to be compared anew: folios, or numbers of demonstrations as texts."""
    return [row[0] for row in db.execute("SELECT clave FROM por_enlazar WHERE tabla = ? ORDER BY clave", [tabla]).fetchall()]


def ask(db: Database, folios: Sequence[str]) -> None:
    """Have findings compared anew."""
    db.conn.executemany("INSERT OR IGNORE INTO por_enlazar VALUES (?, ?)", [(FINDINGS, folio) for folio in folios])


def settle(db: Database, tabla: str, clave: str) -> None:
    """Note that one was compared."""
    db.execute("DELETE FROM por_enlazar WHERE tabla = ? AND clave = ?", [tabla, clave])


def finding(db: Database, folio: str) -> Stored | None:
    """Return a finding to compare, or None when there is no such finding."""
    found = db.execute(f"SELECT {', '.join(COLUMNS)} FROM hallazgos WHERE folio = ?", [folio]).fetchone()
    if found is None:
        return None
    row = dict(zip(COLUMNS, found, strict=True))
    fixed = decisions.corrections(db, folio)
    # Where a person corrected the place, the point that was computed is no longer of it.
    moved = {"latitud": None, "longitud": None} if {"sitio", "alcaldia"} & set(fixed) else {}
    shown = {name: value for name, value in fixed.items() if name in COLUMNS and name not in (LINK, "fase")}
    texts = [part for pair in db.execute(TEXTS_SQL, [folio]).fetchall() for part in pair]
    return Stored(row | moved | shown | {"modalidades": decisions.values(db, folio, "modalidad")}, fixed, texts)


def around(db: Database, first: date, last: date) -> list[Demonstration]:
    """Return the demonstrations that begin on these days or, begun before, end on the first or later; no cancelled ones."""
    moment = utc_text(datetime.combine(first, datetime.min.time(), tzinfo=MEXICO))
    given = {"first": first.isoformat(), "last": last.isoformat(), "moment": moment}
    return [read(row) for row in db.execute(AROUND_SQL, given).fetchall()]


def on_days(db: Database, days: Sequence[date], besides: Sequence[int]) -> list[Demonstration]:
    """Return the demonstrations that begin on one of the days, but for some; no cancelled ones."""
    given = [json.dumps([day.isoformat() for day in days]), json.dumps(list(besides))]
    return [read(row) for row in db.execute(ON_DAYS_SQL, given).fetchall()]


def folios_near(db: Database, demo: Demonstration, first: date, last: date, words: Sequence[str]) -> list[str]:
    """Return the findings that may be of a demonstration: tied to it, of those days, or whose notes say one of the words."""
    phrases = " OR ".join('"' + word.replace('"', " ") + '"' for word in words)
    given = {"id": demo.id, "text": str(demo.id), "first": first.isoformat(), "last": last.isoformat(), "words": phrases}
    return sorted(row[0] for row in db.execute(NEAR_SQL, given).fetchall())


def write(db: Database, folio: str, fits: Fits, chosen: int | None, fase: str) -> None:
    """Write why a finding may be of some demonstrations (points, and those of each rule), which it is of, and its phase."""
    db.execute("DELETE FROM hallazgos_movilizaciones WHERE folio = ?", [folio])
    db.conn.executemany(
        "INSERT INTO hallazgos_movilizaciones (folio, movilizacion_id, puntos, razones) VALUES (?, ?, ?, ?)",
        [(folio, number, points, json.dumps(dict(rules))) for number, (points, rules) in fits.items()],
    )
    db.execute(
        f"UPDATE hallazgos SET {LINK} = ?, fase = ? WHERE folio = ? AND ({LINK} IS NOT ? OR fase IS NOT ?)",
        [chosen, fase, folio, chosen, fase],
    )


def write_phase(db: Database, folio: str, fase: str) -> None:
    """Write the phase alone, where a person said which demonstration it is."""
    db.execute("UPDATE hallazgos SET fase = ? WHERE folio = ? AND fase <> ?", [fase, folio, fase])
