"""`hallazgos movilizacion informe`: the printable page of one demonstration."""

from contextlib import closing
from pathlib import Path

import click

from pipeline.commands.opciones import existing_registry, registry_option, today_option
from pipeline.errores import ErrorDeUso, reason
from pipeline.reloj import Clock


@click.command()
@click.argument("number", metavar="ID", type=click.IntRange(min=1))
@click.option("-o", "--salida", "target", type=click.Path(dir_okay=False, path_type=Path), help="Archivo HTML que se escribe.")
@registry_option
@today_option
def informe(number: int, target: Path | None, registro: Path, now: Clock) -> None:
    """Escribe lo que se vigiló, las Bases, los hechos y actos por fase y las atenciones, sin nombres (HTML para imprimir)."""
    from pipeline.partial import whole_file
    from pipeline.registry.connection import open_registry
    from pipeline.registry.demonstrations import get
    from pipeline.watching.report import report

    with closing(open_registry(existing_registry(registro))) as db:
        demo = get(db, number)
        if demo is None:
            raise ErrorDeUso(f"no hay movilización {number}")
        page = report(db, demo, now())
    if target is None:
        click.echo(page, nl=False)
        return
    try:
        with whole_file(target) as path:
            path.write_text(page, "utf-8")
    except OSError as error:
        raise ErrorDeUso(f"{target}: no se puede escribir: {reason(error)}") from error
