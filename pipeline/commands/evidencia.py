"""`hallazgos evidencia`: captures found, checked, taken again, and given out with what tells of them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.opciones import (
    accepted_today_option,
    existing_registry,
    fetch_options,
    format_option,
    registry_option,
    today_option,
)
from pipeline.errores import Salida
from pipeline.reloj import Clock

if TYPE_CHECKING:
    from crawlers.options import HarvestOptions


@click.group()
def evidencia() -> None:
    """Busca y comprueba las capturas en que se apoyan las noticias."""


@evidencia.command()
@click.argument("clave", metavar="NOTICIA|FOLIO")
@click.option("-o", "--salida", "output", type=click.Path(dir_okay=False, path_type=Path), help="Guarda aquí el contenido.")
@registry_option
@accepted_today_option
def ver(clave: str, output: Path | None, registro: Path) -> None:
    """Dice dónde está la captura de una noticia (número) o de las de un hallazgo (folio)."""
    from pipeline import evidence_text

    evidence_text.show(existing_registry(registro), clave, output)


@evidencia.command()
@click.argument("claves", nargs=-1, metavar="[NOTICIA|FOLIO]...")
@click.option("--todo", "everything", is_flag=True, help="Comprueba el acervo entero: filas, archivos, copias y custodia.")
@click.option("--rapido", "quick", is_flag=True, help="Con --todo: vuelve a leer sólo las páginas de los hallazgos.")
@click.option("--cabeza", "noted", default="", metavar="N:HUELLA", help="Con --todo: renglón de custodia que se anotó fuera.")
@format_option
@registry_option
@today_option
def verificar(
    claves: tuple[str, ...],
    everything: bool,
    quick: bool,
    noted: str,
    output_format: str,
    registro: Path,
    now: Clock,
) -> None:
    """Comprueba que filas, capturas, copias y custodia dicen lo mismo; sale con 1 si algo pide atención."""
    from pipeline.custody import store_text

    if bool(claves) == everything:
        raise click.UsageError("indique noticias o folios, o bien --todo")
    if (quick or noted) and not everything:
        raise click.UsageError("--rapido y --cabeza van con --todo")
    where = existing_registry(registro)
    if everything:
        bad = store_text.verify_all(where, store_text.Asked(output_format, not quick, noted), now())
    else:
        bad = store_text.verify_some(where, claves, now())
    click.get_current_context().exit(Salida.ATENCION if bad else Salida.HECHO)


@evidencia.command()
@click.argument("folio")
@click.option(
    "-o",
    "--salida",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Archivo ZIP que se escribe.",
)
@registry_option
@today_option
def expediente(folio: str, output: Path, registro: Path, now: Clock) -> None:
    """Reúne en un ZIP las capturas de un hallazgo, sus huellas, los registros y una copia para leer; queda anotado."""
    from pipeline.custody import dossier_out

    missing = dossier_out.export(existing_registry(registro), folio, output, now())
    click.get_current_context().exit(Salida.ATENCION if missing else Salida.HECHO)


@evidencia.command()
@click.argument("clave", metavar="FOLIO|NOTICIA")
@format_option
@registry_option
@fetch_options
def recapturar(clave: str, output_format: str, registro: Path, options: "HarvestOptions") -> None:
    """Vuelve a pedir las páginas de un hallazgo: lo que cambió es otra versión, lo que ya no está queda con fecha."""
    from pipeline.custody import recapture_text

    failed = recapture_text.show(existing_registry(registro), clave.upper(), options, output_format)
    click.get_current_context().exit(Salida.ATENCION if failed else Salida.HECHO)
