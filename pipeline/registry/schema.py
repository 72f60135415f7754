"""The registry's shape as numbered migrations, applied once each; a newer registry is refused, never guessed at."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pipeline.errores import ErrorDeUso
from pipeline.registry.custody import take_stock

MIGRATIONS = Migrations("hallazgos")
SQL_FOLDER = Path(__file__).parent / "migraciones"


class RegistryTooNew(ErrorDeUso):
    """The registry was written by a later version of `hallazgos`."""


def statements(script: str) -> Iterator[str]:
    """Yield the complete SQL statements of a script (triggers whole), so that each runs inside the open transaction."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


def run_script(db: Database, name: str) -> None:
    """Execute one SQL file of `migraciones/` inside the caller's transaction."""
    for statement in statements((SQL_FOLDER / name).read_text("utf-8")):
        db.execute(statement)


@MIGRATIONS()
def m0001_inicial(db: Database) -> None:
    """Create sources, links, runs, articles, findings, review and baselines."""
    run_script(db, "0001_inicial.sql")


@MIGRATIONS()
def m0002_avisos(db: Database) -> None:
    """Create what each channel of notices was told last."""
    run_script(db, "0002_avisos.sql")


@MIGRATIONS()
def m0003_depurada(db: Database) -> None:
    """Mark what purges emptied, and list the capture files that they removed."""
    run_script(db, "0003_depurada.sql")


@MIGRATIONS()
def m0004_renglones(db: Database) -> None:
    """Index what the indicators read of every finding and every run."""
    run_script(db, "0004_renglones.sql")


@MIGRATIONS()
def m0005_respuestas(db: Database) -> None:
    """Create what tells an answer that was read from one that was not."""
    run_script(db, "0005_respuestas.sql")


@MIGRATIONS()
def m0006_revision(db: Database) -> None:
    """Create what people decide beside validating: unions, the queue, comments, undo, hand-over, samples."""
    run_script(db, "0006_revision.sql")


@MIGRATIONS()
def m0007_cola(db: Database) -> None:
    """Index what the queue asks for, and tell who refused each note of the sample."""
    run_script(db, "0007_cola.sql")


@MIGRATIONS()
def m0008_movilizaciones(db: Database) -> None:
    """Create demonstrations, what is proposed to be watched, the Bases and their log (plan 1.5)."""
    run_script(db, "0008_movilizaciones.sql")


@MIGRATIONS()
def m0009_plan(db: Database) -> None:
    """Create the plan's indicators and what was reached, imports that can be undone, and closed reports."""
    run_script(db, "0009_plan.sql")


@MIGRATIONS()
def m0010_custodia(db: Database) -> None:
    """Create the log of custody, with a line for every capture that findings rest on already (R26)."""
    run_script(db, "0010_custodia.sql")
    take_stock(db, datetime.now(UTC))


@MIGRATIONS()
def m0011_privacidad(db: Database) -> None:
    """Create requests on personal data, and what must not come back of what they erased (R33)."""
    run_script(db, "0011_privacidad.sql")


@MIGRATIONS()
def m0012_archivo(db: Database) -> None:
    """Create what was read of web archives, with the fate of each of their records."""
    run_script(db, "0012_archivo.sql")


@MIGRATIONS()
def m0013_arco(db: Database) -> None:
    """Tell how far requests on personal data have come, and what tells a name that comes back."""
    run_script(db, "0013_arco.sql")


def check_not_newer(db: Database, path: Path) -> None:
    """Raise `RegistryTooNew` when the registry holds a migration that this version does not know."""
    known = {migration.name for migration in MIGRATIONS._migrations}
    unknown = [applied.name for applied in MIGRATIONS.applied(db) if applied.name not in known]
    if unknown:
        message = f"el registro es de una versión posterior de hallazgos ({unknown[0]}); actualice el programa"
        raise RegistryTooNew(f"{path}: {message}")
