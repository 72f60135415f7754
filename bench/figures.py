"""The rows of figures: each view of a figure, and all figures of ten years, as a ratio to a bare scan of the same findings."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from bench.crawl import Row
from bench.year import TODAY, fill
from pipeline.figures.period import figures_of
from pipeline.periodos import parse_period
from pipeline.registry.connection import open_registry

YEARS = range(2017, 2027)
WHOLE = "2017-01-01..2026-12-31"
MOST_TIMES = 10.0
VIEWS = (
    "v_serie_diaria",
    "v_comparativo_anual",
    "v_indicador_ambito",
    "v_por_alcaldia",
    "v_desglose_anual",
    "v_desglose_diario",
)
# Every row that the figures count, read once and nothing made of it.
SCANNED = (
    "hallazgos", "victimas", "actos", "hallazgos_modalidad", "hallazgos_agresion", "hallazgos_agresor",
    "hallazgos_tipo_victima",
)  # fmt: skip


def figure_rows(findings: int, rounds: int) -> Iterator[Row]:
    """Measure and yield row 10 over `findings` findings of ten years."""
    with tempfile.TemporaryDirectory(prefix="hallazgos-bench-") as name, open_registry(Path(name) / "registro.db") as db:
        fill(db, findings // len(YEARS), YEARS)
        bare = _median(lambda: [_read(db, table) for table in SCANNED], rounds)
        told = f"10. %s ÷ leer sus {findings:,} hallazgos con sus códigos, víctimas y actos (tiempo)"
        for view in VIEWS:
            yield _row(told % view, _median(partial(_read, db, view), rounds), bare)
        whole = _median(partial(figures_of, db, parse_period(WHOLE), today=TODAY), 1)
        yield _row(told % "Todas las cifras de diez años", whole, bare)


def _read(db: Database, name: str) -> int:
    return sum(1 for _ in db.execute(f"SELECT * FROM {name}"))


def _median(what: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds + 1):  # the first warms up
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def _row(what: str, seconds: float, bare: float) -> Row:
    ratio = seconds / bare
    return Row(what, f"{ratio:.1f}", f"≤ {MOST_TIMES:.0f}", ratio <= MOST_TIMES, f"{seconds:.2f} s contra {bare:.2f} s")
