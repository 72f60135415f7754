"""`hallazgos exportar`: what leaves the registry as a file."""

from pathlib import Path

import click

from pipeline.commands.opciones import accepted_today_option, existing_registry, registry_option, today_option
from pipeline.errores import ErrorDeUso
from pipeline.periodos import parse_period
from pipeline.quien import shell_user
from pipeline.reloj import Clock

output_option = click.option(
    "-o",
    "--salida",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="Archivo que se escribe; su extensión (.csv, .xlsx o .json) decide el formato.",
)

scheme_option = click.option(
    "--esquema",
    "scheme",
    type=click.Choice(["articulo19", "mecanismo", "ods"]),
    help="En las categorías y la unidad de ARTICLE 19, del mecanismo federal o del indicador ODS 16.10.1.",
)

WARNING = (
    "{path} lleva nombres y textos de prensa de personas en riesgo. Guárdelo como el registro, en un disco cifrado y sólo para"
    " su dueño; no lo envíe ni lo copie al programa, y bórrelo cuando haya entrenado. La lectura quedó anotada."
)


@click.group()
def exportar() -> None:
    """Escribe cifras o hallazgos en un archivo CSV, XLSX o JSON."""


@exportar.command()
@click.option("--anio", "year", type=click.IntRange(1900, 9998), required=True, help="Año que se compara.")
@click.option("--contra", "against", type=click.IntRange(1900, 9998), help="Año anterior; sin ella, el de antes.")
@scheme_option
@output_option
@registry_option
@accepted_today_option
def comparativo(year: int, against: int | None, scheme: str | None, path: Path, registro: Path) -> None:
    """Meses, bimestres, trimestres, semestres y el año contra los mismos de otro año, con M1 y sus marcas."""
    from pipeline.figures.crosswalk import equivalences, scheme_comparison
    from pipeline.figures.export_files import write_tables
    from pipeline.figures.exports import export_comparison
    from pipeline.registry.connection import open_registry

    with open_registry(existing_registry(registro)) as db:
        if scheme:
            years = 1 if against is None else year - against
            write_tables(path, [scheme_comparison(db, scheme, parse_period(f"{year}"), years), equivalences(scheme)])
            click.echo(f"Se escribió {path}")
            return
        export_comparison(db, path, year, year - 1 if against is None else against)
    click.echo(f"Se escribió {path}")


@exportar.command()
@click.option("--periodo", "period", metavar="P", help="Sólo los registrados en ese periodo: 2026, 2026-T3, 2026-05…")
@click.option("--con-nombres", "names", is_flag=True, help="Añade los nombres de las víctimas; queda anotado en «lecturas».")
@scheme_option
@output_option
@registry_option
@today_option
def hallazgos(period: str | None, names: bool, scheme: str | None, path: Path, registro: Path, now: Clock) -> None:
    """Una fila por hallazgo, en códigos y sin nombres."""
    from pipeline.figures.crosswalk import equivalences, scheme_findings
    from pipeline.figures.export_files import write_tables
    from pipeline.figures.exports import Lector, export_findings
    from pipeline.registry.connection import open_registry

    chosen = parse_period(period) if period else None
    if scheme:
        if names:
            raise ErrorDeUso("--con-nombres: los esquemas de otros no llevan nombres")
        with open_registry(existing_registry(registro)) as db:
            write_tables(path, [scheme_findings(db, scheme, chosen), equivalences(scheme)])
        click.echo(f"Se escribió {path}")
        return
    reader = Lector(shell_user(), now()) if names else None
    with open_registry(existing_registry(registro)) as db:
        count = export_findings(db, path, chosen, reader)
    click.echo(f"Se escribió {path}: {count} hallazgos")


@exportar.command()
@click.option(
    "-o",
    "--salida",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    help="Archivo .jsonl que se escribe, sólo para su dueño.",
)
@click.option("--periodo", "period", metavar="P", help="Sólo lo registrado en ese periodo: 2026, 2026-T3, 2026-05…")
@registry_option
@today_option
def corpus(path: Path, period: str | None, registro: Path, now: Clock) -> None:
    """Lo que decidieron las personas, como notas anotadas con la guía: para `entrenar` y `evaluar`. Lleva nombres y textos."""
    from pipeline.figures.exports import Lector
    from pipeline.learning.export import export_corpus, told
    from pipeline.registry.connection import open_registry

    chosen = parse_period(period) if period else None
    with open_registry(existing_registry(registro)) as db:
        found = export_corpus(db, path, chosen, Lector(shell_user(), now()))
    click.echo(f"Se escribió {path}: {told(found)}")
    click.echo(WARNING.format(path=path), err=True)
