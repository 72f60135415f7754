"""`hallazgos informe`: the report of a period, for signing; its closings; its reserved annex."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.opciones import existing_registry, format_option, registry_option, today_option
from pipeline.errores import ErrorDeUso
from pipeline.periodos import Periodo, parse_period
from pipeline.quien import shell_user
from pipeline.reloj import Clock, mexico_day

if TYPE_CHECKING:
    from pipeline.reports.report import Firmas

file_type = click.Path(path_type=Path)


@click.command()
@click.option("--periodo", "period", metavar="P", help="2026-B5, 2026-T3, 2026-S1, 2026… como en «indicador».")
@click.option(
    "-o",
    "--salida",
    "path",
    type=file_type,
    help="Archivo que se escribe; su extensión (.docx, .html o .pdf) decide el formato.",
)
@click.option("--cerrar", "closing", is_flag=True, help="Congela el informe como se firma: su siguiente versión.")
@click.option("--con-pendientes", "with_pending", is_flag=True, help="Cierra aunque queden hallazgos por revisar, y lo dice.")
@click.option("--version", "version", type=click.IntRange(min=1), help="Escribe esa versión cerrada, tal como se firmó.")
@click.option("--cerrados", "listing", is_flag=True, help="Lista los informes cerrados.")
@click.option("--anexo", "annex_path", type=file_type, help="Escribe además el anexo reservado: los casos, uno por uno.")
@click.option("--con-riesgo", "risk", is_flag=True, help="El anexo lleva también los casos de riesgo.")
@click.option("--con-nombres", "names", is_flag=True, help="El anexo lleva los nombres; queda anotado en «lecturas».")
@click.option("--institucion", "institution", default="", help="Institución, para la portada; sin ella, un blanco por llenar.")
@click.option("--elaboro", "made_by", default="", help="Quién elaboró; sin ella, un blanco por llenar.")
@click.option("--reviso", "checked_by", default="", help="Quién revisó; sin ella, un blanco por llenar.")
@click.option("--autorizo", "authorised_by", default="", help="Quién autorizó; sin ella, un blanco por llenar.")
@click.option(
    "--version-publica", "public", is_flag=True, help="Lo que puede difundirse: sin detalle y con las cifras chicas testadas."
)
@click.option(
    "--edicion",
    "edition",
    type=click.Path(file_okay=False, path_type=Path),
    help="En la versión pública, la carpeta de «hallazgos publicar» de la que salen las cifras.",
)
@click.option("--fundamento", "reason", default="", help="Fundamento legal de lo testado en la versión pública.")
@format_option
@registry_option
@today_option
def informe(
    period: str | None,
    path: Path | None,
    closing: bool,
    with_pending: bool,
    version: int | None,
    listing: bool,
    annex_path: Path | None,
    risk: bool,
    names: bool,
    institution: str,
    made_by: str,
    checked_by: str,
    authorised_by: str,
    public: bool,
    edition: Path | None,
    reason: str,
    output_format: str,
    registro: Path,
    now: Clock,
) -> None:
    """Informe de un periodo para la Junta de Gobierno: cifras agregadas, con su pie, su método y lo que faltó."""
    from pipeline.registry.connection import open_registry
    from pipeline.reports import orders
    from pipeline.reports.report import Firmas

    signed = Firmas(institution, made_by, checked_by, authorised_by)
    check_annex(annex_path, risk=risk, names=names, mixed=public and bool(closing or version or annex_path or listing))
    if public or edition or reason:
        write_public_version(chosen(period), asked(path), signed, edition, reason, public=public)
        return
    with open_registry(existing_registry(registro)) as db:
        if listing:
            orders.list_closings(db, output_format)
            return
        order = orders.Orden(chosen(period), asked(path), shell_user(), now(), mexico_day(now()), signed)
        click.echo(orders.write_report(db, order, closing=closing, with_pending=with_pending, version=version))
        if annex_path:
            click.echo(orders.write_annex(db, order, annex_path, risk=risk, names=names))


def write_public_version(
    period: Periodo, path: Path, signed: "Firmas", edition: Path | None, reason: str, *, public: bool
) -> None:
    """Write what an edition tells of the period. Raises `ErrorDeUso` without one: other figures and it would tell too much."""
    from pipeline.publication.report import Publica, write_public

    if not public:
        raise ErrorDeUso("--edicion y --fundamento van con --version-publica")
    if edition is None:
        raise ErrorDeUso(
            "falta --edicion: la carpeta de «hallazgos publicar»; con otras cifras, los dos juntos dirían lo que callan"
        )
    click.echo(write_public(path, period, signed, Publica(edition, reason)))


def chosen(period: str | None) -> Periodo:
    """Return the period. Raises `ErrorDeUso` without one."""
    if period is None:
        raise ErrorDeUso("falta --periodo: 2026-B5, 2026-T3, 2026-S1, 2026…")
    return parse_period(period)


def asked(path: Path | None) -> Path:
    """Return the file to write. Raises `ErrorDeUso` without one, or if it cannot be written."""
    from pipeline.reports.files import check_target

    if path is None:
        raise ErrorDeUso("falta -o: el archivo .docx, .html o .pdf que se escribe")
    check_target(path)
    return path


def check_annex(path: Path | None, *, risk: bool, names: bool, mixed: bool) -> None:
    """Raise `ErrorDeUso` for an annex that cannot be written, for what only goes in one, and for a public version `mixed`."""
    from pipeline.reports.files import check_target

    if mixed:
        raise ErrorDeUso("--version-publica no va con --cerrar, --cerrados, --version ni --anexo")
    if path is not None:
        check_target(path)
    elif risk or names:
        raise ErrorDeUso("--con-riesgo y --con-nombres van con --anexo: el informe sólo lleva cifras agregadas")
