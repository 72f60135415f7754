"""`hallazgos reetiquetar`: the tagger of today over the stored texts."""

from datetime import date
from pathlib import Path

import click

from pipeline.commands.opciones import Dia, existing_registry, format_option, registry_option, today_option
from pipeline.errores import machine_failures
from pipeline.reloj import Clock


@click.command()
@click.option("--desde", "since", type=Dia(), help="Sólo lo capturado desde ese día.")
@click.option("--hasta", "until", type=Dia(), help="Sólo lo capturado hasta ese día, incluido.")
@click.option("--simular/--aplicar", "dry", default=True, help="Sólo dice qué cambiaría (así, si no se dice), o lo aplica.")
@format_option
@registry_option
@today_option
def reetiquetar(since: date | None, until: date | None, dry: bool, output_format: str, registro: Path, now: Clock) -> None:
    """Vuelve a etiquetar lo que leyó otra versión del etiquetador; lo que decidió una persona queda como está.

    Puede ir junto a una corrida, y si se interrumpe sigue donde quedó. Simular usa una copia del registro, que luego se borra.
    """
    from pipeline.retagging import text, work

    if since and until and since > until:
        raise click.UsageError("--desde es posterior a --hasta")
    order = work.Order(since, until, now)
    do = work.simulate if dry else work.apply
    with machine_failures(existing_registry(registro)):
        found = do(registro, order)
    text.show(found, output_format, done=not dry)
