"""`hallazgos agrupar`: puts the notes of a file into findings, without a registry."""

from pathlib import Path
from typing import TextIO

import click


@click.command()
@click.argument("entrada", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="ENTRADA.jsonl")
@click.option("--con-etiquetas", "with_tags", is_flag=True, help="Usa las etiquetas del archivo en lugar de hacerlas.")
@click.option(
    "-o",
    "--salida",
    "output",
    type=click.File("w", encoding="utf-8", lazy=False),
    default="-",
    help="Archivo de salida, {id, folio} por línea; sin ella, la pantalla.",
)
def agrupar(entrada: Path, with_tags: bool, output: TextIO) -> None:
    """Reúne en hallazgos las noticias de un archivo; folio null: no es hallazgo. No toca el registro."""
    from pipeline.grouping.file import group_file

    click.get_current_context().exit(group_file(entrada, output, with_tags=with_tags))
