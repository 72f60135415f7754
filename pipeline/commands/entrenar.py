"""`hallazgos entrenar`: fits the tagger's weights on annotated notes."""

from pathlib import Path

import click

from pipeline.commands.opciones import format_option


@click.command()
@click.argument("corpus", nargs=-1, type=click.Path(path_type=Path), metavar="[CORPUS.jsonl]…")
@click.option("-o", "--pesos", type=click.Path(path_type=Path), help="Dónde se escriben los pesos; sin ella, los del paquete.")
@click.option("--pisos", type=click.Path(path_type=Path), help="Sube los pisos de este archivo a las cifras alcanzadas.")
@click.option("--bajar-pisos", metavar="MOTIVO", default="", help="Deja que los pisos bajen, y dice por qué.")
@format_option
def entrenar(corpus: tuple[Path, ...], pesos: Path | None, pisos: Path | None, bajar_pisos: str, output_format: str) -> None:
    """Ajusta los pesos del etiquetador con notas anotadas y dice sus cifras, cada mano apartada de lo aprendido."""
    from nlp.aprendizaje.corpus import files
    from nlp.aprendizaje.modelo import WEIGHTS
    from pipeline.errores import ErrorDeUso
    from pipeline.tables import show_rows
    from pipeline.tagging.evaluation import COLUMNS, HEADINGS, as_rows
    from pipeline.tagging.training import train_on, write_all

    if bajar_pisos and pisos is None:
        raise ErrorDeUso("--bajar-pisos: falta --pisos ARCHIVO")
    done = train_on(list(corpus) or files())
    write_all(done, pesos or WEIGHTS, pisos, bajar_pisos)
    show_rows(COLUMNS, as_rows(done.cifras), output_format, headings=HEADINGS)
