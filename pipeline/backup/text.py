"""What `hallazgos respaldo` does and prints."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from pipeline.backup.cipher import identities, new_identity, recipients
from pipeline.backup.create import Created, create
from pipeline.backup.read import verify
from pipeline.backup.restore import restore
from pipeline.backup.rotation import backup_name, enlist, rotate
from pipeline.errores import ErrorDeUso, Salida, reason
from pipeline.privacy.again import erase_again
from pipeline.privacy.restored import LIST, copy_list
from pipeline.quien import shell_user

DEFAULT_FOLDER = "respaldos"
MOST_LINES = 20


def make_file(registro: Path, output: Path, key: str, now: datetime) -> Salida:
    """Make a backup as the file `output` and print it. `ATENCION`: captures were missing already."""
    return _report(create(registro, output, recipients(key), now), key)


def make_in_folder(registro: Path, folder: Path | None, key: str, now: datetime, *, keep: int | None = None) -> Salida:
    """Make a backup in its folder, print it, then let old ones go where `keep` says so. `ATENCION`: as in `make_file`."""
    folder = folder or registro.parent / DEFAULT_FOLDER
    made = create(registro, folder / backup_name(registro, now, encrypted=bool(key)), recipients(key), now)
    _enlist(made, registro)
    for old in rotate(made.path, registro, keep) if keep else ():
        click.echo(f"Se quitó el respaldo {old.name}.")
    return _report(made, key)


def _report(made: Created, key: str) -> Salida:
    kind = "cifrado" if key else "sin cifrar"
    size = f"{megabytes(made.content)}; {megabytes(made.size)} en el respaldo, {kind}"
    click.echo(f"{made.path}: {made.files} archivos, {size}.")
    _tell([f"{line} (ya faltaba)" for line in made.missing])
    return Salida.ATENCION if made.missing else Salida.HECHO


def _enlist(made: Created, registro: Path) -> None:
    try:
        enlist(made.path)
        copy_list(registro, made.path.parent)
    except OSError as error:
        raise ErrorDeUso(f"{made.path}: el respaldo quedó hecho, pero no anotado en su carpeta: {reason(error)}") from error


def megabytes(size: int) -> str:
    """Return a size in bytes as people read it."""
    return f"{size / 1e6:,.1f} MB"


def _tell(lines: Sequence[str]) -> None:
    for line in lines[:MOST_LINES]:
        click.echo(line)
    if len(lines) > MOST_LINES:
        click.echo(f"… y {len(lines) - MOST_LINES} más.")


def check(path: Path, identity: Path | None) -> Salida:
    """Check a backup and print what is wrong with it."""
    contents, wrong = verify(path, identities(identity) if identity else [])
    _tell([f"{path}: {line}" for line in wrong])
    if contents is not None:
        manifest = contents.manifest
        verdict = "sin defectos" if not wrong else f"{len(wrong)} defectos"
        click.echo(f"{path}: respaldo de {manifest.registro} del {manifest.creado}, {len(contents.found)} archivos, {verdict}.")
    return Salida.ATENCION if wrong else Salida.HECHO


def bring_back(path: Path, identity: Path | None, target: Path, *, erased: Path | None, now: datetime) -> Salida:
    """Restore a backup, erase again whom it names still, and print where it is and how to go on.

    `erased`: the list of what was erased since, if not the one beside the backup. `ATENCION`: it lacked captures before.
    """
    beside = path.parent / LIST
    told = erased or (beside if beside.is_file() else None)
    again: list[int] = []

    def finish(registro: Path) -> None:
        again.extend([erase_again(told, registro, now, shell_user())] if told else [])

    contents, missing = restore(path, identities(identity) if identity else [], target, finish)
    registry = target / contents.manifest.registro
    click.echo(f"{registry}: restaurado como estaba el {contents.manifest.creado}, {len(contents.found)} archivos.")
    if told:
        click.echo(f"Supresiones y bloqueos aplicados otra vez, según {told}: {sum(again)}.")
    else:
        click.echo(f"No hay {LIST} junto al respaldo: si después se suprimió a alguien, indíquela con --supresiones.")
    click.echo(f"Compruébelo con `hallazgos evidencia verificar --todo --registro {registry}`.")
    if (target / "configuracion").is_dir():
        click.echo(f"La configuración y el catálogo propio están en {target / 'configuracion'}; cópielos a donde los usa.")
    _tell([f"{line} (ya faltaba al respaldar)" for line in missing])
    return Salida.ATENCION if missing else Salida.HECHO


def make_key(output: Path) -> None:
    """Write a new identity file, never over another, and print its public key."""
    secret, public = new_identity()
    try:
        handle = os.open(output, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        raise ErrorDeUso(f"{output}: ya existe") from error
    except OSError as error:
        raise ErrorDeUso(f"{output}: no se puede escribir: {reason(error)}") from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"# public key: {public}\n{secret}\n")
    click.echo(f"Clave pública: {public}")
    click.echo(f"Guarde {output} fuera de este equipo: sin ese archivo no se puede leer ningún respaldo cifrado con ella.")
