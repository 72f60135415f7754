"""`hallazgos respaldo`: makes, checks and restores backups."""

from pathlib import Path

import click

from pipeline.commands.opciones import existing_registry, registry_option, today_option
from pipeline.reloj import Clock

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
identity_option = click.option(
    "--identidad", "identity", type=FILE, help="Archivo con la clave secreta, si el respaldo está cifrado."
)


@click.group()
def respaldo() -> None:
    """Copia el registro con sus capturas y su configuración, lo comprueba y lo restaura."""


@respaldo.command()
@click.option("--carpeta", "folder", type=FOLDER, help="Carpeta de los respaldos.  [si falta: respaldos/ junto al registro]")
@click.option("-o", "--salida", "output", type=FILE, help="Lo escribe en este archivo, fuera de la carpeta y de su rotación.")
@click.option(
    "--conservar",
    "keep",
    type=click.IntRange(min=1),
    help="Tras respaldar, deja el más nuevo de cada uno de los últimos N días, N semanas y N meses con respaldo.",
)
@click.option(
    "--clave-publica",
    "key",
    default="",
    help="Lo cifra para esta clave de age (age1…) o para las de este archivo, una por línea.",
)
@registry_option
@today_option
def crear(folder: Path | None, output: Path | None, keep: int | None, key: str, registro: Path, now: Clock) -> None:
    """Hace un respaldo en un solo archivo, también mientras otros escriben; sale con 1 si ya faltaba alguna captura."""
    from pipeline.backup import text

    if output and (folder or keep):
        raise click.UsageError("-o no se combina con --carpeta ni con --conservar")
    existing_registry(registro)
    if output:
        status = text.make_file(registro, output, key, now())
    else:
        status = text.make_in_folder(registro, folder, key, now(), keep=keep)
    click.get_current_context().exit(status)


@respaldo.command()
@click.argument("archivo", type=FILE, metavar="RESPALDO")
@identity_option
def verificar(archivo: Path, identity: Path | None) -> None:
    """Comprueba un respaldo entero: huellas, base de datos y capturas; sale con 1 y dice qué está mal."""
    from pipeline.backup import text

    click.get_current_context().exit(text.check(archivo, identity))


@respaldo.command()
@click.argument("archivo", type=FILE, metavar="RESPALDO")
@click.option("--en", "target", type=FOLDER, required=True, help="Carpeta nueva o vacía en la que queda todo.")
@identity_option
@click.option(
    "--supresiones",
    "erased",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Lista de lo suprimido desde entonces (supresiones.json).  [si falta: la que está junto al respaldo]",
)
@today_option
def restaurar(archivo: Path, target: Path, identity: Path | None, erased: Path | None, now: Clock) -> None:
    """Restaura un respaldo en una carpeta nueva, tras comprobarlo, y suprime otra vez lo que se suprimió después."""
    from pipeline.backup import text

    click.get_current_context().exit(text.bring_back(archivo, identity, target, erased=erased, now=now()))


@respaldo.command()
@click.option("-o", "--salida", "output", type=FILE, required=True, help="Archivo nuevo para la clave secreta.")
def clave(output: Path) -> None:
    """Hace un par de claves para cifrar respaldos y dice la pública."""
    from pipeline.backup import text

    text.make_key(output)
