"""`hallazgos correr`: one run, from the sources to the findings."""

from datetime import date
from pathlib import Path

import click

from pipeline.commands.opciones import Dia, crawl_options, format_option
from pipeline.reloj import Clock


@click.command()
@click.option("--solo-feeds", "feeds_only", is_flag=True, help="Lee solo los canales (barato: puede repetirse cada hora).")
@click.option(
    "--turno",
    "turn",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="MINUTOS",
    help="Minutos que se espera a que otra corrida, o un ciclo de vigilar, deje el candado.",
)
@click.option("--solo", "only", multiple=True, metavar="ID", help="Lee solo esta fuente; puede repetirse. No cubre el día.")
@click.option(
    "--desde", "since", type=Dia(), help="Toma noticias publicadas desde ese día, en lugar de la ventana de tres días."
)
@click.option(
    "-v", "--detalle", "detail", is_flag=True, help="Escribe en la salida de errores una línea por lectura, enlace y fuente."
)
@format_option
@crawl_options
def correr(
    feeds_only: bool,
    delay: float,
    patience: float,
    turn: float,
    only: tuple[str, ...],
    since: date | None,
    detail: bool,
    output_format: str,
    catalogue: Path | None,
    replay: Path | None,
    allow_local: bool,
    contact: str,
    registro: Path,
    now: Clock,
) -> None:
    """Hace una corrida: baja lo nuevo de las fuentes, lo etiqueta y lo reúne en hallazgos."""
    from pipeline import run, run_text
    from pipeline.bitacora import logged
    from pipeline.sources.catalogue import sources

    order = run.RunOrder(
        registro, sources(catalogue), now, only, feeds_only, since, delay, replay, allow_local, contact, patience, turn * 60
    )
    with logged(detail=detail):
        summary = run.run_day(order)
    run_text.show(summary, output_format)
    click.get_current_context().exit(summary.status())
