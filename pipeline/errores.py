"""What goes wrong in a way the user can mend: one clear line in Spanish, and the exit status of the design."""

import errno
import sqlite3
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


# What the system or SQLite says, in the words of the user.
CAUSES = {
    errno.ENOSPC: "no hay espacio en el disco",
    errno.EDQUOT: "se acabó la cuota de disco",
    errno.EFBIG: "el archivo pasa del tamaño permitido",
    errno.EACCES: "falta permiso",
    errno.EPERM: "falta permiso",
    errno.EROFS: "el disco es de solo lectura",
    errno.ENOENT: "no existe",
    errno.EISDIR: "es una carpeta",
    errno.ENOTDIR: "no es una carpeta",
    errno.EIO: "el disco falla",
    "database or disk is full": "no hay espacio en el disco",
    "disk I/O error": "el disco falla",
    "file is not a database": "no es un archivo SQLite",
    "database disk image is malformed": "el archivo está dañado",
    "unable to open database file": "no se puede abrir",
    "attempt to write a readonly database": "es de solo lectura",
    "database is locked": "otro proceso lo tiene ocupado",
}


def cause(error: Exception) -> str:
    """Return in Spanish what went wrong with a file or a database; its own words where there are none of ours."""
    if isinstance(error, OSError) and error.errno:
        return CAUSES.get(error.errno, error.strerror or str(error))
    return CAUSES.get(str(error), str(error)) if isinstance(error, sqlite3.Error) else str(error)
