"""Rows on standard output in the three shapes of `--formato`: a table for people, CSV, JSON."""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.figures.export_files import neutral

WIDEST = 200  # where the output is no terminal
MAX_CELL = 60  # characters of a cell of the table for people


def show_rows(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], form: str, *, headings: Sequence[str] = ()) -> None:
    """Print the rows as `tabla`, `csv` or `json` (a list of objects with exactly `columns`)."""
    if form == "json":
        click.echo(json.dumps([{name: row.get(name) for name in columns} for row in rows], ensure_ascii=False, indent=2))
    elif form == "csv":
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_guarded(row.get(name)) for name in columns])
        click.echo(out.getvalue(), nl=False)
    else:
        _show_table(columns, rows, headings or [name.replace("_", " ") for name in columns])


def _show_table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], headings: Sequence[str]) -> None:
    """Print a table that fits the terminal; long cells are cut."""
    table = Table(*headings)
    table.columns[0].no_wrap = True  # what other commands take: an id cut short could not be copied
    for row in rows:
        table.add_row(*(Text(_cut(_plain(row.get(name)))) for name in columns))
    print_table(table)


def print_table(table: Table) -> None:
    """Print a table as wide as the terminal, or as `WIDEST` where there is none."""
    console = Console(file=sys.stdout)  # the one of the moment: a test or a pipe may have put another
    if not console.is_terminal:
        console.width = WIDEST
    console.print(table)


def _plain(value: object) -> str:
    """Return a cell's text: empty for None, `sí`/`no` for a truth value."""
    if isinstance(value, bool):
        return "sí" if value else "no"
    return "" if value is None else str(value)


def _guarded(value: object) -> str:
    """Return a cell's text for a CSV: what somebody wrote is never a formula."""
    return str(neutral(value)) if isinstance(value, str) else _plain(value)


def _cut(text: str) -> str:
    """Return the text on one line, at most `MAX_CELL` characters."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_CELL else f"{line[: MAX_CELL - 1]}…"
