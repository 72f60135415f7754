"""What goes wrong in a way the user can mend: one clear line in Spanish, and the exit status of the design."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

import click

# What SQLite and the system say in English, and what it means for whoever runs a command.
SAID_IN_SPANISH = {
    "not a database": "no es un archivo SQLite",
    "malformed": "el archivo está dañado; recupere un respaldo",
    "database is locked": "otro programa lo tiene ocupado",
    "readonly database": "falta permiso de escritura en el archivo o en su carpeta",
    "unable to open database file": "falta permiso de escritura en su carpeta, o no existe",
    "disk is full": "no queda espacio en el disco",
    "No space left": "no queda espacio en el disco",
    "Disk quota exceeded": "se acabó la cuota de disco",
    "File too large": "el archivo pasa del tamaño permitido",
    "No such file": "no existe",
    "Is a directory": "es una carpeta",
    "Not a directory": "no es una carpeta",
    "Read-only file system": "el disco es de solo lectura",
    "codec can't decode": "no está en UTF-8",
    "disk I/O error": "el disco no responde o no queda espacio",
}


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


class Detenida(ErrorDeUso):
    """The machine failed in the middle of long work: what was stored stays, and the same order goes on from there."""

    exit_code = Salida.ATENCION


@contextmanager
def machine_failures(registro: Path) -> Iterator[None]:
    """Turn a failure of the machine (disk full, registry out of reach) into one line. Raises `Detenida`."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        place = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
        told = f"no se pudo seguir: {place}{reason(error)}; lo guardado se conserva: repita la orden"
        raise Detenida(f"{registro}: {told}") from error


def reason(error: Exception) -> str:
    """Say in Spanish what `error` means for the user."""
    if isinstance(error, PermissionError) and error.errno:
        return "falta permiso de escritura"
    if isinstance(error, UnicodeDecodeError):
        return "no está en UTF-8"
    said = (isinstance(error, OSError) and error.strerror) or str(error)
    return next((spanish for english, spanish in SAID_IN_SPANISH.items() if english in said), said)


def not_toml(error: ValueError) -> str:
    """Say in Spanish where a file stops being TOML, from what `tomllib` says of it."""
    place = re.search(r"line (\d+), column (\d+)", str(error))
    where = f"línea {place[1]}, columna {place[2]}" if place else "al final"
    return f"{where}: no es TOML válido (un texto va entre comillas)"
