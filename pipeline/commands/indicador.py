"""`hallazgos indicador`: M1 of plan 1.4, 1.5.1 and 1.5.2 with its footing, and the breakdowns."""

from pathlib import Path

import click

from pipeline.commands.opciones import existing_registry, format_option, registry_option, today_option
from pipeline.periodos import current_quarter, parse_period
from pipeline.reloj import Clock, mexico_day

BREAKDOWNS = ("clase", "agresion", "modalidad", "tipo_victima", "genero", "alcaldia", "agresor", "vinculo")


@click.command()
@click.option(
    "--indicador",
    "indicator",
    type=click.Choice(["1.4", "1.5.1", "1.5.2"]),
    default="1.4",
    show_default=True,
    help="1.4, hallazgos; 1.5.1, registros de la Base de Derechos Humanos; 1.5.2, agresiones durante movilizaciones.",
)
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
@click.option("--desglose", "breakdown", type=click.Choice(BREAKDOWNS), help="En vez de M1, los registros según eso.")
@format_option
@registry_option
@today_option
def indicador(
    indicator: str,
    period: str | None,
    by_date: str,
    unit: str,
    breakdown: str | None,
    output_format: str,
    registro: Path,
    now: Clock,
) -> None:
    """M1: los registros de un periodo entre los del mismo periodo del año anterior, por cien; o su desglose."""
    from pipeline.figures import breakdown_text, indicator_text, indicators
    from pipeline.figures.asked import counting
    from pipeline.figures.period import figures_of
    from pipeline.registry.connection import open_registry
    from pipeline.tables import show_rows

    today = mexico_day(now())
    chosen = parse_period(period) if period else current_quarter(today)
    counted = counting(indicator, by_date, unit, breakdown)
    with open_registry(existing_registry(registro)) as db:
        if breakdown is None:
            record = indicators.indicator(db, chosen, counted, today=today)
            forms = {"tabla": indicator_text.as_table, "csv": indicator_text.as_csv, "json": indicators.as_json}
            click.echo(forms[output_format](record))
            return
        found = figures_of(db, chosen, counted, today=today)
    table = found.desglose(breakdown)
    whole = output_format != "tabla"
    if not whole:
        click.echo(breakdown_text.heading(found, table, indicator_text.DATES))
    columns = breakdown_text.COLUMNS if whole else breakdown_text.SHOWN
    show_rows(columns, breakdown_text.rows_of(table), output_format, headings=breakdown_text.HEADINGS)
