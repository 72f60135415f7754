"""`hallazgos evaluar`: how well the tagger does on an annotated corpus."""

from pathlib import Path

import click

from pipeline.commands.opciones import format_option


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path), metavar="CORPUS.jsonl")
@format_option
def evaluar(corpus: Path, output_format: str) -> None:
    """Etiqueta un corpus anotado con la guía y compara, campo por campo."""
    from pipeline.tagging.evaluation import evaluate_file

    click.get_current_context().exit(evaluate_file(corpus, output_format))
