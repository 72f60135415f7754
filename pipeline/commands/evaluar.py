"""`hallazgos evaluar`: how well the tagger, or the grouping, does on an annotated corpus."""

from pathlib import Path

import click

from pipeline.commands.opciones import format_option


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path), metavar="CORPUS.jsonl")
@click.option("--eventos", "events", is_flag=True, help="Compara la agrupación: qué notas cuentan el mismo hecho («evento»).")
@click.option("--con-etiquetas", "with_tags", is_flag=True, help="Con --eventos: sólo con las etiquetas del archivo.")
@format_option
def evaluar(corpus: Path, events: bool, with_tags: bool, output_format: str) -> None:
    """Etiqueta un corpus anotado con la guía y compara, campo por campo."""
    if with_tags and not events:
        raise click.UsageError("--con-etiquetas se usa con --eventos")
    if events:
        from pipeline.grouping.evaluation import evaluate_events

        click.get_current_context().exit(evaluate_events(corpus, output_format, with_tags=with_tags))
    from pipeline.tagging.evaluation import evaluate_file

    click.get_current_context().exit(evaluate_file(corpus, output_format))
