"""`hallazgos publicar`: the public version, aggregates only, in a folder of its own."""

from datetime import date
from pathlib import Path

import click

from pipeline.commands.opciones import Dia, existing_registry, registry_option, today_option
from pipeline.errores import ErrorDeUso
from pipeline.reloj import Clock, mexico_day

folder_type = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("-o", "--salida", "target", type=click.Path(path_type=Path), required=True, help="Carpeta que se escribe entera.")
@click.option("--corte", "cut", type=Dia(), help="Hasta qué día; llega al último mes completo.  [si falta: la última corrida]")
@click.option("--k", "k", type=click.IntRange(2), default=3, show_default=True, help="Se reserva lo que sea menor.")
@click.option("--anterior", "earlier", multiple=True, type=folder_type, help="Edición ya publicada; puede repetirse.")
@click.option("--contacto", "contact", default="", help="A quién se piden correcciones.")
@registry_option
@today_option
def publicar(
    target: Path, cut: date | None, k: int, earlier: tuple[Path, ...], contact: str, registro: Path, now: Clock
) -> None:
    """Escribe la versión pública: sólo totales, con las cifras chicas reservadas de modo que no se deduzcan."""
    from pipeline.publication.build import Pedido, publish
    from pipeline.registry.connection import open_registry

    if cut and cut > mexico_day(now()):
        raise ErrorDeUso(f"--corte: el {cut} no ha llegado; se publican meses que ya terminaron")
    with open_registry(existing_registry(registro)) as db:
        done = publish(db, Pedido(target, cut, k, earlier, contact))
    click.echo(f"Se escribió {target}: edición {done.edicion}, hasta {done.corte}")
    click.echo(f"Cifras publicadas: {done.publicadas}; reservadas: {done.reservadas}")
    if done.de_antes:
        click.echo(f"De las reservadas, las que se repiten como las dijo una edición anterior: {done.de_antes}")
    if done.expuestas:
        click.echo(
            f"Cifras que las ediciones anteriores ya dejaban deducir, y que nada puede tapar: {done.expuestas}", err=True
        )
