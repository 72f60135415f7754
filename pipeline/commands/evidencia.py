"""`hallazgos evidencia`: finds the capture behind a noticia and checks that row and capture agree."""

from pathlib import Path

import click

from pipeline.commands.opciones import accepted_today_option, existing_registry, registry_option
from pipeline.errores import Salida


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
@click.option("--todo", "everything", is_flag=True, help="Comprueba todas las noticias.")
@registry_option
@accepted_today_option
def verificar(claves: tuple[str, ...], everything: bool, registro: Path) -> None:
    """Comprueba que la huella de cada captura es la de su fila; sale con 1 si algo no coincide."""
    from pipeline import evidence_text

    if bool(claves) == everything:
        raise click.UsageError("indique noticias o folios, o bien --todo")
    bad = evidence_text.verify(existing_registry(registro), claves)
    click.get_current_context().exit(Salida.ATENCION if bad else Salida.HECHO)
