"""`hallazgos usuarios …`: who may enter the pages, and with which role."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.opciones import accepted_today_option, existing_registry, format_option, registry_option, today_option
from pipeline.pages.access import ROLES
from pipeline.reloj import Clock

if TYPE_CHECKING:
    from pipeline.accounts.changes import Desk

name_argument = click.argument("nombre")
role_choice = click.Choice(list(ROLES))
generate_option = click.option("--generar", "generate", is_flag=True, help="Inventa la contraseña y la muestra una sola vez.")


@click.group()
def usuarios() -> None:
    """Cuentas de las páginas: en cuanto hay una, `hallazgos servir` pide entrar con ella."""


@usuarios.command()
@name_argument
@click.option("--rol", "role", type=role_choice, required=True, help="Qué puede ver y hacer.")
@generate_option
@registry_option
@today_option
def alta(nombre: str, role: str, generate: bool, registro: Path, now: Clock) -> None:
    """Hace una cuenta; la contraseña se pregunta dos veces, o se lee de la entrada estándar."""
    from pipeline.accounts import changes

    with desk(registro, now) as at:
        password = chosen_password(generate=generate)
        changes.add(at, nombre, role, password)
    told(f"Cuenta «{nombre}» ({role}).", password if generate else "")


@usuarios.command()
@name_argument
@registry_option
@today_option
def baja(nombre: str, registro: Path, now: Clock) -> None:
    """Quita una cuenta: sus sesiones y su canal dejan de servir en ese momento."""
    from pipeline.accounts import changes

    with desk(registro, now) as at:
        changes.remove(at, nombre)
    click.echo(f"Se quitó la cuenta «{nombre}».")


@usuarios.command()
@name_argument
@generate_option
@registry_option
@today_option
def clave(nombre: str, generate: bool, registro: Path, now: Clock) -> None:
    """Cambia la contraseña de una cuenta y cierra sus sesiones; quien esperaba por intentos fallidos ya puede entrar."""
    from pipeline.accounts import changes

    with desk(registro, now) as at:
        password = chosen_password(generate=generate)
        changes.set_password(at, nombre, password)
    told(f"Contraseña nueva para «{nombre}»; sus sesiones quedaron cerradas.", password if generate else "")


@usuarios.command()
@name_argument
@click.argument("role", metavar="ROL", type=role_choice)
@registry_option
@today_option
def rol(nombre: str, role: str, registro: Path, now: Clock) -> None:
    """Da otro rol a una cuenta; vale desde su siguiente petición."""
    from pipeline.accounts import changes

    with desk(registro, now) as at:
        changes.set_role(at, nombre, role)
    click.echo(f"«{nombre}» es ahora {role}.")


@usuarios.command("clave-atom")
@name_argument
@click.option("--revocar", "revoke", is_flag=True, help="Sólo quita la que tenía.")
@registry_option
@today_option
def clave_atom(nombre: str, revoke: bool, registro: Path, now: Clock) -> None:
    """Da a una cuenta una clave nueva para el canal Atom de hallazgos (sin nombres); la anterior deja de servir."""
    from pipeline.accounts import changes

    with desk(registro, now) as at:
        if revoke:
            changes.revoke_feed(at, nombre)
            click.echo(f"«{nombre}» ya no tiene canal.")
        else:
            click.echo(f"/-/hallazgos.atom?clave={changes.new_feed_token(at, nombre)}")


@usuarios.command()
@format_option
@registry_option
@accepted_today_option
def lista(output_format: str, registro: Path) -> None:
    """Muestra las cuentas y sus roles; nunca sus contraseñas."""
    from pipeline.accounts.file import accounts_path, read_accounts
    from pipeline.tables import show_rows

    accounts = read_accounts(accounts_path(existing_registry(registro)))
    rows = [
        {"nombre": name, "rol": ", ".join(one.roles), "alta": one.alta, "canal": "sí" if one.canal else "no"}
        for name, one in accounts.items()
    ]
    show_rows(("nombre", "rol", "alta", "canal"), rows, output_format)


@contextmanager
def desk(registro: Path, now: Clock) -> "Iterator[Desk]":
    """Open the registry, whose trail gets the line, and give where accounts are changed."""
    from pipeline.accounts.changes import Desk
    from pipeline.quien import shell_user
    from pipeline.registry.connection import open_registry

    with open_registry(existing_registry(registro)) as db:
        yield Desk(db, registro, shell_user(), now())


def chosen_password(*, generate: bool) -> str:
    """Return a password made up, asked for twice at a terminal, or read from the first line of standard input."""
    from pipeline.accounts.passwords import made_up

    if generate:
        return made_up()
    if sys.stdin.isatty():
        return str(click.prompt("Contraseña", hide_input=True, confirmation_prompt="Otra vez"))
    return sys.stdin.readline().rstrip("\r\n")


def told(done: str, password: str) -> None:
    """Print what was done, and a password that was made up: this once."""
    click.echo(done)
    if password:
        click.echo(f"Contraseña: {password}")
