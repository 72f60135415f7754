"""`hallazgos aviso`: tells what is new by the configured channels."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.opciones import existing_registry, registry_option, today_option
from pipeline.errores import ErrorDeUso, Salida
from pipeline.reloj import Clock

if TYPE_CHECKING:
    from pipeline.notices.send import Outcome

# What `iniciar` leaves is a whole configuration: the units that call this every hour must not fail for it.
NO_CHANNEL = 'Sin canales: no se avisó a nadie. Para avisar, escriba canales = ["mailto://…"] en hallazgos.toml o use --canal.'
channels_option = click.option(
    "--canal",
    "--canales",
    "addresses",
    multiple=True,
    metavar="DIRECCIÓN",
    help="Por dónde se avisa; puede repetirse. Una dirección de apprise (mailto://…, tgram://…) o archivo:RUTA.",
)


def page_base(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Return the pages' address without its last slash."""
    if value and not value.startswith(("http://", "https://")):
        raise ErrorDeUso(f"--direccion: «{value}» no empieza por http:// ni https://")
    return value.rstrip("/")


@click.command()
@channels_option
@click.option(
    "--urgente",
    "--urgentes",
    "urgent",
    multiple=True,
    metavar="DIRECCIÓN",
    help="A quién se avisa de cada peligro vigente en la ciudad, hasta que alguien acuse recibo; puede repetirse.",
)
@click.option("--responsable", "person", default="", metavar="NOMBRE", help="Persona a la que se dirige el aviso urgente.")
@click.option(
    "--repetir-minutos",
    "every",
    type=click.IntRange(min=1),
    default=60,
    show_default=True,
    help="Cada cuánto se repite un aviso urgente sin acuse.",
)
@click.option("--con-nombres", "names", is_flag=True, help="Añade los nombres de las víctimas; queda anotado en «lecturas».")
@click.option(
    "--direccion", "base", default="", callback=page_base, help="Dirección de las páginas, para enlazar cada hallazgo."
)
@click.option("--siempre", "always", is_flag=True, help="Avisa aunque no haya nada nuevo.")
@click.option("--ensayo", "dry_run", is_flag=True, help="Muestra lo que se enviaría, sin enviarlo.")
@click.option("--fallo", "unit", metavar="UNIDAD", help="Avisa sólo que falló esa unidad de systemd; no lee el registro.")
@registry_option
@today_option
def aviso(
    addresses: tuple[str, ...],
    urgent: tuple[str, ...],
    person: str,
    every: int,
    names: bool,
    base: str,
    always: bool,
    dry_run: bool,
    unit: str | None,
    registro: Path,
    now: Clock,
) -> None:
    """Avisa de lo urgente, de los hallazgos nuevos y de las fuentes calladas o que fallan desde el último aviso."""
    if not (addresses or urgent or dry_run):
        click.echo(NO_CHANNEL)
        return
    from pipeline.notices.bases import send_bases
    from pipeline.notices.channels import Channel, channel
    from pipeline.notices.send import NoticeOrder, send_failure, send_news
    from pipeline.notices.urgent import UrgentOrder, send_urgent
    from pipeline.quien import shell_user
    from pipeline.registry.connection import open_registry

    channels = [channel(address) for address in dict.fromkeys(addresses)]
    if not (channels or urgent):
        channels = [Channel("", "el primer canal que se configure", "")]
    if unit:
        report([show(outcome, dry_run) for outcome in send_failure(channels, unit, now(), dry_run=dry_run)])
        return
    order = NoticeOrder(base, shell_user() if names else "", always, dry_run)
    danger = UrgentOrder([channel(address) for address in dict.fromkeys(urgent)], person, timedelta(minutes=every))
    with closing(open_registry(existing_registry(registro))) as db:
        told = list(send_urgent(db, danger, order, now())) if urgent else []
        told += send_bases(db, danger.channels or channels, order, now())
        report([show(outcome, dry_run) for outcome in (*told, *send_news(db, channels, order, now()))])


def show(outcome: "Outcome", dry_run: bool) -> bool:
    """Say in words what came of one channel; return whether it is well."""
    name, told = outcome.channel.name, outcome.message
    if told is None:
        click.echo(f"{name}: nada nuevo desde el último aviso")
    elif dry_run:
        click.echo(f"Se enviaría por {name}:\n{told.title}\n{told.body}\n")
    elif outcome.reason:
        click.echo(f"Error: {name}: {outcome.reason}", err=True)
    else:
        click.echo(f"{name}: entregado ({told.title.removeprefix('hallazgos: ')})")
    return not outcome.reason


def report(well: list[bool]) -> None:
    """Leave with status 1 when some channel did not take its notice: what it missed is told next time."""
    click.get_current_context().exit(Salida.HECHO if all(well) else Salida.ATENCION)
