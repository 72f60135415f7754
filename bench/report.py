"""Writes `bench/resultados.md`: what was compared, each figure with its goal, and on what kind of machine."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench.crawl import Row

MARKS = {True: "sí", False: "**no**", None: ""}


def text(rows: Sequence[Row], told: str) -> str:
    """Return the page; `told` says how large the measurement was."""
    lines = [
        "# Resultados de la medición",
        "",
        f"Del {date.today():%d/%m/%Y}, con `make bench`: {os.cpu_count()} núcleos, Python {platform.python_version()}. {told}",
        "",
        "Cada cociente compara dos lados medidos uno tras otro en la misma máquina y sobre la misma prensa (inventada, en la",
        "propia máquina); se da la mediana de las rondas y, entre paréntesis, la menor y la mayor. El tiempo de un lado es el",
        "de su proceso entero, desde que arranca hasta que termina. La *araña pelada* es una araña de Scrapy que baja esas",
        "páginas con la misma cortesía (sin pausas, una petición a la vez por sitio, robots.txt obedecido) y no guarda nada.",
        "",
        "| qué se compara | cifra | meta | se cumple | detalle |",
        "|---|---:|---:|---|---|",
        *(f"| {row.que} | {row.cifra} | {row.meta} | {MARKS[row.cumple]} | {row.detalle} |" for row in rows),
        "",
    ]
    return "\n".join(lines)


def write(path: Path, rows: Sequence[Row], told: str) -> None:
    """Write the page whole."""
    path.write_text(text(rows, told), "utf-8")
