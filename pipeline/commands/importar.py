"""`hallazgos importar`: what was counted before the registry existed, taken in whole and undone whole."""

from pathlib import Path

import click

from pipeline.commands.opciones import existing_registry, registry_option, today_option
from pipeline.errores import ErrorDeUso
from pipeline.quien import shell_user
from pipeline.reloj import Clock, mexico_day

rehearsal_option = click.option(
    "--simular", "--ensayo", "dry_run", is_flag=True, help="Revisa el archivo y dice qué cambiaría, sin escribir nada."
)


@click.group()
def importar() -> None:
    """Trae al registro cifras de otros años."""


def told(number: int | None, counts: tuple[int, int, int], what: str, changes: list[str], *, dry_run: bool) -> str:
    """Return what an import did, and how it is undone."""
    new, changed, same = counts
    lines = [f"{what} nuevos: {new}; cambiados: {changed}; iguales: {same}."]
    if dry_run:
        lines += [f"  {change}" for change in changes]
        lines.append("Fue un ensayo: no se escribió nada.")
    elif number is not None:
        lines.append(f"Importación {number}; se deshace con «hallazgos importar deshacer {number}».")
    return "\n".join(lines)


@importar.command()
@click.argument("archivo", type=click.Path(path_type=Path))
@click.option("--columnas", "mapping", type=click.Path(path_type=Path), help="Archivo TOML que dice qué columna da cada campo.")
@rehearsal_option
@registry_option
@today_option
def totales(archivo: Path, mapping: Path | None, dry_run: bool, registro: Path, now: Clock) -> None:
    """Totales mensuales de ARCHIVO (CSV o XLSX: anio,mes,total y, si se quiere, indicador,unidad,fuente)."""
    from pipeline.figures.baselines import read_totals
    from pipeline.imports.mapping import read_totals_mapping
    from pipeline.plan.sheet import arrival
    from pipeline.registry.baselines import save_totals
    from pipeline.registry.connection import open_registry

    rows = read_totals(archivo, read_totals_mapping(mapping) if mapping else None)
    file = arrival("totales", archivo)
    with open_registry(existing_registry(registro) if dry_run else registro) as db:
        done = save_totals(db, rows, quien=shell_user(), now=now(), dry_run=dry_run, file=file)
    click.echo(told(done.numero, (done.nuevos, done.cambiados, done.iguales), "Totales", done.cambios, dry_run=dry_run))


@importar.command()
@click.argument("archivo", type=click.Path(path_type=Path))
@click.option(
    "--columnas",
    "mapping",
    type=click.Path(path_type=Path),
    required=True,
    help="Archivo TOML que dice qué columna da cada campo (hay un ejemplo en docs/importar.toml).",
)
@rehearsal_option
@registry_option
@today_option
def registros(archivo: Path, mapping: Path, dry_run: bool, registro: Path, now: Clock) -> None:
    """Registros de otros años, uno por renglón de ARCHIVO (CSV o XLSX): entran validados, y la misma clave los actualiza."""
    from pipeline.imports.mapping import read_mapping
    from pipeline.imports.records import read_records
    from pipeline.plan.sheet import arrival
    from pipeline.registry.connection import open_registry
    from pipeline.registry.erased import told_refused
    from pipeline.registry.imports import save_records

    found = read_records(archivo, read_mapping(mapping), mexico_day(now()))
    file = arrival("registros", archivo, rehearsal=dry_run)
    with open_registry(existing_registry(registro) if dry_run else registro) as db:
        done = save_records(db, file, found.registros, quien=shell_user(), now=now())
        refused = told_refused(db, (victim.nombre for one in found.registros for victim in one.victimas))
    click.echo(told(done.numero, (done.nuevos, done.cambiados, done.iguales), "Registros", done.cambios, dry_run=dry_run))
    if refused:
        click.echo(refused.strip())
    if found.omitidos:
        click.echo(f"Renglones que el archivo de columnas deja fuera: {found.omitidos}.")


@importar.command()
@click.argument("numero", type=int)
@registry_option
@today_option
def deshacer(numero: int, registro: Path, now: Clock) -> None:
    """Deshace la importación NUMERO de totales o de registros."""
    from pipeline.registry.baselines import undo_totals
    from pipeline.registry.connection import open_registry
    from pipeline.registry.imports import undo_records
    from pipeline.registry.plan import import_kind

    with open_registry(existing_registry(registro)) as db:
        undo = {"totales": undo_totals, "registros": undo_records}.get(import_kind(db, numero) or "")
        if undo is None:
            raise ErrorDeUso(f"no hay importación {numero} de totales ni de registros")
        many = undo(db, numero, quien=shell_user(), now=now())
    click.echo(f"Importación {numero} deshecha; renglones como estaban: {many}.")
