"""Options that many commands share, each declared once."""

import functools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.errores import ErrorDeUso
from pipeline.reloj import Clock, clock

T = TypeVar("T")
Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Dia(click.ParamType[date]):
    """A day as `AAAA-MM-DD`."""

    name = "AAAA-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or fail in one line."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"«{value}» no es un día AAAA-MM-DD", param, ctx)


registry_option = click.option(
    "--registro",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("datos/registro.db"),
    show_default=True,
    help="Archivo del registro.",
)
today_option = click.option(
    "--hoy",
    "now",
    type=Dia(),
    callback=lambda _ctx, _param, value: clock(value),
    help="Fija el reloj a las 06:00 de ese día en la Ciudad de México.",
)
# For commands that use the registry but neither store nor compare a moment: the option is understood and changes nothing.
accepted_today_option = click.option(
    "--hoy",
    type=Dia(),
    expose_value=False,
    help="Se admite como en las demás órdenes; aquí no cambia nada.",
)
catalogue_option = click.option(
    "--fuentes",
    "catalogue",
    type=click.Path(dir_okay=False, path_type=Path),
    help="El único catálogo que se lee (sin ella: el propio de hallazgos.toml sobre el incluido).",
)
replay_option = click.option(
    "--reproducir",
    "replay",
    type=click.Path(path_type=Path),
    help="Responde desde un WARC o una carpeta de capturas en lugar de la red.",
)
local_option = click.option(
    "--permitir-locales",
    "allow_local",
    is_flag=True,
    help="Admite direcciones locales y privadas (pruebas).",
)
contact_option = click.option(
    "--contacto",
    "contact",
    default="",
    help="Correo o dirección de contacto que se da a los medios en cada petición.",
)

delay_option = click.option(
    "--cortesia",
    "delay",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    help="Segundos entre peticiones a un sitio.",
)
patience_option = click.option(
    "--espera",
    "patience",
    type=click.FloatRange(min=1),
    default=30.0,
    show_default=True,
    help="Segundos que se espera una respuesta, hasta su último byte.",
)


def crawl_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add what the commands share that read the sources into a registry: manners, catalogue, replay, contact, day."""
    shared = (
        delay_option, patience_option, catalogue_option, replay_option, local_option, contact_option, registry_option,
        today_option,
    )  # fmt: skip
    for option in reversed(shared):
        command = option(command)
    return command


def fetch_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add what commands share that fetch outside a run (replay, local addresses, contact, day), as one `options` parameter."""

    @functools.wraps(command)
    def told(*, replay: Path | None, allow_local: bool, contact: str, now: Clock, **others: object) -> T:
        from crawlers.options import HarvestOptions

        options = HarvestOptions(Path(), 0, now, replay=replay, allow_local=allow_local, contact=contact)
        return command(options=options, **others)

    return replay_option(local_option(contact_option(today_option(told))))


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--formato tabla|csv|json` and its short form `--json` (the parameter is `output_format`)."""
    as_json = click.option("--json", "output_format", flag_value="json", help="Lo mismo que --formato json.")
    chosen = click.option(
        "--formato",
        "output_format",
        type=click.Choice(["tabla", "csv", "json"]),
        default="tabla",
        show_default=True,
        help="Forma de lo que se imprime.",
    )
    return as_json(chosen(command))


def existing_registry(path: Path) -> Path:
    """Return `path`, or raise `ErrorDeUso` when there is no registry to read."""
    if not path.is_file():
        raise ErrorDeUso(f"{path}: no hay registro; `hallazgos correr` lo crea")
    return path
