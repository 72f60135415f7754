"""`hallazgos inventario`: which personal data are held, what for, how long, on what legal basis (R31, R32)."""

from contextlib import closing
from pathlib import Path

import click

from pipeline.commands.opciones import accepted_today_option, existing_registry, format_option, registry_option


@click.command()
@click.option("--regulador", default="", help="Autoridad de datos personales de hoy.")
@click.option("--fundamento", default="", help="Leyes y artículos en que se apoya el tratamiento.")
@click.option("--verificado", default="", help="Día en que se comprobaron por última vez (AAAA-MM-DD).")
@format_option
@registry_option
@accepted_today_option
def inventario(regulador: str, fundamento: str, verificado: str, output_format: str, registro: Path) -> None:
    """Enlista cada campo con datos personales: finalidad, sensibilidad, fundamento y conservación.

    La autoridad, el fundamento y su fecha se escriben en hallazgos.toml, en [inventario].
    """
    from pipeline.privacy.inventory import COLUMNS, Law, inventory
    from pipeline.registry.connection import open_registry
    from pipeline.tables import show_rows

    with closing(open_registry(existing_registry(registro))) as db:
        show_rows(COLUMNS, inventory(db, Law(regulador, fundamento, verificado)), output_format)
