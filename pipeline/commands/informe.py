"""`hallazgos informe`: the report of a period, for signing."""

from pathlib import Path

import click

from pipeline.commands.opciones import existing_registry, registry_option, today_option
from pipeline.periodos import parse_period
from pipeline.reloj import Clock, mexico_day


@click.command()
@click.option("--periodo", "period", metavar="P", required=True, help="2026-B5, 2026-T3, 2026-S1, 2026… como en «indicador».")
@click.option(
    "-o",
    "--salida",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="Archivo que se escribe; su extensión (.docx, .html o .pdf) decide el formato.",
)
@click.option("--institucion", "institution", default="", help="Institución, para la portada; sin ella, un blanco por llenar.")
@click.option("--elaboro", "made_by", default="", help="Quién elaboró; sin ella, un blanco por llenar.")
@click.option("--reviso", "checked_by", default="", help="Quién revisó; sin ella, un blanco por llenar.")
@click.option("--autorizo", "authorised_by", default="", help="Quién autorizó; sin ella, un blanco por llenar.")
@registry_option
@today_option
def informe(
    period: str,
    path: Path,
    institution: str,
    made_by: str,
    checked_by: str,
    authorised_by: str,
    registro: Path,
    now: Clock,
) -> None:
    """Informe de un periodo para la Junta de Gobierno: cifras agregadas, con su pie, su método y lo que faltó."""
    from pipeline.registry.connection import open_registry
    from pipeline.reports import files, report

    chosen = parse_period(period)
    files.check_target(path)
    signed = report.Firmas(institution, made_by, checked_by, authorised_by)
    with open_registry(existing_registry(registro)) as db:
        document = report.build(db, chosen, signed, today=mexico_day(now()))
    files.write(path, files.content(document, path.suffix.lower()))
    click.echo(f"Se escribió {path}")
