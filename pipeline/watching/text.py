"""What `vigilar` shows: a table that grows on a terminal, one line a cycle anywhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from crawlers.fechas import MEXICO
from pipeline.pages.wording import counted
from pipeline.watching.cycle import Cycle

MOST_ROWS = 15  # cycles that the table keeps in sight
Teller = tuple[Callable[[Cycle], None], Callable[[str], None]]


def line(cycle: Cycle) -> str:
    """Return one cycle as a line: hour, what was read, what is new, what was told, what is watched."""
    parts = [cycle.fallo or f"{cycle.leido.leidas} de {counted(cycle.leido.fuentes, 'fuente', 'fuentes')}"]
    parts.append(counted(cycle.leido.nuevas, "noticia nueva", "noticias nuevas"))
    parts.append(counted(cycle.hallazgos, "hallazgo nuevo", "hallazgos nuevos"))
    if cycle.leido.pendientes:
        parts.append(counted(cycle.leido.pendientes, "enlace pendiente", "enlaces pendientes"))
    parts += [(one.reason and f"{one.channel.name}: {one.reason}") or f"aviso por {one.channel.name}" for one in cycle.avisos]
    return f"{_hour(cycle)} ciclo {cycle.numero}: {', '.join(parts)} · {'; '.join(cycle.movilizaciones)}"


@contextmanager
def told(every_minutes: float) -> Iterator[Teller]:
    """Give what shows a cycle and what says a line: a live table on a terminal, plain lines elsewhere."""
    console = Console()
    if not console.is_terminal:
        yield lambda cycle: click.echo(line(cycle)), click.echo
        return
    rows: list[Cycle] = []
    with Live(table(rows, every_minutes), console=console, auto_refresh=False) as live:

        def show(cycle: Cycle) -> None:
            rows.append(cycle)
            live.update(table(rows, every_minutes), refresh=True)

        yield show, lambda words: console.print(Text(words))


def table(rows: list[Cycle], every_minutes: float) -> Table:
    """Return the last cycles as a table."""
    watched = "; ".join(rows[-1].movilizaciones) if rows else "primer ciclo"
    shown = Table(
        title=Text(f"Vigilando: {watched}"),
        title_justify="left",
        caption=f"Un ciclo cada {every_minutes:g} min; Ctrl-C termina.",
        caption_justify="left",
    )
    for name in ("hora", "fuentes", "noticias", "hallazgos", "pendientes", "avisos"):
        shown.add_column(name, justify="left" if name == "hora" else "right")
    shown.add_column("observaciones")
    for cycle in rows[-MOST_ROWS:]:
        read = cycle.leido
        remarks = [cycle.fallo, *(f"{one.channel.name}: {one.reason}" for one in cycle.avisos if one.reason)]
        cells = (f"{read.leidas}/{read.fuentes}", read.nuevas, cycle.hallazgos, read.pendientes, cycle.avisados)
        shown.add_row(_hour(cycle), *(str(cell) if cell else "·" for cell in cells), Text(" · ".join(filter(None, remarks))))
    return shown


def _hour(cycle: Cycle) -> str:
    return f"{cycle.inicio.astimezone(MEXICO):%H:%M}"
