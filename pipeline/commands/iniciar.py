"""`hallazgos iniciar`: writes `hallazgos.toml`."""

import click


@click.command()
def iniciar() -> None:
    """Escribe hallazgos.toml con el contacto y las rutas."""
