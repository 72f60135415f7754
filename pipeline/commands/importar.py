"""`hallazgos importar`: what was counted before the registry existed."""

from pathlib import Path

import click

from pipeline.commands.opciones import existing_registry, registry_option, today_option
from pipeline.quien import shell_user
from pipeline.reloj import Clock


@click.group()
def importar() -> None:
    """Trae al registro cifras de otros años."""


@importar.command()
@click.argument("archivo", type=click.Path(path_type=Path))
@click.option("--ensayo", "dry_run", is_flag=True, help="Revisa el archivo y dice qué cambiaría, sin escribir nada.")
@registry_option
@today_option
def totales(archivo: Path, dry_run: bool, registro: Path, now: Clock) -> None:
    """Totales mensuales de ARCHIVO (CSV o XLSX: anio,mes,total y, si se quiere, indicador,unidad,fuente)."""
    from pipeline.figures.baselines import read_totals
    from pipeline.registry.baselines import save_totals
    from pipeline.registry.connection import open_registry

    rows = read_totals(archivo)
    with open_registry(existing_registry(registro) if dry_run else registro) as db:
        done = save_totals(db, rows, quien=shell_user(), now=now(), dry_run=dry_run)
    click.echo(f"Totales nuevos: {done.nuevos}; cambiados: {done.cambiados}; iguales: {done.iguales}.")
    if dry_run:
        click.echo("Fue un ensayo: no se escribió nada.")
