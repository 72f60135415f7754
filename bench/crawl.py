"""The rows of the crawl: ours against a bare spider over the same press, the two sides of a ratio one after the other."""

import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.process import Ran, SideFailed, asked, press, run


@dataclass(frozen=True)
class Row:
    """One line of the results: what was measured, its figure, the goal, and whether it was reached (None: no goal)."""

    que: str
    cifra: str
    meta: str
    cumple: bool | None
    detalle: str = ""


@dataclass(frozen=True)
class Round:
    """One round over the same press: every side once, in pages per second or seconds."""

    bare: Ran
    ours: Ran
    extracting: Ran
    tagging: Ran | None  # once is enough for a figure without a goal here, and it is the longest of all
    bare_feeds: Ran
    again: Ran
    asked_again: int
    bytes_kept: int


def crawl_rows(*, outlets: int, notes: int, rounds: int) -> list[Row]:
    """Measure and return rows 1 to 5."""
    with tempfile.TemporaryDirectory(prefix="hallazgos-bench-") as name:
        catalogue = Path(name) / "fuentes.csv"
        with press(outlets, notes, catalogue) as address:
            done = [
                _round(Path(name) / str(number), catalogue, address, outlets * notes, tag=not number)
                for number in range(rounds)
            ]
    return list(_rows(done, outlets * notes))


def _round(folder: Path, catalogue: Path, address: str, pages: int, *, tag: bool) -> Round:
    """Run every side once, what is compared next to each other."""
    folder.mkdir()
    registry, tagged = folder / "sin" / "registro.db", folder / "con" / "registro.db"
    bare = _checked(run("-m", "bench.theirs", "paginas", catalogue), pages)
    ours = run("-m", "bench.ours", registry, catalogue)
    extracting = _checked(run("-m", "bench.theirs", "texto", catalogue), pages)
    _check_stored(registry, pages)
    kept = _size(registry.parent)
    bare_feeds = _checked(run("-m", "bench.theirs", "feeds", catalogue), pages)
    asked(address)
    again = run("-m", "bench.ours", registry, catalogue)
    articles = asked(address).get("articulos", 0)
    told = ("--registro", tagged, "--fuentes", catalogue, "--cortesia", "0", "--permitir-locales")
    tagging = run("-m", "pipeline.cli", "correr", *told) if tag else None
    if tag:
        _check_stored(tagged, pages)
    return Round(bare, ours, extracting, tagging, bare_feeds, again, articles, kept)


def _checked(ran: Ran, pages: int) -> Ran:
    """Return what a bare spider did, or raise `SideFailed` when it did not read every page."""
    if ran.printed != str(pages):
        raise SideFailed(f"la araña pelada leyó {ran.printed} de {pages}")
    return ran


def _check_stored(registry: Path, pages: int) -> None:
    """Raise `SideFailed` when a page is missing in the registry, or was stored without the page's own text."""
    with closing(sqlite3.connect(registry)) as db:
        (stored,) = db.execute("SELECT count(*) FROM noticias WHERE texto_origen = 'pagina'").fetchone()
    if stored != pages:
        raise SideFailed(f"el registro tiene {stored} de {pages} noticias")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _rows(done: list[Round], pages: int) -> Iterator[Row]:
    """Yield the lines, each with the median of its ratios."""
    yield _ratio(
        "1. Rastreo, extracción, evidencia y registro, sin etiquetar ÷ araña pelada (páginas por segundo)",
        [(one.bare.seconds, one.ours.seconds) for one in done],
        0.40,
        pages,
    )
    yield _ratio(
        "2. Lo mismo ÷ araña con la extracción completa de trafilatura en su hilo",
        [(one.extracting.seconds, one.ours.seconds) for one in done],
        1.0,
        pages,
    )
    yield _ratio(
        "3. La corrida entera, con etiquetas y agrupación ÷ araña pelada",
        [(one.bare.seconds, one.tagging.seconds) for one in done if one.tagging],
        None,
        pages,
    )
    again = [one.again.seconds / one.bare_feeds.seconds for one in done]
    asked_again = sum(one.asked_again for one in done)
    yield Row(
        "4. Segunda corrida sin nada nuevo ÷ araña que lee los mismos canales (tiempo)",
        _spread(again),
        "≤ 2 y ninguna nota pedida",
        statistics.median(again) <= 2 and asked_again == 0,
        f"notas pedidas: {asked_again}; {_median(done, 'again'):.1f} s contra {_median(done, 'bare_feeds'):.1f} s",
    )
    peak = max(side.peak_mb for one in done for side in (one.ours, one.again, one.tagging) if side)
    yield Row("5. Memoria de todo el árbol de procesos, en su punto más alto", f"{peak:.0f} MB", "900 MB", peak <= 900)
    size = statistics.median(one.bytes_kept for one in done) / pages * 1000 / 1e6
    yield Row("5. Disco por cada 1,000 notas (registro y capturas)", f"{size:.1f} MB", "—", None)


def _ratio(what: str, pairs: list[tuple[float, float]], goal: float | None, pages: int) -> Row:
    ratios = [theirs / ours for theirs, ours in pairs]
    detail = "; ".join(f"{pages / ours:.0f} contra {pages / theirs:.0f}" for theirs, ours in pairs)
    met = None if goal is None else statistics.median(ratios) >= goal
    return Row(what, _spread(ratios), "—" if goal is None else f"≥ {goal:.2f}", met, f"páginas/s: {detail}")


def _spread(ratios: list[float]) -> str:
    middle = f"{statistics.median(ratios):.2f}"
    return middle if len(ratios) == 1 else f"{middle} (de {min(ratios):.2f} a {max(ratios):.2f})"


def _median(done: list[Round], side: str) -> float:
    return float(statistics.median(getattr(one, side).seconds for one in done))
