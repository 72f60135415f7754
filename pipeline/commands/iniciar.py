"""`hallazgos iniciar`: writes `hallazgos.toml`."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.config import config_path
from pipeline.errores import ErrorDeUso

REGISTRY, CATALOGUE = "datos/registro.db", "fuentes-propias.csv"
TEMPLATE = """\
# Configuración de hallazgos. Cada clave es una opción de la línea de comandos; una tabla [orden] vale sólo para esa orden.
# Cómo pueden escribir los medios a quien opera este monitor (va en cada petición):
contacto = {contacto}
# El registro; junto a él quedan captura/ y evidencia/. Nadie más debe poder leer esa carpeta.
registro = {registro}
# Catálogo propio: sus filas se suman al incluido o lo sustituyen cuando repiten id.
catalogo = {catalogo}
# Por dónde avisa `hallazgos aviso`: direcciones de apprise o "archivo:RUTA". Si llevan claves, que nadie más lea este archivo.
canales = {canales}
# Meses tras los que quien sólo está en hallazgos descartados queda con un seudónimo (`hallazgos arco descartados`, cada noche):
# [arco]
# meses_descartados = 24
"""
NEXT_STEPS = (
    ("hallazgos fuentes revisar", "prueba cada fuente y anota cuáles responden"),
    ("hallazgos correr", "hace la corrida del día"),
    ("hallazgos servir", "abre las páginas en esta máquina"),
    ("hallazgos usuarios alta NOMBRE --rol analista", "hace la primera cuenta: sin ella las páginas se leen y no se revisa"),
)
NOTICE_STEPS = (
    ("hallazgos aviso --ensayo", "muestra, tras la primera corrida, lo que se avisaría"),
    ("hallazgos aviso --siempre", "prueba los canales"),
)


def quoted(text: str) -> str:
    """Return `text` as a TOML basic string."""
    escaped = "".join(f"\\u{ord(c):04x}" if c in '"\\' or ord(c) < 32 or ord(c) == 127 else c for c in text)
    return f'"{escaped}"'


def write_config(path: Path, *, contacto: str, registro: str, catalogo: str, canales: Sequence[str] = ()) -> None:
    """Write the configuration with mode 0600; an existing file is never overwritten. Raises `ErrorDeUso`."""
    channels = f"[{', '.join(quoted(address) for address in canales)}]"
    text = TEMPLATE.format(contacto=quoted(contacto), registro=quoted(registro), catalogo=quoted(catalogo), canales=channels)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        raise ErrorDeUso(f"{path}: ya existe; edítelo o bórrelo antes") from error
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede escribir: {error.strerror}") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def checked_contact(contact: str) -> str:
    """Return the contact without spaces around it; outlets must be able to write to it. Raises `ErrorDeUso`."""
    contact = contact.strip()
    if "@" not in contact and not contact.startswith(("http://", "https://")):
        raise ErrorDeUso(f"--contacto: «{contact}» no es un correo ni una dirección web")
    return contact


def ask_channels() -> list[str]:
    """Ask for channels until an empty answer."""
    found: list[str] = []
    question = "Canal de aviso (mailto://…, archivo:RUTA; vacío: ninguno más)"
    while address := click.prompt(question, "", show_default=False).strip():
        found.append(address)
    return found


@click.command()
@click.option("--contacto", help="Correo o dirección que se da a los medios; sin ella se pregunta todo lo que no se diga.")
@click.option("--registro", help=f"Ruta del registro.  [si falta: {REGISTRY}]")
@click.option("--catalogo", help=f"Ruta del catálogo propio.  [si falta: {CATALOGUE}]")
@click.option("--canal", "--canales", "canales", multiple=True, metavar="DIRECCIÓN", help="Canal de aviso; puede repetirse.")
def iniciar(contacto: str | None, registro: str | None, catalogo: str | None, canales: tuple[str, ...]) -> None:
    """Escribe hallazgos.toml con el contacto, las rutas y los canales de aviso, y dice cómo seguir."""
    path = config_path()
    if path.exists():
        raise ErrorDeUso(f"{path}: ya existe; edítelo o bórrelo antes")
    channels = list(canales)
    if contacto is None:
        contacto = click.prompt("Contacto (correo o dirección web)")
        registro = registro or click.prompt("Ruta del registro", REGISTRY)
        catalogo = catalogo or click.prompt("Ruta del catálogo propio", CATALOGUE)
        channels = channels or ask_channels()
    write_config(
        path,
        contacto=checked_contact(contacto),
        registro=registro or REGISTRY,
        catalogo=catalogo or CATALOGUE,
        canales=channels,
    )
    click.echo(f"Se escribió {path}. Sigue:")
    steps = (*NEXT_STEPS, *(NOTICE_STEPS if channels else ()))
    width = max(len(command) for command, _meaning in steps)
    for command, meaning in steps:
        click.echo(f"  {command:<{width}}  {meaning}")
    click.echo("Para que corra solo cada día: deploy/ y docs/operacion.md.")
