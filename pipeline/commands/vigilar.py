"""`hallazgos vigilar`: reads the sources of what is watched in short cycles, and tells the open Bases at once."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from pipeline.commands.opciones import crawl_options, existing_registry
from pipeline.reloj import Clock, mexico_day


class Hora(click.ParamType[time | datetime]):
    """An hour `HH:MM` of today, or a moment `AAAA-MM-DDTHH:MM`, of Mexico City."""

    name = "HH:MM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> time | datetime:
        """Return the hour or the moment, or fail in one line."""
        if isinstance(value, time | datetime):
            return value
        read = datetime.fromisoformat if "-" in str(value) else time.fromisoformat
        try:
            return read(str(value))
        except ValueError:
            self.fail(f"«{value}» no es una hora HH:MM ni un momento AAAA-MM-DDTHH:MM", param, ctx)


def moment(told: time | datetime | None, today: date) -> datetime | None:
    """Return the aware moment of an hour of today or of a moment, both of Mexico City."""
    from crawlers.fechas import MEXICO

    if told is None:
        return None
    whole = datetime.combine(today, told) if isinstance(told, time) else told
    return whole if whole.tzinfo else whole.replace(tzinfo=MEXICO)


@click.command()
@click.option(
    "--cada",
    "minutes",
    type=click.FloatRange(min=1),
    default=5.0,
    show_default=True,
    metavar="M",
    help="Minutos de un ciclo al siguiente.",
)
@click.option("--hasta", "until", type=Hora(), help="Termina a esa hora, aunque quede algo que vigilar (o AAAA-MM-DDTHH:MM).")
@click.option("--una-vez", "once", is_flag=True, help="Hace un solo ciclo y termina.")
@click.option(
    "--avisar-a",
    "addresses",
    multiple=True,
    metavar="DIRECCIÓN",
    help="A quién se avisa de lo que toca a una Base abierta (sin ella: los urgentes de [aviso], o sus canales).",
)
@crawl_options
@click.pass_context
def vigilar(
    ctx: click.Context,
    minutes: float,
    until: time | datetime | None,
    once: bool,
    delay: float,
    patience: float,
    addresses: tuple[str, ...],
    catalogue: Path | None,
    replay: Path | None,
    allow_local: bool,
    contact: str,
    registro: Path,
    now: Clock,
) -> None:
    """Vigila las movilizaciones: lee sus fuentes cada pocos minutos y avisa a las Bases abiertas."""
    from pipeline.notices.channels import channel
    from pipeline.sources.catalogue import sources
    from pipeline.watching.order import WatchOrder
    from pipeline.watching.text import told
    from pipeline.watching.watch import watch

    order = WatchOrder(
        registro=existing_registry(registro),
        catalogue=sources(catalogue),
        now=now,
        every=timedelta(minutes=minutes),
        until=moment(until, mexico_day(now())),
        once=once,
        channels=[channel(one) for one in dict.fromkeys(addresses or on_duty(ctx))],
        notice=notice(ctx),
        delay=delay,
        patience=patience,
        replay=replay,
        allow_local=allow_local,
        contact=contact,
    )
    with told(minutes) as (show, say):
        status = watch(order, show, say)
    ctx.exit(status)


def configured(ctx: click.Context) -> dict[str, Any]:
    """Return what the configuration says of `aviso`, by parameter."""
    found = (ctx.find_root().default_map or {}).get("aviso")
    return found if isinstance(found, dict) else {}


def on_duty(ctx: click.Context) -> list[str]:
    """Return the addresses of those whom danger is told to, else of every notice."""
    kept = configured(ctx)
    return list(kept.get("urgent") or kept.get("addresses") or ())


def notice(ctx: click.Context) -> Any:  # noqa: ANN401 - imported when the command runs
    """Return how notices are told, as `aviso` is configured: names only where it says so."""
    from pipeline.commands.aviso import page_base
    from pipeline.notices.send import NoticeOrder
    from pipeline.quien import shell_user

    kept = configured(ctx)
    base = page_base(ctx, ctx.command.params[0], str(kept.get("base") or ""))
    return NoticeOrder(base, shell_user() if kept.get("names") else "")
