"""`hallazgos movilizacion`: demonstrations that are coming, watched or over, and what is proposed."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from nlp.vocabulario import Alcaldia
from pipeline.commands.movilizacion_informe import informe
from pipeline.commands.movilizacion_propuestas import aceptar, descartar, ical, propuestas
from pipeline.commands.opciones import Dia, existing_registry, format_option, registry_option, today_option
from pipeline.quien import shell_user
from pipeline.registry.demonstrations import Demonstration
from pipeline.reloj import Clock, mexico_day

MOMENT = "AAAA-MM-DD [HH:MM]"
COLUMNS = ("id", "dia", "hora", "nombre", "alcaldia", "estado", "riesgo", "vigilar_desde", "vigilar_hasta")
# option → field of the demonstration; what is not given is not changed
OPTIONS = (
    click.option("--fin", metavar=MOMENT, help="Cuándo termina («-» lo quita)."),
    click.option("--convoca", "convocantes", multiple=True, metavar="GRUPO", help="Quién convoca; se repite."),
    click.option("--causa", help="Por qué se convoca."),
    click.option(
        "--punto",
        "recorrido",
        multiple=True,
        metavar="LUGAR",
        help="Punto del recorrido, en orden: LUGAR o «LUGAR | LAT, LON».",
    ),
    click.option(
        "--alcaldia", metavar="ALCALDÍA", help=f"Dónde empieza; sin ella, la del primer punto: {', '.join(Alcaldia)}."
    ),
    click.option("--asistencia", "asistencia_esperada", metavar="N", help="Personas que se esperan."),
    click.option(
        "--riesgo",
        "riesgo_esperado",
        type=click.Choice(["bajo", "medio", "alto", "sin_determinar"]),
        help="Riesgo que se espera.",
    ),
    click.option("--vigilar-desde", metavar=MOMENT, help="Sin ella, 24 horas antes del inicio («-» vuelve a eso)."),
    click.option("--vigilar-hasta", metavar=MOMENT, help="Sin ella, 72 horas después del fin («-» vuelve a eso)."),
    click.option("--fuente", "fuentes", multiple=True, metavar="ID", help="Fuente que se lee en ciclos cortos; se repite."),
)


def field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option a field, in the order of `OPTIONS`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.group()
def movilizacion() -> None:
    """Manifestaciones que se vigilan: alta, cambios, propuestas y calendario."""


for one in (propuestas, aceptar, descartar, ical, informe):
    movilizacion.add_command(one)


@movilizacion.command()
@click.option("--nombre", required=True, help="Cómo se llama.")
@click.option("--inicio", required=True, metavar=MOMENT, help="Cuándo empieza; sólo el día si no se sabe la hora.")
@field_options
@registry_option
@today_option
def alta(registro: Path, now: Clock, **given: str | tuple[str, ...] | None) -> None:
    """Da de alta una movilización; se vigila desde 24 horas antes hasta 72 después, si no se dice otra cosa."""
    from pipeline.demonstrations import Draft, create
    from pipeline.demonstrations.given import fields
    from pipeline.registry.connection import open_registry
    from pipeline.review import Hand

    with open_registry(registro) as db:
        made = create(db, Draft(**fields(db, _told(given))), Hand(shell_user(), now()))
    click.echo(f"Movilización {made.id}: {made.nombre}, {_watched(made)}")


@movilizacion.command()
@click.argument("numero", type=int)
@click.option("--nombre", help="Cómo se llama.")
@click.option("--inicio", metavar=MOMENT, help="Cuándo empieza; sólo el día si no se sabe la hora.")
@field_options
@click.option(
    "--estado", type=click.Choice(["prevista", "en_curso", "terminada", "cancelada"]), help="Sin ella, lo mueve el reloj."
)
@registry_option
@today_option
def cambiar(numero: int, estado: str | None, registro: Path, now: Clock, **given: str | tuple[str, ...] | None) -> None:
    """Cambia lo que se diga de una movilización; una lista (convoca, punto, fuente) se da entera."""
    from pipeline.demonstrations import change, set_state
    from pipeline.demonstrations.changes import existing
    from pipeline.demonstrations.given import fields
    from pipeline.registry.connection import open_registry
    from pipeline.registry.transaction import writing
    from pipeline.review import Hand

    hand = Hand(shell_user(), now())
    with open_registry(existing_registry(registro)) as db, writing(db):
        made, before = existing(db, numero), existing(db, numero).version
        if told := _told(given):
            made = change(db, numero, fields(db, told), hand)
        if estado:
            made = set_state(db, numero, estado, hand)
    told_text = "nada cambió" if made.version == before else f"{made.nombre}, {_watched(made)}"
    click.echo(f"Movilización {numero}: {told_text}")


@movilizacion.command()
@click.argument("numero", type=int)
@click.option("--motivo", default="", help="Por qué; queda en la bitácora.")
@registry_option
@today_option
def cancelar(numero: int, motivo: str, registro: Path, now: Clock) -> None:
    """Cancela una movilización: deja de vigilarse y se conserva."""
    from pipeline.demonstrations import cancel
    from pipeline.registry.connection import open_registry
    from pipeline.review import Hand

    with open_registry(existing_registry(registro)) as db:
        cancel(db, numero, Hand(shell_user(), now()), motivo)
    click.echo(f"Movilización {numero}: cancelada")


@movilizacion.command()
@click.option("--desde", "first", type=Dia(), help="Desde qué día; sin ella, las que vienen y las que se vigilan.")
@click.option("--hasta", "last", type=Dia(), help="Hasta qué día.")
@format_option
@registry_option
@today_option
def lista(first: date | None, last: date | None, output_format: str, registro: Path, now: Clock) -> None:
    """Las que vienen y las que se vigilan, o las de unos días; antes mueve con el reloj las que empezaron o terminaron."""
    from pipeline.demonstrations import list_days, move_by_clock, to_watch
    from pipeline.registry.connection import open_registry
    from pipeline.tables import show_rows

    today = mexico_day(now())
    with open_registry(existing_registry(registro)) as db:
        move_by_clock(db, now())
        found = list_days(db, first or (last or today) - timedelta(days=0 if last is None else 366), last or date.max)
        if first is None and last is None:
            found = sorted(
                {one.id: one for one in [*to_watch(db, now()), *found]}.values(), key=lambda one: (one.inicio, one.id)
            )
    show_rows(COLUMNS, [_row(one) for one in found], output_format)


def _told(given: dict[str, str | tuple[str, ...] | None]) -> dict[str, str | tuple[str, ...]]:
    return {name: value for name, value in given.items() if value is not None and value != ()}


def _watched(made: Demonstration) -> str:
    from pipeline.demonstrations.given import local_text

    return f"{made.estado}; se vigila del {local_text(made.vigilar_desde)} al {local_text(made.vigilar_hasta)}"


def _row(one: Demonstration) -> dict[str, Any]:
    from pipeline.demonstrations.given import local_text

    return {
        **{name: getattr(one, name) for name in ("id", "nombre", "alcaldia", "estado")},
        "dia": one.dia.isoformat(),
        "hora": local_text(one.inicio)[11:] if one.hora_sabida else None,
        "riesgo": one.riesgo_esperado,
        "vigilar_desde": local_text(one.vigilar_desde),
        "vigilar_hasta": local_text(one.vigilar_hasta),
    }
