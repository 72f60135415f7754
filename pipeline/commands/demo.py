"""`hallazgos demo`: the whole day on the built-in press."""

from pathlib import Path

import click


@click.command()
@click.option(
    "--carpeta",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demostracion"),
    show_default=True,
    help="Carpeta de la demostración; se vacía si es de una anterior.",
)
def demo(carpeta: Path) -> None:
    """Hace una corrida entera sobre una prensa inventada, sin internet, y enseña hallazgos e indicador."""
    from demo.play import play

    play(carpeta)
