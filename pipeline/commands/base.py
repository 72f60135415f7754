"""`hallazgos base …`: the Base of a demonstration, from its opening to its printed log; entries taken without a network."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.opciones import accepted_today_option, existing_registry, format_option, registry_option, today_option
from pipeline.errores import Salida
from pipeline.pages.labels import labels_of
from pipeline.reloj import Clock

if TYPE_CHECKING:
    from pipeline.review.changes import Hand

number_argument = click.argument("base_id", metavar="BASE", type=click.IntRange(min=1))
place_option = click.option("--sitio", "place", help="Dónde se instala.")
people_option = click.option("--personas", "people", type=click.IntRange(min=0), help="Cuántas personas del mecanismo están.")
bodies_option = click.option("--organismo", "bodies", multiple=True, help="Ente que participa; puede repetirse.")
HOUR = "HH:MM de hoy (o de anoche), o AAAA-MM-DDTHH:MM, en la Ciudad de México."
start_option = click.option("--inicio", "start", metavar="HORA", help=f"Cuándo se instaló, si no fue ahora: {HOUR}")
end_option = click.option("--fin", "end", metavar="HORA", help=f"Cuándo se cerró, si no fue ahora: {HOUR}")
output_option = click.option(
    "-o",
    "--salida",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Archivo HTML que se escribe.",
)


def known_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what can be told of a Base whenever it is written."""
    return place_option(bodies_option(people_option(command)))


@click.group()
def base() -> None:
    """Instala, anota y cierra la Base de una movilización; con red o sin ella."""


@base.command()
@click.argument("movilizacion", metavar="MOVILIZACIÓN", type=click.IntRange(min=1))
@click.option("--tipo", type=click.Choice(list(labels_of("base_tipo"))), default="base_mpi", show_default=True, help="Cuál.")
@start_option
@known_options
@registry_option
@today_option
def abrir(
    movilizacion: int,
    tipo: str,
    start: str | None,
    place: str | None,
    bodies: tuple[str, ...],
    people: int | None,
    registro: Path,
    now: Clock,
) -> None:
    """Abre una Base para la movilización de ese número (las muestra `movilizacion lista`)."""
    from pipeline.bases.standing import Told, open_base
    from pipeline.registry.connection import open_registry

    told = Told(tipo, start, None, place, bodies or None, people)
    with open_registry(existing_registry(registro)) as db:
        number = open_base(db, movilizacion, told, hand(now))
    click.echo(f"Base {number} abierta. Se anota en /-/base/{number}; sin red: hallazgos base formulario {number} -o F.html")


@base.command()
@number_argument
@start_option
@end_option
@known_options
@registry_option
@today_option
def cambiar(
    base_id: int,
    start: str | None,
    end: str | None,
    place: str | None,
    bodies: tuple[str, ...],
    people: int | None,
    registro: Path,
    now: Clock,
) -> None:
    """Cambia lo que se sabe de una Base; lo que no se dice queda como está. Los entes que se dicen son todos los que hay."""
    from pipeline.bases.standing import Told, change_base
    from pipeline.registry.connection import open_registry

    with open_registry(existing_registry(registro)) as db:
        change_base(db, base_id, Told(None, start, end, place, bodies or None, people), hand(now))
    click.echo(f"Base {base_id}: cambiada.")


@base.command()
@number_argument
@end_option
@known_options
@registry_option
@today_option
def cerrar(
    base_id: int,
    end: str | None,
    place: str | None,
    bodies: tuple[str, ...],
    people: int | None,
    registro: Path,
    now: Clock,
) -> None:
    """Cierra una Base y dice cómo imprimir su bitácora."""
    from pipeline.bases.standing import Told, close_base
    from pipeline.registry.bases import base as row_of
    from pipeline.registry.connection import open_registry

    with open_registry(existing_registry(registro)) as db:
        close_base(db, base_id, Told(None, None, end, place, bodies or None, people), hand(now))
        entries = (row_of(db, base_id) or {})["registros"]
    click.echo(f"Base {base_id} cerrada con {entries} anotaciones. Lo que un teléfono tenga sin enviar todavía se recibe.")
    click.echo(f"Su bitácora: hallazgos base bitacora {base_id} -o F.html (o /-/base/{base_id}/bitacora)")


@base.command()
@number_argument
@registry_option
@today_option
def reabrir(base_id: int, registro: Path, now: Clock) -> None:
    """Vuelve a abrir una Base que se cerró por error."""
    from pipeline.bases.standing import reopen_base
    from pipeline.registry.connection import open_registry

    with open_registry(existing_registry(registro)) as db:
        reopen_base(db, base_id, hand(now))
    click.echo(f"Base {base_id}: abierta otra vez.")


@base.command()
@click.option("--abiertas", "only_open", is_flag=True, help="Sólo las que no se han cerrado.")
@format_option
@registry_option
@accepted_today_option
def lista(only_open: bool, output_format: str, registro: Path) -> None:
    """Muestra las Bases: primero las abiertas, luego las más recientes."""
    from pipeline.pages.wording import moment_text
    from pipeline.registry.bases import bases
    from pipeline.registry.connection import open_registry
    from pipeline.tables import show_rows

    with open_registry(existing_registry(registro)) as db:
        found = bases(db, only_open=only_open)
    if output_format == "tabla":
        found = [row | {name: moment_text(row[name]) for name in ("inicio", "fin")} for row in found]
    columns = ("id", "tipo", "movilizacion", "dia", "inicio", "fin", "sitio", "personas_presentes", "registros")
    show_rows(columns, found, output_format)


@base.command()
@number_argument
@output_option
@registry_option
@accepted_today_option
def formulario(base_id: int, output: Path, registro: Path) -> None:
    """Escribe un archivo HTML que anota en un teléfono sin red; lo que exporta se trae con `base recibir`."""
    from pipeline.bases.files import offline_form, write
    from pipeline.bases.standing import found_base
    from pipeline.registry.connection import open_registry

    with open_registry(existing_registry(registro)) as db:
        row = found_base(db, base_id)
    write(output, offline_form(row))
    click.echo(f"{output}: páselo al teléfono y ábralo ahí. Lo anotado vuelve con: hallazgos base recibir ARCHIVO.json")


@base.command()
@click.argument("archivo", type=click.Path(path_type=Path))
@registry_option
@today_option
def recibir(archivo: Path, registro: Path, now: Clock) -> None:
    """Trae lo anotado sin red; recibido dos veces se guarda una. Sale con 5 si alguna anotación no se pudo guardar."""
    from pipeline.bases.entries import Fate
    from pipeline.bases.received import read_file, receive
    from pipeline.bases.text import summary
    from pipeline.registry.connection import open_registry

    received = read_file(archivo)
    with open_registry(existing_registry(registro)) as db:
        taken = receive(db, received, hand(now))
    click.echo(f"Base {received.base_id}: {summary(taken)}")
    refused = [one for one in taken if one.estado is Fate.REFUSED]
    for one in refused:
        click.echo(f"{archivo}: anotación {one.numero}: {one.error}", err=True)
    click.get_current_context().exit(Salida.LINEAS_MALAS if refused else Salida.HECHO)


@base.command()
@number_argument
@output_option
@registry_option
@today_option
def bitacora(base_id: int, output: Path, registro: Path, now: Clock) -> None:
    """Escribe la bitácora de una Base para imprimirla (tamaño carta); queda anotado que se leyó."""
    from crawlers.fechas import utc_text
    from pipeline.bases.files import printed_log, write
    from pipeline.bases.log import gather
    from pipeline.quien import shell_user
    from pipeline.registry.connection import open_registry
    from pipeline.registry.lecturas import record_reading

    with open_registry(existing_registry(registro)) as db:
        log = gather(db, base_id)
        record_reading(db, shell_user(), f"base bitacora {base_id}", log.folios(), now=now())
    write(output, printed_log(log, utc_text(now())))
    click.echo(f"{output}: {len(log.entries)} anotaciones. Es un documento reservado.")


def hand(now: Clock) -> "Hand":
    """Return who works at the shell, at this moment."""
    from pipeline.quien import shell_user
    from pipeline.review.changes import Hand

    return Hand(shell_user(), now())
