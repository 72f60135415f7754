"""Writes `bench/resultados.md`: what was compared, each figure with its goal, and on what kind of machine."""

import os
import platform
import re
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
        *map(line, rows),
        "",
    ]
    return "\n".join(lines)


def line(row: Row) -> str:
    """Return a row of the page's table."""
    return f"| {row.que} | {row.cifra} | {row.meta} | {MARKS[row.cumple]} | {row.detalle} |"


def number(told: str) -> int:
    """Return the number with which a line of the table begins, 0 for any other line."""
    found = re.match(r"\| (\d+)\. ", told)
    return int(found[1]) if found else 0


def write_some(path: Path, rows: Sequence[Row], told: str) -> None:
    """Put `rows` in the place of those of the same numbers; the page ends with when, and by how many rounds (`told`)."""
    lines, fresh = path.read_text("utf-8").rstrip("\n").split("\n"), [line(row) for row in rows]
    again = {number(one) for one in fresh}
    start = next(place for place, one in enumerate(lines) if one.startswith("|---")) + 1
    end = start + sum(one.startswith("|") for one in lines[start:])
    table = sorted([*(one for one in lines[start:end] if number(one) not in again), *fresh], key=number)
    numbers = ", ".join(map(str, sorted(again)))
    what = f"Medidas después, el {date.today():%d/%m/%Y}, con {told}: {numbers}."
    path.write_text("\n".join([*lines[:start], *table, *lines[end:], *([""] if end == len(lines) else []), what, ""]), "utf-8")


def write(path: Path, rows: Sequence[Row], told: str) -> None:
    """Write the page whole."""
    path.write_text(text(rows, told), "utf-8")
