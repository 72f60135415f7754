"""`hallazgos indicador`: M1 of plan 1.4 with its footing."""

from pathlib import Path

import click

from pipeline.commands.opciones import existing_registry, format_option, registry_option, today_option
from pipeline.periodos import current_quarter, parse_period
from pipeline.reloj import Clock, mexico_day


@click.command()
@click.option(
    "--periodo",
    "period",
    metavar="P",
    help="2026, 2026-S1, 2026-T3, 2026-B5, 2026-05, 12M-2026-05 o AAAA-MM-DD..AAAA-MM-DD; sin ella, el trimestre en curso.",
)
@click.option(
    "--fecha",
    "by_date",
    type=click.Choice(["registro", "publicacion", "hecho"]),
    default="registro",
    show_default=True,
    help="Fecha del hallazgo que decide su periodo.",
)
@click.option(
    "--unidad",
    "unit",
    type=click.Choice(["hallazgo", "publicacion", "acto", "victima"]),
    default="hallazgo",
    show_default=True,
    help="Lo que se cuenta de los registros.",
)
@format_option
@registry_option
@today_option
def indicador(period: str | None, by_date: str, unit: str, output_format: str, registro: Path, now: Clock) -> None:
    """M1 del plan 1.4: los registros de un periodo entre los del mismo periodo del año anterior, por cien."""
    from pipeline.figures import indicator_text, indicators
    from pipeline.figures.m1 import Cuenta, Fecha, Unidad
    from pipeline.registry.connection import open_registry

    today = mexico_day(now())
    chosen = parse_period(period) if period else current_quarter(today)
    with open_registry(existing_registry(registro)) as db:
        record = indicators.indicator(db, chosen, Cuenta(Fecha(by_date), Unidad(unit)), today=today)
    forms = {"tabla": indicator_text.as_table, "csv": indicator_text.as_csv, "json": indicators.as_json}
    click.echo(forms[output_format](record))
