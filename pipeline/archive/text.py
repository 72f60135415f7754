"""What a backfill did, as tables."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from pathlib import Path

import click

from pipeline.archive.fates import Destino
from pipeline.archive.plan import sources
from pipeline.archive.team import Team
from pipeline.archive.work import Order, Outcome, backfill, rehearse
from pipeline.bitacora import logged
from pipeline.errores import machine_failures
from pipeline.registry.connection import open_registry
from pipeline.tables import show_rows

FATES = tuple(one.value for one in Destino)
ON_A_SCREEN = (
    "archivo_id",
    "ruta",
    "estado",
    "leido",
    "recibidos",
    "danada",
    "cribada",
    "sin_hecho",
    "conocida",
    "nueva",
    "error",
)
COLUMNS = ("archivo_id", "ruta", "estado", "leido", "recibidos", *FATES)
SUM = ("destino", "registros", "que_es")
WRITTEN = {"archivo_id": "lectura", "ruta": "archivo", "leido": "leído"} | {one.value: one.etiqueta.lower() for one in Destino}


def show_outcome(done: Outcome, form: str) -> None:
    """Print records by fate, then what is new; archives that could not be read go to standard error."""
    rows: list[dict[str, object]] = [
        {"destino": _name(one, form), "registros": done.cuentas.get(one.value, 0), "que_es": one.significado} for one in Destino
    ]
    rows.append(
        {
            "destino": "Recibidos" if form == "tabla" else "recibidos",
            "registros": sum(done.cuentas.values()),
            "que_es": "Todos los registros leídos ahora",
        }
    )
    show_rows(SUM, rows, form, headings=("Destino", "Registros", "Qué es"))
    if form == "tabla":
        click.echo(f"Hallazgos nuevos: {done.hallazgos}")
    for line in done.fallas:
        click.echo(line, err=True)


def _name(one: Destino, form: str) -> str:
    return one.etiqueta if form == "tabla" else one.value


def run(  # noqa: PLR0913 - the command's options
    order: Order, paths: Sequence[Path], team: AbstractContextManager[Team], form: str, *, dry: bool, detail: bool
) -> bool:
    """Read the archives and print what came of it; return whether some could not be read."""
    with logged(detail=detail), machine_failures(order.registro):
        done = (rehearse if dry else backfill)(order, sources(paths), team)
    show_outcome(done, form)
    return bool(done.fallas)


def show_state(registro: Path, form: str) -> None:
    """Print every reading of an archive with the fate of its records."""
    names = ", ".join(COLUMNS)
    with closing(open_registry(registro)) as db:
        found = db.execute(f"SELECT {names} FROM v_archivos").fetchall()
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in found]
    if form == "tabla":  # the last part of a path tells archives apart; every fate is in the other forms
        rows = [row | {"ruta": Path(row["ruta"]).name} for row in rows]
    show_rows(ON_A_SCREEN if form == "tabla" else COLUMNS, rows, form, headings=[WRITTEN.get(one, one) for one in ON_A_SCREEN])
