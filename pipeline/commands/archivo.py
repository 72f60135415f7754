"""`hallazgos archivo`: web archives of earlier years into the registry."""

from datetime import date
from pathlib import Path

import click

from pipeline.commands.opciones import Dia, catalogue_option, existing_registry, format_option, registry_option, today_option
from pipeline.errores import Salida
from pipeline.reloj import Clock


@click.command()
@click.argument("rutas", nargs=-1, type=click.Path(path_type=Path), metavar="RUTAS...")
@click.option("--desde", "since", type=Dia(), help="Sólo lo publicado desde ese día (sin fecha: lo capturado).")
@click.option("--hasta", "until", type=Dia(), help="Sólo lo publicado hasta ese día, incluido.")
@click.option(
    "--sitios", "sites", type=click.Path(dir_okay=False, path_type=Path), help="Archivo con un sitio por línea; sólo ellos."
)
@click.option("--trabajadores", "workers", type=click.IntRange(min=1), help="Procesos de esta máquina (uno por núcleo).")
@click.option(
    "--planificador", "scheduler", metavar="tcp://…", help="Planificador de Dask: leen sus trabajadores, en otras máquinas."
)
@click.option("--simular", "dry", is_flag=True, help="Lee y dice qué pasaría; no escribe nada.")
@click.option("--estado", "state", is_flag=True, help="Sólo dice en qué va cada archivo y el destino de sus registros.")
@click.option("--detalle", "detail", is_flag=True, help="Escribe un renglón por tramo en la salida de errores.")
@catalogue_option
@format_option
@registry_option
@today_option
def archivo(
    rutas: tuple[Path, ...],
    since: date | None,
    until: date | None,
    sites: Path | None,
    workers: int | None,
    scheduler: str | None,
    dry: bool,
    state: bool,
    detail: bool,
    catalogue: Path | None,
    output_format: str,
    registro: Path,
    now: Clock,
) -> None:
    """Lee archivos web (WARC) de años anteriores y guarda las notas que cuentan un hecho, junto a la corrida diaria.

    RUTAS son archivos .warc o .warc.gz, o carpetas. Si se interrumpe, la misma orden sigue donde quedó.
    """
    from pipeline.archive.machines import check_installed, people

    if bool(rutas) == state:
        raise click.UsageError("indique archivos o carpetas, o bien --estado")
    if since and until and since > until:
        raise click.UsageError("--desde es posterior a --hasta")
    if workers and scheduler:
        raise click.UsageError("--trabajadores es de esta máquina; con --planificador los pone él")
    check_installed(distributed=bool(scheduler))
    from pipeline.archive import asked, text, work
    from pipeline.sources.catalogue import sources

    if state:
        text.show_state(existing_registry(registro), output_format)
        return
    wanted = asked.Asked(since, until, asked.read_sites(sites) if sites else frozenset())
    order = work.Order(registro, wanted, tuple(sources(catalogue)), now)
    failed = text.run(order, rutas, people(scheduler, workers), output_format, dry=dry, detail=detail)
    click.get_current_context().exit(Salida.ATENCION if failed else Salida.HECHO)
