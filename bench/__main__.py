"""`python -m bench`: measures everything and writes `bench/resultados.md`."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import click

from bench.archive import archive_rows
from bench.crawl import Row, crawl_rows
from bench.figures import figure_rows
from bench.report import write, write_some
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


Sizes = Mapping[str, int]
# The number of a row → the numbers of those that are measured with it, and how.
MEASURES: dict[tuple[int, ...], Callable[[Sizes, Path], Iterable[Row]]] = {
    (1, 2, 3, 4, 5): lambda s, _: crawl_rows(outlets=s["outlets"], notes=s["notes"], rounds=s["rounds"]),
    (6,): lambda s, cache: size_rows(cache, small=s["small"], big=s["big"], rounds=s["rounds"]),
    (7,): lambda s, _: tagging_rows(s["rounds"]),
    (8,): lambda s, _: report_rows(s["findings"], s["rounds"]),
    (9,): lambda s, _: archive_rows(s["records"], 1),
    (10,): lambda s, _: figure_rows(s["figures"], s["rounds"]),
}


@click.command()
@click.option("--rapido", "quick", is_flag=True, help="Una prensa y un registro chicos, una sola ronda: para ver que funciona.")
@click.option("--notas", "notes", type=click.IntRange(min=1), help="Notas de cada medio (100; con --rapido, 20).")
@click.option("--rondas", "rounds", type=click.IntRange(min=1), help="Rondas de las que se da la mediana (3; con --rapido, 1).")
@click.option(
    "--fila", "only", type=click.IntRange(1, 10), multiple=True,
    help="Mide sólo la fila de este número (de la 1 a la 5 van juntas) y deja las demás como están; se puede repetir.",
)  # fmt: skip
@click.option(
    "--cache", type=click.Path(file_okay=False, path_type=Path), default=Path("bench/registros"), show_default=True,
    help="Carpeta de los registros sintéticos; se hacen si faltan.",
)  # fmt: skip
@click.option(
    "--salida", "out", type=click.Path(dir_okay=False, path_type=Path), default=Path("bench/resultados.md"), show_default=True,
    help="Archivo que se escribe.",
)  # fmt: skip
def main(quick: bool, only: tuple[int, ...], cache: Path, out: Path, **given: int | None) -> None:
    """Mide el sistema contra una araña pelada de Scrapy y contra sí mismo con un registro chico."""
    sizes = (QUICK if quick else SIZES) | {name: number for name, number in given.items() if number}
    chosen = [measured for numbers, measured in MEASURES.items() if not only or set(only) & set(numbers)]
    rows = [row for measured in chosen for row in measured(sizes, cache)]
    told = f"Prensa de {sizes['outlets']} medios con {sizes['notes']} notas cada uno; {sizes['rounds']} rondas."
    if only and out.exists():
        write_some(out, rows, f"{sizes['rounds']} rondas" if sizes["rounds"] > 1 else "una ronda")
    else:
        write(out, rows, told)
    click.echo(out.read_text("utf-8"))


if __name__ == "__main__":
    main()
