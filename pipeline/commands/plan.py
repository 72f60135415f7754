"""`hallazgos plan`: the plan's indicators, what was reached of them, and the table of a quarter."""

from pathlib import Path

import click

from pipeline.commands.opciones import accepted_today_option, existing_registry, format_option, registry_option, today_option
from pipeline.quien import shell_user
from pipeline.reloj import Clock

rehearsal_option = click.option("--ensayo", "dry_run", is_flag=True, help="Revisa y dice qué cambiaría, sin escribir nada.")


@click.group()
def plan() -> None:
    """Los indicadores del plan anual: metas, lo alcanzado y el cuadro de cada trimestre."""


@plan.command()
@click.argument("archivo", type=click.Path(path_type=Path), required=False)
@click.option("--anio", "year", type=int, required=True, help="Año del plan.")
@click.option("--incluido", "shipped", is_flag=True, help="Sin ARCHIVO, para otro año: toma como suyos los textos del de 2021.")
@rehearsal_option
@registry_option
@today_option
def cargar(archivo: Path | None, year: int, shipped: bool, dry_run: bool, registro: Path, now: Clock) -> None:
    """Carga las metas de un año de ARCHIVO (CSV o XLSX). Se incluye sólo el plan de 2021."""
    from pipeline.plan.changes import load_plan
    from pipeline.plan.goals import chosen, read_goals
    from pipeline.plan.sheet import arrival
    from pipeline.registry.connection import open_registry
    from pipeline.review.changes import Hand

    path = chosen(archivo, year, shipped=shipped)
    goals = read_goals(path)
    with open_registry(existing_registry(registro) if dry_run else registro) as db:
        done = load_plan(db, year, goals, arrival("metas", path, rehearsal=dry_run), Hand(shell_user(), now()))
    click.echo(done.told(dry_run))


@plan.command()
@click.argument("archivo", type=click.Path(path_type=Path))
@rehearsal_option
@registry_option
@today_option
def avances(archivo: Path, dry_run: bool, registro: Path, now: Clock) -> None:
    """Lo alcanzado, de ARCHIVO (CSV o XLSX: trimestre,clave,alcanzado y, si se quiere, programado,nota)."""
    from pipeline.plan.changes import take_reached
    from pipeline.plan.reached import read_reached
    from pipeline.plan.sheet import arrival
    from pipeline.registry.connection import open_registry
    from pipeline.review.changes import Hand

    told = read_reached(archivo)
    with open_registry(existing_registry(registro)) as db:
        done = take_reached(db, told, arrival("avances", archivo, rehearsal=dry_run), Hand(shell_user(), now()))
    click.echo(done.told(dry_run))


@plan.command()
@click.argument("numero", type=int)
@registry_option
@today_option
def deshacer(numero: int, registro: Path, now: Clock) -> None:
    """Deshace la importación NUMERO de metas o avances."""
    from pipeline.plan.changes import undo_import
    from pipeline.registry.connection import open_registry
    from pipeline.review.changes import Hand

    with open_registry(existing_registry(registro)) as db:
        many = undo_import(db, numero, Hand(shell_user(), now()))
    click.echo(f"Importación {numero} deshecha; renglones como estaban: {many}.")


@plan.command()
@click.argument("periodo")
@format_option
@registry_option
@accepted_today_option
def trimestre(periodo: str, output_format: str, registro: Path) -> None:
    """El cuadro de un trimestre (2026-T3): meta, alcanzado, por ciento, avance y sentido de cada indicador."""
    from pipeline.plan import quarter
    from pipeline.plan.reached import quarter_of
    from pipeline.registry.connection import open_registry

    with open_registry(existing_registry(registro)) as db:
        rows = quarter.quarter_rows(db, *quarter_of(periodo))
    forms = {"tabla": quarter.as_table, "csv": quarter.as_csv, "json": quarter.as_json}
    click.echo(forms[output_format](rows))
