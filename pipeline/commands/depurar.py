"""`hallazgos depurar`: lets go of old ordinary news and of the captures that no finding needs."""

from pathlib import Path

import click

from pipeline.commands.opciones import existing_registry, format_option, registry_option, today_option
from pipeline.reloj import Clock


@click.command()
@click.option("--dias", "days", type=click.IntRange(min=1), required=True, help="Quita lo capturado hace más de tantos días.")
@click.option("--aplicar", "really", is_flag=True, help="Lo quita de verdad; sin ella solo dice qué se quitaría.")
@format_option
@registry_option
@today_option
def depurar(days: int, really: bool, output_format: str, registro: Path, now: Clock) -> None:
    """Quita textos y capturas de noticias antiguas que no cuentan ningún caso.

    Quedan su dirección, título, fechas y destino (no se bajan otra vez), la evidencia de los hallazgos y todas las cifras.
    """
    from pipeline import purge, purge_text

    work = purge.apply if really else purge.plan
    purge_text.show(work(existing_registry(registro), days, now()), output_format, done=really)
