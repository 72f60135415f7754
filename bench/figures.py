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
MOST_TIMES = 3.0
VIEWS = (
    "v_serie_diaria",
    "v_indicador_mensual",
    "v_indicador_semestral",
    "v_indicador_doce_meses",
    "v_comparativo_anual",
    "v_indicador_ambito",
    "v_por_alcaldia",
    "v_desglose_anual",
    "v_desglose_mensual",
    "v_desglose_diario",
)
# Every row that the figures count, read once and nothing made of it.
SCANNED = (
    "hallazgos", "hallazgos_noticias", "correcciones", "victimas", "actos", "hallazgos_modalidad", "hallazgos_agresion",
    "hallazgos_agresor", "hallazgos_tipo_victima",
)  # fmt: skip


def figure_rows(findings: int, rounds: int) -> Iterator[Row]:
    """Measure and yield row 10 over `findings` findings of ten years; each side of a ratio right after the other."""
    with tempfile.TemporaryDirectory(prefix="hallazgos-bench-") as name, open_registry(Path(name) / "registro.db") as db:
        fill(db, findings // len(YEARS), YEARS)
        bare = partial(_scan, db)
        told = f"10. %s ÷ leer sus {findings:,} hallazgos con sus notas, códigos, víctimas y actos (tiempo de procesador)"
        for view in VIEWS:
            yield _row(told % view, _rounds(partial(_read, db, view), bare, rounds))
        whole = partial(figures_of, db, parse_period(WHOLE), today=TODAY)
        yield _row(told % "Todas las cifras de diez años juntas", _rounds(whole, bare, rounds))


def _scan(db: Database) -> int:
    return sum(_read(db, table) for table in SCANNED)


def _read(db: Database, name: str) -> int:
    return sum(1 for _ in db.execute(f"SELECT * FROM {name}"))


def _rounds(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> list[tuple[float, float]]:
    """Return (ours, bare) in seconds of the processor for each round; what warms up is left out."""
    return [(_seconds(ours), _seconds(bare)) for _ in range(rounds + 1)][1:]


def _seconds(what: Callable[[], object]) -> float:
    start = time.process_time()  # of the processor: what else the machine does stays out of it
    what()
    return time.process_time() - start


def _row(what: str, measured: list[tuple[float, float]]) -> Row:
    ratios = sorted(one / bare for one, bare in measured)
    ratio, (ours, bare) = statistics.median(ratios), map(statistics.median, zip(*measured, strict=True))
    figure = f"{ratio:.2f}" + f" (de {ratios[0]:.2f} a {ratios[-1]:.2f})" * (len(ratios) > 1)
    return Row(what, figure, f"≤ {MOST_TIMES:.0f}", ratio <= MOST_TIMES, f"{ours:.2f} s contra {bare:.2f} s")
