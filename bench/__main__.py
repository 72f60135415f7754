"""`python -m bench`: measures everything and writes `bench/resultados.md`."""

from pathlib import Path

import click

from bench.archive import archive_rows
from bench.crawl import crawl_rows
from bench.figures import figure_rows
from bench.report import write
from bench.size import size_rows
from bench.tagging import tagging_rows
from bench.year import report_rows

SIZES = {
    "outlets": 20, "notes": 100, "small": 10_000, "big": 1_000_000, "rounds": 3, "findings": 10_000, "records": 20_000,
    "figures": 100_000,
}  # fmt: skip
QUICK = {
    "outlets": 10, "notes": 20, "small": 2_000, "big": 20_000, "rounds": 1, "findings": 1_000, "records": 400,
    "figures": 10_000,
}  # fmt: skip


@click.command()
@click.option("--rapido", "quick", is_flag=True, help="Una prensa y un registro chicos, una sola ronda: para ver que funciona.")
@click.option("--notas", "notes", type=click.IntRange(min=1), help="Notas de cada medio (100; con --rapido, 20).")
@click.option("--rondas", "rounds", type=click.IntRange(min=1), help="Rondas de las que se da la mediana (3; con --rapido, 1).")
@click.option(
    "--cache", type=click.Path(file_okay=False, path_type=Path), default=Path("bench/registros"), show_default=True,
    help="Carpeta de los registros sintéticos; se hacen si faltan.",
)  # fmt: skip
@click.option(
    "--salida", "out", type=click.Path(dir_okay=False, path_type=Path), default=Path("bench/resultados.md"), show_default=True,
    help="Archivo que se escribe.",
)  # fmt: skip
def main(quick: bool, notes: int | None, rounds: int | None, cache: Path, out: Path) -> None:
    """Mide el sistema contra una araña pelada de Scrapy y contra sí mismo con un registro chico."""
    sizes = QUICK if quick else SIZES
    sizes = sizes | {name: told for name, told in (("notes", notes), ("rounds", rounds)) if told}
    crawl = crawl_rows(outlets=sizes["outlets"], notes=sizes["notes"], rounds=sizes["rounds"])
    size = size_rows(cache, small=sizes["small"], big=sizes["big"], rounds=sizes["rounds"])
    tagging = tagging_rows(sizes["rounds"])
    report = report_rows(sizes["findings"], sizes["rounds"])
    archive = archive_rows(sizes["records"], 1)
    figures = list(figure_rows(sizes["figures"], sizes["rounds"]))
    told = f"Prensa de {sizes['outlets']} medios con {sizes['notes']} notas cada uno; {sizes['rounds']} rondas."
    write(out, [*crawl, *size, *tagging, *report, *archive, *figures], told)
    click.echo(out.read_text("utf-8"))


if __name__ == "__main__":
    main()
