"""`hallazgos iniciar`: writes `hallazgos.toml`."""

import os
from pathlib import Path

import click

from pipeline.config import config_path
from pipeline.errores import ErrorDeUso

TEMPLATE = """\
# Configuración de hallazgos. Cada clave es una opción de la línea de comandos; una tabla [orden] vale sólo para esa orden.
# Cómo pueden escribir los medios a quien opera este monitor (va en cada petición):
contacto = {contacto}
# El registro; junto a él quedan captura/ y evidencia/. Nadie más debe poder leer esa carpeta.
registro = {registro}
# Catálogo propio: sus filas se suman al incluido o lo sustituyen cuando repiten id.
catalogo = {catalogo}
"""


def quoted(text: str) -> str:
    """Return `text` as a TOML basic string."""
    escaped = "".join(f"\\u{ord(c):04x}" if c in '"\\' or ord(c) < 32 or ord(c) == 127 else c for c in text)
    return f'"{escaped}"'


def write_config(path: Path, *, contacto: str, registro: str, catalogo: str) -> None:
    """Write the configuration with mode 0600; an existing file is never overwritten. Raises `ErrorDeUso`."""
    text = TEMPLATE.format(contacto=quoted(contacto), registro=quoted(registro), catalogo=quoted(catalogo))
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        raise ErrorDeUso(f"{path}: ya existe; edítelo o bórrelo antes") from error
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede escribir: {error.strerror}") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def checked_contact(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Return the contact; outlets must be able to write to it."""
    contact = value.strip()
    if "@" not in contact and not contact.startswith(("http://", "https://")):
        raise ErrorDeUso(f"--contacto: «{contact}» no es un correo ni una dirección web")
    return contact


@click.command()
@click.option(
    "--contacto",
    callback=checked_contact,
    prompt="Contacto (correo o dirección web)",
    help="Correo o dirección que se da a los medios.",
)
@click.option("--registro", default="datos/registro.db", show_default=True, help="Ruta del registro.")
@click.option("--catalogo", default="fuentes-propias.csv", show_default=True, help="Ruta del catálogo propio.")
def iniciar(contacto: str, registro: str, catalogo: str) -> None:
    """Escribe hallazgos.toml con el contacto y las rutas, y dice cómo seguir."""
    path = config_path()
    write_config(path, contacto=contacto, registro=registro, catalogo=catalogo)
    click.echo(f"Se escribió {path}. Sigue:")
    click.echo("  hallazgos fuentes revisar   prueba cada fuente y anota cuáles responden")
    click.echo("  hallazgos correr            hace la corrida del día")
    click.echo("  hallazgos servir            abre las páginas en esta máquina")
