"""`hallazgos salud`: whether anything of the monitor needs a person."""

from pathlib import Path

import click

from pipeline.commands.opciones import existing_registry, format_option, registry_option, today_option
from pipeline.reloj import Clock, mexico_day


@click.command()
@click.option(
    "--disco-sin-cifrar",
    "plain_disk",
    is_flag=True,
    help="Se sabe que el disco no va cifrado: se dice, pero no pide a nadie.",
)
@format_option
@registry_option
@today_option
def salud(plain_disk: bool, output_format: str, registro: Path, now: Clock) -> None:
    """Estado de cada fuente según su ritmo, última corrida, disco y permisos; termina con 1 si algo necesita a una persona."""
    from pipeline.config import config_path
    from pipeline.health import report, text
    from pipeline.registry.connection import open_registry
    from pipeline.tables import print_table

    with open_registry(existing_registry(registro)) as db:
        health = report.examine(db, registro, config_path(), mexico_day(now()), plain_disk=plain_disk)
    if output_format == "json":
        click.echo(text.as_json(health))
    elif output_format == "csv":
        click.echo(text.as_csv(health), nl=False)
    else:
        print_table(text.as_table(health))
        click.echo("\n".join(text.closing_lines(health)))
    click.get_current_context().exit(health.status)
