"""The rows of size: the same daily run, grouping and pages over a registry of decades and over one of weeks."""

import json
import statistics
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.crawl import Row
from bench.large import OUTLETS, build, tagged_cases
from bench.process import press, run

NOTES_OF_A_RUN = 10  # of each outlet: the measured runs are short ones, so that what grows with the registry is not hidden
MOST_TIMES = 1.5
PAGE_TIMES = 3.0
WORST_SHOWN = 6


def size_rows(cache: Path, *, small: int, big: int, rounds: int) -> list[Row]:
    """Measure and return row 6; registries are built in `cache` unless they lie there."""
    registries = _registries(cache, small, big)
    told = f"{big:,} noticias contra {small:,}"
    return [*_run_rows(registries, told, rounds), *_page_rows(registries)]


def _registries(cache: Path, small: int, big: int) -> tuple[Path, Path]:
    """Return the small and the big registry, built where they are missing."""
    paths = [cache / f"{notes}" / "registro.db" for notes in (small, big)]
    missing = [path for path in paths if not (path.parent / "entero").exists()]
    cases = tagged_cases() if missing else []
    for path in missing:
        path.parent.mkdir(parents=True)
        build(path.parent, notes=int(path.parent.name), cases=cases, last=date.today() - timedelta(days=1))
        (path.parent / "entero").touch()
    return paths[0], paths[1]


def _run_rows(registries: tuple[Path, Path], told: str, rounds: int) -> Iterator[Row]:
    """Yield the whole daily run and the grouping alone, big against small."""
    runs: list[float] = []
    groups: list[float] = []
    for _ in range(rounds):
        seconds, grouped = zip(*(_day(registry) for registry in registries), strict=True)
        runs.append(seconds[1] / seconds[0])
        groups.append(grouped[1] / grouped[0])
    for what, ratios in (("Corrida del día", runs), ("Agrupación sola", groups)):
        middle = statistics.median(ratios)
        each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        yield Row(f"6. {what}: {told} (tiempo)", f"{middle:.2f}", f"≤ {MOST_TIMES}", middle <= MOST_TIMES, f"rondas: {each}")


def _day(registry: Path) -> tuple[float, float]:
    """Return the seconds of a run over a press of its own, and those of grouping its notes once more."""
    with tempfile.TemporaryDirectory(prefix="hallazgos-bench-") as name:
        catalogue = Path(name) / "fuentes.csv"
        with press(OUTLETS, NOTES_OF_A_RUN, catalogue):
            told = ("--registro", registry, "--fuentes", catalogue, "--cortesia", "0", "--permitir-locales")
            whole = run("-m", "pipeline.cli", "correr", *told)
    grouping = run("-m", "bench.grouping", registry)
    return whole.seconds, float(grouping.printed)


def _page_rows(registries: tuple[Path, Path]) -> Iterator[Row]:
    """Yield facets and pages of the big registry against Datasette's bare table page over the small one."""
    small, big = registries
    bare = json.loads(run("-m", "bench.site_time", "pelada", small).printed)
    ours = json.loads(run("-m", "bench.site_time", "nuestra", big).printed)
    table = min(one["segundos"] for one in bare.values())
    cut = sorted({facet for one in ours.values() for facet in one["cortadas"]})
    yield Row("6. Facetas que no terminan a tiempo", ", ".join(cut) or "ninguna", "ninguna", not cut)
    worst = sorted(((one["segundos"] / table, page) for page, one in ours.items()), reverse=True)
    over = sum(times > PAGE_TIMES for times, _ in worst)
    shown = "; ".join(f"{page} {times:.1f}" for times, page in worst[:WORST_SHOWN])
    yield Row(
        f"6. La página más lenta ÷ tabla de Datasette sin nada nuestro, registro chico ({len(ours)} páginas)",
        f"{worst[0][0]:.1f}",
        f"≤ {PAGE_TIMES:.0f}",
        over == 0,
        f"{over} páginas por encima; las más lentas: {shown} (la tabla: {table * 1000:.0f} ms)",
    )
