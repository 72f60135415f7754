"""A dossier that leaves: made, written down in `lecturas` and in the log of custody, then given."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.custody.dossier import Dossier, dossier
from pipeline.errores import ErrorDeUso, reason
from pipeline.pages.wording import counted
from pipeline.partial import whole_file
from pipeline.quien import shell_user
from pipeline.registry import custody
from pipeline.registry.connection import open_registry
from pipeline.registry.lecturas import record_reading
from pipeline.registry.transaction import writing

SHELL = "hallazgos evidencia expediente"  # what stands for a page's path in `lecturas`


def write_down(db: Database, made: Dossier, folio: str, ruta: str, *, quien: str, now: datetime) -> None:  # noqa: PLR0913 - a row's columns
    """Tell who took the dossier, once as a reading and once for each capture in it, in one transaction."""
    with writing(db):
        record_reading(db, quien, ruta, [folio], now=now)
        custody.note(db, "exportacion", made.items, quien=quien, now=now, detalle=f"expediente sha256 {made.sha256}")


def export(registro: Path, folio: str, output: Path, now: datetime) -> int:
    """Write a finding's dossier to a file for its owner's eyes only; return how many captures it lacks."""
    with closing(open_registry(registro)) as db:
        made = dossier(db, registro.parent, folio.upper())
        try:
            with writing(db), whole_file(output) as partial:
                partial.write_bytes(made.content)
                write_down(db, made, folio.upper(), SHELL, quien=shell_user(), now=now)
        except OSError as error:
            raise ErrorDeUso(f"{output}: no se puede escribir: {reason(error)}") from error
    for line in made.missing:
        click.echo(f"falta {line}", err=True)
    click.echo(f"{output}: {counted(len(made.items), 'captura', 'capturas')}, SHA-256 {made.sha256}")
    return len(made.missing)
