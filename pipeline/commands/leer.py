"""`hallazgos leer`: the technician's microscope, one document as the readers see it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.opciones import catalogue_option, fetch_options, format_option

if TYPE_CHECKING:
    from crawlers.options import HarvestOptions


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
@catalogue_option
@fetch_options
def leer(
    documento: str, kind: str | None, url: str, output_format: str, catalogue: Path | None, options: "HarvestOptions"
) -> None:
    """Muestra lo que el lector saca de un documento: la nota de una página, o los elementos de un canal, mapa o sección."""
    from pipeline.sources import document
    from pipeline.sources.catalogue import sources
    from pipeline.tables import show_rows

    known = sources(catalogue) if catalogue or kind == "seccion" else ()
    opened = document.open_document(documento, url, options)
    chosen = kind or document.guess_kind(opened)
    if chosen == "pagina":
        click.echo(json.dumps(document.read_page(opened, options.now()), ensure_ascii=False, indent=2))
        return
    items, reason = document.read_list(opened, chosen, options.now(), known)
    columns = document.ITEM_COLUMNS[:6] if output_format == "tabla" else document.ITEM_COLUMNS
    show_rows(columns, items, output_format)
    if reason:
        click.echo(f"Motivo: {reason}", err=True)
