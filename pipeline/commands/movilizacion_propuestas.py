"""What `hallazgos movilizacion` does with proposals and calendars."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from pipeline.commands.opciones import existing_registry, format_option, registry_option, today_option
from pipeline.errores import ErrorDeUso, Salida, reason
from pipeline.quien import shell_user
from pipeline.reloj import Clock, mexico_day

COLUMNS = ("id", "dia", "hora", "nombre", "sitio", "alcaldia", "origen", "noticia_id")
PAST = timedelta(days=366)  # how far back a calendar file goes


@click.command()
@format_option
@registry_option
@today_option
def propuestas(output_format: str, registro: Path, now: Clock) -> None:
    """Lo que anuncian las noticias, el calendario de cada año o un archivo, y nadie ha decidido; caduca solo."""
    from pipeline.demonstrations.recurrent import propose_recurrent
    from pipeline.registry.connection import open_registry
    from pipeline.registry.proposals import waiting
    from pipeline.registry.transaction import writing
    from pipeline.tables import show_rows

    with open_registry(existing_registry(registro)) as db:
        with writing(db):
            propose_recurrent(db, now())
        found = waiting(db, mexico_day(now()))
    rows = [{name: getattr(one, name) for name in COLUMNS} | {"dia": one.dia.isoformat()} for one in found]
    show_rows(COLUMNS, rows, output_format)


@click.command()
@click.argument("numeros", type=int, nargs=-1, required=True)
@registry_option
@today_option
def aceptar(numeros: tuple[int, ...], registro: Path, now: Clock) -> None:
    """Hace una movilización de cada propuesta: todas o ninguna."""
    from pipeline.demonstrations.proposals import accept

    for number, made in _decided(registro, now, numeros, accept):
        click.echo(f"Propuesta {number}: movilización {made.id}, {made.nombre}")


@click.command()
@click.argument("numeros", type=int, nargs=-1, required=True)
@registry_option
@today_option
def descartar(numeros: tuple[int, ...], registro: Path, now: Clock) -> None:
    """Descarta propuestas: el mismo anuncio no vuelve. Todas o ninguna."""
    from pipeline.demonstrations.proposals import dismiss

    for number, _none in _decided(registro, now, numeros, dismiss):
        click.echo(f"Propuesta {number}: descartada")


@click.command()
@click.option(
    "-o",
    "--salida",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Archivo .ics que se escribe, con lo del último año y lo que viene.",
)
@click.option(
    "--recibir",
    "given",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Archivo .ics que se lee: propone lo nuevo y cambia lo ya recibido.",
)
@registry_option
@today_option
@click.pass_context
def ical(ctx: click.Context, path: Path | None, given: Path | None, registro: Path, now: Clock) -> None:
    """Escribe las movilizaciones como calendario (iCalendar), o recibe uno; un evento ya recibido no se duplica."""
    if (path is None) == (given is None):
        raise ErrorDeUso("diga --salida ARCHIVO para escribir, o --recibir ARCHIVO para leer")
    if path is not None:
        _write(path, existing_registry(registro), now)
        return
    if given is not None and _receive(given, registro, now):
        ctx.exit(Salida.LINEAS_MALAS)


def _write(path: Path, registro: Path, now: Clock) -> None:
    from datetime import date

    from pipeline.demonstrations import list_days
    from pipeline.demonstrations.ical_out import calendar_of
    from pipeline.partial import whole_file
    from pipeline.registry.connection import open_registry

    with open_registry(registro) as db:
        found = list_days(db, mexico_day(now()) - PAST, date.max)
    try:
        with whole_file(path) as part:
            part.write_bytes(calendar_of(found))
    except OSError as error:
        raise ErrorDeUso(f"{path}: no se puede escribir ({reason(error)})") from error
    click.echo(f"Se escribió {path}: {len(found)} movilizaciones")


def _receive(path: Path, registro: Path, now: Clock) -> bool:
    """Take a calendar file in; return whether some of its events could not be read."""
    from pipeline.demonstrations.ical_in import read_calendar
    from pipeline.demonstrations.ical_taking import take_in
    from pipeline.registry.connection import open_registry
    from pipeline.review import Hand

    read = read_calendar(path)
    with open_registry(registro) as db:
        ends = take_in(db, read.events, Hand(shell_user(), now()))
    repeated = sum(one.repeats for one in read.events)
    told = ", ".join(f"{count} {end}" for end, count in sorted(ends.items())) or "ningún evento"
    click.echo(f"{path}: {told}" + (f"; de {repeated} que se repiten se tomó sólo la primera fecha" if repeated else ""))
    for line in read.wrong:
        click.echo(line, err=True)
    return bool(read.wrong)


def _decided(registro: Path, now: Clock, numbers: tuple[int, ...], decide: Callable[..., Any]) -> list[tuple[int, Any]]:
    from pipeline.registry.connection import open_registry
    from pipeline.registry.transaction import writing
    from pipeline.review import Hand

    with open_registry(existing_registry(registro)) as db, writing(db):
        return [(number, decide(db, number, Hand(shell_user(), now()))) for number in dict.fromkeys(numbers)]
