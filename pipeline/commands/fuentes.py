"""`hallazgos fuentes …`: the catalogue of sources, seen, tried and extended."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.opciones import catalogue_option, fetch_options, format_option, today_option
from pipeline.errores import ErrorDeUso, Salida
from pipeline.reloj import Clock

if TYPE_CHECKING:
    from crawlers.options import HarvestOptions


@click.group()
def fuentes() -> None:
    """El catálogo de fuentes: verlo, probarlo y ampliarlo."""


@fuentes.command()
@format_option
@catalogue_option
def lista(output_format: str, catalogue: Path | None) -> None:
    """Muestra las fuentes y cuántas están verificadas."""
    from pipeline.sources import desk

    desk.show_list(catalogue, output_format)


@fuentes.command()
@click.argument("ids", nargs=-1, metavar="[ID]…")
@format_option
@catalogue_option
@fetch_options
def revisar(ids: tuple[str, ...], output_format: str, catalogue: Path | None, options: "HarvestOptions") -> None:
    """Prueba cada fuente (las activas, o las que se nombren), dice qué leería y anota en verificada_en las que responden."""
    from pipeline.sources import desk

    good = desk.review_sources(ids, catalogue, options, output_format)
    raise SystemExit(Salida.HECHO if good else Salida.NINGUNA_FUENTE)


@fuentes.command()
@click.argument("url")
@click.option("--guardar", "save", is_flag=True, help="Añade la fila propuesta al catálogo propio.")
@click.option("--id", "new_id", default="", help="Identificador de la fuente, en lugar del propuesto.")
@click.option("--nombre", "name", default="", help="Nombre de la fuente, en lugar del propuesto.")
@click.option("--tipo", "kind", default="medio_independiente", show_default=True, help="Tipo de fuente.")
@catalogue_option
@fetch_options
def agregar(
    url: str,
    save: bool,
    new_id: str,
    name: str,
    kind: str,
    catalogue: Path | None,
    options: "HarvestOptions",
) -> None:
    """Busca los canales y mapas de un sitio y propone su fila del catálogo."""
    from pipeline.sources import desk

    wanted = {"id": new_id.strip(), "nombre": name.strip(), "tipo": kind.strip()}
    if not desk.add_source(url, wanted, catalogue, options, save=save):
        raise SystemExit(Salida.ATENCION)


@fuentes.command("opml-importar")
@click.argument("archivo", type=click.Path(path_type=Path))
@click.option("--tipo", "kind", default="medio_independiente", show_default=True, help="Tipo de las fuentes que entran.")
@catalogue_option
@today_option
def opml_importar(archivo: Path, kind: str, catalogue: Path | None, now: Clock) -> None:
    """Suma al catálogo propio los canales de una lista OPML."""
    from pipeline.sources import desk

    desk.import_opml(archivo, kind, catalogue, now())


@fuentes.command("opml-exportar")
@click.argument("archivo", type=click.Path(path_type=Path))
@catalogue_option
def opml_exportar(archivo: Path, catalogue: Path | None) -> None:
    """Escribe como OPML los canales de las fuentes activas."""
    from crawlers.opml import write_opml
    from pipeline.sources.catalogue import sources

    active = [fuente for fuente in sources(catalogue) if fuente.activa]
    try:
        count = write_opml(archivo, active)
    except OSError as error:
        raise ErrorDeUso(f"{archivo}: no se puede escribir ({error.strerror})") from error
    click.echo(f"{archivo}: {count} canales.")
