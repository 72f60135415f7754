"""What goes wrong in a way the user can mend: one clear line in Spanish, and the exit status of the design."""

from enum import IntEnum

import click


class Salida(IntEnum):
    """Exit statuses of every command (design, "The command line")."""

    HECHO = 0
    ATENCION = 1
    USO = 2
    NINGUNA_FUENTE = 3
    OCUPADO = 4
    LINEAS_MALAS = 5


class ErrorDeUso(click.ClickException):
    """A file or option that is refused whole: named in one line, exit status 2."""

    exit_code = Salida.USO

    def show(self, file: object = None) -> None:
        """Print the line on standard error, in Spanish."""
        click.echo(f"Error: {self.format_message()}", err=True)
