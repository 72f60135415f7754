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
from pipeline.reports.annex import annex
from pipeline.reports.document import Tabla
from pipeline.reports.report import Firmas, draft

YEARS = (2025, 2026)
TODAY = date(2027, 1, 4)
MOST_TIMES = 3.0
MOST_MS = 1.0  # of an annex's case
STATES = ("validado", "validado", "validado", "detectado", "descartado")
CLASSES = ("agresion", "agresion", "agresion", "riesgo", "privacion_vida")
BOROUGHS = ("cuauhtemoc", "coyoacan", None, "iztapalapa", None, "tlalpan", "miguel_hidalgo")
KINDS = (("ataque_fisico", "fisica"), ("amenaza", "verbal"), ("estigmatizacion", "verbal"), ("ataque_digital", "digital"))
CORRECTED = 10
PERPETRATORS = ("no_identificado", "fuerza_publica", "autoridad_civil", "particular")


def report_rows(findings: int, rounds: int) -> list[Row]:
    """Measure and return row 8; `findings` is how many each of the two years has."""
    with tempfile.TemporaryDirectory(prefix="hallazgos-bench-") as name, open_registry(Path(name) / "registro.db") as db:
        fill(db, findings)
        return [*_rows(db, findings, rounds), annex_row(db, rounds)]


def fill(db: Database, findings: int, years: Sequence[int] = YEARS) -> None:
    """Write years of covered days and of findings, each with its note, its code of every list, a victim and an act.

    A person corrected the borough of one in ten.
    """
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
        note = db.execute(
            "INSERT INTO noticias (url, url_canonica, fuente_id, texto_origen, capturada_en, sha256, captura,"
            " version_extractor) VALUES (?, ?, 'm', 'pagina', ?, '', '', '')",
            [folio, folio, f"{day}T12:00:00Z"],
        ).lastrowid
        db.execute("INSERT INTO hallazgos_noticias (folio, noticia_id, papel) VALUES (?, ?, 'primera')", [folio, note])
        if not number % CORRECTED:
            db.execute(
                "INSERT INTO correcciones (folio, campo, valor, quien, cuando) VALUES (?, 'alcaldia', '\"tlahuac\"', 'a', '')",
                [folio],
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
        seconds = (
            f"{statistics.median(times[1:]):.2f} s contra {statistics.median(asked[1:]):.2f} s; los dibujos, ya en memoria"
        )
        what = f"8. Informe de un año de {findings:,} hallazgos ({suffix}) ÷ sus consultas solas (tiempo)"
        yield Row(what, f"{middle:.2f}", f"≤ {MOST_TIMES:.0f}", middle <= MOST_TIMES, seconds)


def annex_row(db: Database, rounds: int) -> Row:
    """Return the row of the reserved annex of all the years: asked for and written as DOCX, by case."""
    each = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        document = annex(db, parse_period(f"{YEARS[0]}-01-01..{YEARS[-1]}-12-31"), "", risk=True, names=True)
        files.content(document, ".docx")
        cases = sum(len(block.filas) for block in document.bloques if isinstance(block, Tabla))
        each.append(1000 * (time.perf_counter() - start) / cases)
    middle = statistics.median(each[1:])
    what = f"8. Anexo reservado de {cases:,} casos (.docx), con nombres: tiempo por caso"
    return Row(what, f"{middle:.2f} ms", f"≤ {MOST_MS:.0f} ms", middle <= MOST_MS, f"{middle * cases / 1000:.1f} s en total")
