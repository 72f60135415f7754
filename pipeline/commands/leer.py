"""`hallazgos leer`: the technician's microscope, one document as the readers see it."""

import json
from pathlib import Path

import click

from pipeline.commands.opciones import contact_option, format_option, local_option, replay_option, today_option
from pipeline.reloj import Clock


@click.command()
@click.argument("documento", metavar="ARCHIVO|URL")
@click.option(
    "--como",
    "kind",
    type=click.Choice(["pagina", "feed", "mapa", "seccion"]),
    help="Qué es el documento; sin ella se reconoce por su contenido (una lista de notas sólo con --como seccion).",
)
@click.option("--url", default="", help="Dirección de la que salió un archivo; completa enlaces relativos.")
@format_option
@replay_option
@local_option
@contact_option
@today_option
def leer(  # noqa: PLR0913, PLR0917 - click gives one parameter an option
    documento: str,
    kind: str | None,
    url: str,
    output_format: str,
    replay: Path | None,
    allow_local: bool,
    contact: str,
    now: Clock,
) -> None:
    """Muestra lo que el lector saca de un documento: la nota de una página, o los elementos de un canal, mapa o sección."""
    from crawlers.options import HarvestOptions
    from pipeline.sources import document
    from pipeline.tables import show_rows

    options = HarvestOptions(Path(), 0, now, replay=replay, allow_local=allow_local, contact=contact)
    opened = document.open_document(documento, url, options)
    chosen = kind or document.guess_kind(opened)
    if chosen == "pagina":
        click.echo(json.dumps(document.read_page(opened, now()), ensure_ascii=False, indent=2))
        return
    items, reason = document.read_list(opened, chosen, now())
    columns = document.ITEM_COLUMNS[:6] if output_format == "tabla" else document.ITEM_COLUMNS
    show_rows(columns, items, output_format)
    if reason:
        click.echo(f"Motivo: {reason}", err=True)
