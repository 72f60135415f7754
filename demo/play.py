"""Plays the demonstration: one day of the invented press, totals of the year before, a review, the figure."""

import csv
import os
import shlex
import shutil
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from demo.press import build
from pipeline.cli import hallazgos
from pipeline.pages.labels import label
from pipeline.pages.wording import day_text
from pipeline.registry.connection import open_registry
from pipeline.reloj import clock
from pipeline.review import Hand, discard, validate

HERE = Path(__file__).parent
# The press is of 20–23 November 2026; the run is on the last day of the month, so that the month is whole and M1 can be told.
TODAY = date(2026, 11, 30)
SINCE = date(2026, 11, 20)
CALENDAR = (
    f"\nEl calendario de la demostración es fijo: su corrida es del {day_text(TODAY.isoformat())}. Por eso las páginas y"
    " `hallazgos salud` pueden verla por venir (salud dirá que revise el reloj) o atrasada."
)
REVIEWER = "demostracion"
SHOWN = "SELECT folio, estado, clase, alcaldia, entidad, resumen FROM v_hallazgos ORDER BY folio"


def command(*args: str) -> None:
    """Show one `hallazgos` command and run it in this process, as a terminal would."""
    click.secho(f"\n$ hallazgos {shlex.join(args)}", bold=True)
    hallazgos.main(args=list(args), prog_name="hallazgos", standalone_mode=False)


def fresh_folder(folder: Path) -> Path:
    """Empty the demonstration's own folder (only one that an earlier demonstration made) and return it."""
    mark = folder / ".demostracion"
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise click.ClickException(f"{folder}: no está vacía y no es de una demostración; elija otra con --carpeta")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    mark.touch()
    return folder


def alone(folder: Path) -> None:
    """Keep this machine's configuration and variables out of the demonstration."""
    for name in [name for name in os.environ if name.startswith("HALLAZGOS_")]:
        del os.environ[name]
    os.environ["HALLAZGOS_CONFIG"] = str(folder / "sin-configuracion.toml")


def folio_of(db: Database, url: str) -> str | None:
    """Return the folio of the finding that the article at `url` tells, or None."""
    rows = db.query(
        "SELECT folio FROM hallazgos_noticias JOIN noticias ON noticias.id = noticia_id WHERE url_canonica = ? OR url = ?",
        [url, url],
    )
    return next((row["folio"] for row in rows), None)


def review(registry: Path) -> tuple[int, int]:
    """Apply the planned review (`data/revision.csv`) as an analyst would; return how many were validated and discarded."""
    db = open_registry(registry)
    done = {"validar": 0, "descartar": 0}
    act = {"validar": validate, "descartar": discard}
    with (HERE / "data" / "revision.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            folio = folio_of(db, row["url"])
            if folio:
                act[row["decision"]](db, folio, Hand(REVIEWER, clock(TODAY)()), motivo=row["motivo"])
                done[row["decision"]] += 1
    db.close()
    return done["validar"], done["descartar"]


def show_findings(registry: Path) -> None:
    """Print the findings, one line each, without names."""
    db = open_registry(registry)
    table = Table(title="Hallazgos", title_justify="left")
    for title in ("folio", "estado", "dónde", "qué"):
        table.add_column(title, no_wrap=title in {"folio", "estado"})
    for row in db.query(SHOWN):
        place = label("alcaldia", row["alcaldia"]) or label("entidad", row["entidad"]) or "—"
        table.add_row(row["folio"], label("estado", row["estado"]), place, row["resumen"])
    console = Console()
    (console if console.is_terminal else Console(width=160)).print(table)
    db.close()


def play(folder: Path) -> None:
    """Run the whole demonstration in `folder`: press, run, totals, review, findings, M1 and `comparativo.csv`."""
    fresh_folder(folder)
    alone(folder)
    registry = folder / "registro.db"
    common = ("--registro", str(registry), "--hoy", TODAY.isoformat())
    press, sources = folder / "prensa", HERE / "fuentes.csv"
    build(press)
    command("correr", *common, "--fuentes", str(sources), "--reproducir", str(press), "--desde", SINCE.isoformat())
    click.echo("(Un medio falla a propósito, y un enlace lleva a una página que no existe y queda pendiente: así se ve.)")
    command("importar", "totales", str(HERE / "data" / "totales_2025.csv"), *common)
    validated, discarded = review(registry)
    click.echo("\nRevisión de demostración (aquí la hace el programa; en la oficina, una persona):")
    click.echo(f"  {validated} hallazgos validados, {discarded} descartados, cada uno con su motivo en la bitácora.")
    click.echo("Sólo un hallazgo validado cuenta como registro.\n")
    show_findings(registry)
    command("indicador", "--periodo", "2026-11", *common)
    command("exportar", "comparativo", "--anio", "2026", "-o", str(folder / "comparativo.csv"), *common)
    click.echo(CALENDAR)
    click.echo(f"\nPara abrir las páginas:  .venv/bin/hallazgos servir --registro {shlex.quote(str(registry))}")
