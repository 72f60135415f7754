"""`hallazgos segunda-lectura`: a sample of reviewed findings for another person to code without the first coding."""

import re
from pathlib import Path

import click

from pipeline.commands.opciones import existing_registry, registry_option, today_option
from pipeline.periodos import parse_period
from pipeline.quien import shell_user
from pipeline.reloj import Clock


class Parte(click.ParamType[float]):
    """A share in per cent, `5%` or `2.5%`; its value is from 0 to 1."""

    name = "N%"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the share, or fail in one line."""
        found = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?) ?%", str(value).strip())
        share = float(found[1].replace(",", ".")) / 100 if found else 0.0
        if not 0 < share <= 1:
            self.fail(f"«{value}» no es una parte como 5%, mayor que 0% y hasta 100%", param, ctx)
        return share


@click.command()
@click.option("--muestra", "share", type=Parte(), required=True, metavar="N%", help="Qué parte de lo revisado, como 5%.")
@click.option("--periodo", "period", metavar="P", help="Sólo lo registrado en ese periodo: 2026, 2026-T3, 2026-05…")
@click.option("--para", "person", metavar="CUENTA", help="Quién la hace; sin ella, quien no haya decidido sobre el hallazgo.")
@click.option("--semilla", "seed", default="", help="Otra semilla da otra muestra; sin ella, sale del contenido del registro.")
@registry_option
@today_option
def segunda_lectura(share: float, period: str | None, person: str | None, seed: str, registro: Path, now: Clock) -> None:
    """Da a codificar otra vez, al azar y sin ver lo codificado, hallazgos revisados a quien no decidió sobre ellos."""
    from pipeline.pages.second_readers import who_may_read
    from pipeline.registry.connection import open_registry
    from pipeline.review.changes import Hand
    from pipeline.review.second import Sample, ask

    readers = who_may_read(existing_registry(registro), person)
    sample = Sample(share, parse_period(period) if period else None, person, seed)
    with open_registry(registro) as db:
        done = ask(db, sample, readers, Hand(shell_user(), now()))
    click.echo(
        f"De {done.poblacion} hallazgos revisados que puede leer otra persona, la muestra es de {done.muestra}:"
        f" {done.nuevas} se dieron ahora y {done.muestra - done.nuevas} ya se habían dado"
        f"{f' ({done.pasadas} pasan a otra persona)' if done.pasadas else ''}. Se leen en /-/segunda-lectura"
    )
