"""The row of the report: a year's report as a ratio to its queries alone, over a registry of ten thousand findings a year."""

import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from sqlite_utils import Database

from bench.crawl import Row
from pipeline.periodos import parse_period
from pipeline.registry.connection import open_registry
from pipeline.reports import files
from pipeline.reports.report import Firmas, draft

YEARS = (2025, 2026)
TODAY = date(2027, 1, 4)
MOST_TIMES = 3.0
STATES = ("validado", "validado", "validado", "detectado", "descartado")
CLASSES = ("agresion", "agresion", "agresion", "riesgo", "privacion_vida")
BOROUGHS = ("cuauhtemoc", "coyoacan", None, "iztapalapa", None, "tlalpan", "miguel_hidalgo")
KINDS = (("ataque_fisico", "fisica"), ("amenaza", "verbal"), ("estigmatizacion", "verbal"), ("ataque_digital", "digital"))
PERPETRATORS = ("no_identificado", "fuerza_publica", "autoridad_civil", "particular")


def report_rows(findings: int, rounds: int) -> list[Row]:
    """Measure and return row 8; `findings` is how many each of the two years has."""
    with tempfile.TemporaryDirectory(prefix="hallazgos-bench-") as name, open_registry(Path(name) / "registro.db") as db:
        fill(db, findings)
        return list(_rows(db, findings, rounds))


def fill(db: Database, findings: int, years: Sequence[int] = YEARS) -> None:
    """Write years of covered days and of findings, each with its code of every list, a victim and an act."""
    with db.atomic():
        db.execute("INSERT INTO fuentes (id, nombre, tipo, sitio, alta) VALUES ('m', 'm', 'medio_local', '', '2024-01-01')")
        for year in years:
            _runs(db, year)
            _findings(db, year, findings)
    db.execute("ANALYZE")


def _days(year: int) -> list[str]:
    return [(date(year, 1, 1) + timedelta(days=n)).isoformat() for n in range(365)]


def _runs(db: Database, year: int) -> None:
    for day in _days(year):
        made = db.execute(
            "INSERT INTO corridas (inicio, fin, dia, estado, version) VALUES (?, ?, ?, 'completa', '0')",
            [f"{day}T12:00:00Z", f"{day}T12:10:00Z", day],
        )
        db.execute("INSERT INTO corridas_fuentes (corrida_id, fuente_id, lecturas_buenas) VALUES (?, 'm', 1)", [made.lastrowid])


def _findings(db: Database, year: int, count: int) -> None:
    told = zip(range(count), cycle(_days(year)), cycle(STATES), cycle(CLASSES), cycle(BOROUGHS), cycle(KINDS), strict=False)
    for number, day, state, kind, borough, (act, sort) in told:
        folio = f"H-{year}-{number:06}"
        db.execute(
            "INSERT INTO hallazgos (folio, fecha_registro, fecha_publicacion, fecha_hecho, clase, alcaldia, ambito, estado)"
            " VALUES (?, ?, ?, ?, ?, ?, 'hecho_en_cdmx', ?)",
            [folio, day, day, day, kind, borough, state],
        )
        codes = (("modalidad", act), ("agresion", sort), ("agresor", PERPETRATORS[number % 4]), ("tipo_victima", "periodista"))
        for table, value in codes:
            db.execute(f"INSERT INTO hallazgos_{table} (folio, valor) VALUES (?, ?)", [folio, value])
        victim = db.execute("INSERT INTO victimas (folio, tipo, genero) VALUES (?, 'periodista', 'mujer')", [folio]).lastrowid
        db.execute("INSERT INTO actos (folio, modalidad, victima_id) VALUES (?, ?, ?)", [folio, act, victim])


def _rows(db: Database, findings: int, rounds: int) -> Iterator[Row]:
    asked: list[float] = []
    whole: dict[str, list[float]] = {".html": [], ".docx": []}
    for _ in range(rounds + 1):  # the first warms up: libraries, the drawing engine, pages of the file
        start = time.perf_counter()
        _facts, document = draft(db, parse_period("2026"), Firmas(), today=TODAY)
        asked.append(time.perf_counter() - start)
        for suffix, times in whole.items():
            start = time.perf_counter()
            files.content(document, suffix)
            times.append(time.perf_counter() - start + asked[-1])
    for suffix, times in whole.items():
        ratios = [one / query for one, query in zip(times[1:], asked[1:], strict=True)]
        middle = statistics.median(ratios)
        kept = "; los dibujos, ya en memoria" * (suffix == ".html")
        seconds = f"{statistics.median(times[1:]):.2f} s contra {statistics.median(asked[1:]):.2f} s{kept}"
        what = f"8. Informe de un año de {findings:,} hallazgos ({suffix}) ÷ sus consultas solas (tiempo)"
        yield Row(what, f"{middle:.2f}", f"≤ {MOST_TIMES:.0f}", middle <= MOST_TIMES, seconds)
