"""`hallazgos etiquetar`: the annotation guide's record for each note of a file."""

import sys
from pathlib import Path
from typing import TextIO

import click


@click.command()
@click.argument("entrada", type=click.Path(path_type=Path, allow_dash=True), metavar="[ENTRADA.jsonl]", default="-")
@click.option(
    "-o",
    "--salida",
    "output",
    type=click.File("w", encoding="utf-8", lazy=False),
    default="-",
    help="Archivo de salida, un objeto por línea; sin ella, la pantalla.",
)
@click.option("--explicar", is_flag=True, help="Añade los pasajes y las reglas en que descansa cada valor, y cuán seguro es.")
def etiquetar(entrada: Path, output: TextIO, explicar: bool) -> None:
    """Codifica noticias según la guía: {id, titulo, texto, fecha_publicacion} por línea."""
    from pipeline.tagging.stream import opened, tag_stream

    if str(entrada) == "-":
        status = tag_stream(sys.stdin.buffer, output, "entrada", passages=explicar)
    else:
        with opened(entrada) as source:
            status = tag_stream(source, output, str(entrada), passages=explicar)
    click.get_current_context().exit(status)
