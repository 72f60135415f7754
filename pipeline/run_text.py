"""What `correr` prints at its end: a table, CSV or JSON on standard output."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict

import click
from rich.table import Table
from rich.text import Text

from pipeline.errores import Salida
from pipeline.run_summary import FATES, RunSummary, SourceResult
from pipeline.tables import print_table

HEADINGS = {"version": "versión", "sin_texto": "sin texto", "fuera_de_fecha": "fuera de fecha"}


def show(summary: RunSummary, form: str) -> None:
    """Print the summary as `tabla`, `csv` or `json`."""
    if form == "json":
        click.echo(as_json(summary))
    elif form == "csv":
        click.echo(as_csv(summary), nl=False)
    else:
        print_table(as_table(summary))
        for line in closing_lines(summary):
            click.echo(line)


def as_csv(summary: RunSummary) -> str:
    """Return one line a source."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["fuente", "nombre", "recibidos", *FATES, "hueco", "fallida", "motivo", "estado"])
    for source in summary.fuentes:
        counts = [source.destinos[fate] for fate in FATES]
        flags = [int(source.hueco), int(source.fallida)]
        writer.writerow([source.fuente_id, source.nombre, source.recibidos, *counts, *flags, source.motivo, source.estado])
    return out.getvalue()


def as_json(summary: RunSummary) -> str:
    """Return the summary as one JSON object, totals included."""
    totals = {fate: summary.total(fate) for fate in FATES}
    return json.dumps({**asdict(summary), "totales": totals}, ensure_ascii=False, indent=2)


def as_table(summary: RunSummary) -> Table:
    """Return the closing table of a run: one line a source, then the totals; fates that nobody had are left out."""
    table = Table(title=f"Corrida {summary.corrida} · {summary.dia} · {summary.estado}", title_justify="left")
    table.add_column("fuente")
    table.add_column("salud")
    total = {fate: count for fate in FATES if (count := summary.total(fate))}
    for name in ("recibidos", *total):
        table.add_column(HEADINGS.get(name, name), justify="right")
    table.add_column("observaciones")
    for source in summary.fuentes:
        cells = _cells(source.destinos, total)
        table.add_row(Text(source.nombre), source.estado, str(source.recibidos), *cells, Text(remarks(source)))
    table.add_section()
    received = sum(source.recibidos for source in summary.fuentes)
    table.add_row("Total", "", str(received), *_cells(total, total), "", style="bold")
    return table


def _cells(fates: dict[str, int], shown: Iterable[str]) -> list[str]:
    return [str(fates[fate]) if fates[fate] else "·" for fate in shown]


def remarks(source: SourceResult) -> str:
    """Say in a few words what a person should know of a source."""
    parts = ["FALLÓ" if source.fallida else "", "hueco" if source.hueco else "", source.motivo]
    return " · ".join(part for part in parts if part)


def closing_lines(summary: RunSummary) -> list[str]:
    """Return the lines under the table: what is new, what failed, what needs a person, what to do after an interruption."""
    failed = [source.fuente_id for source in summary.fuentes if source.fallida]
    lines = [f"Noticias nuevas: {summary.total('nueva')}. Hallazgos nuevos: {summary.hallazgos_nuevos}."]
    if failed:
        lines.append(f"Fuentes que fallaron ({len(failed)} de {len(summary.fuentes)}): {', '.join(failed)}.")
    if failed and summary.status() == Salida.NINGUNA_FUENTE:
        lines.append("No se pudo leer ninguna: ¿hay internet en esta máquina?")
    wanting = [f"{source.fuente_id} ({source.estado})" for source in summary.fuentes if source.atencion]
    if wanting:
        lines.append(
            f"Fuentes que necesitan a una persona ({len(wanting)}): {', '.join(wanting)}; `hallazgos salud` dice por qué."
        )
    if summary.estado == "interrumpida":
        lines.append("Corrida interrumpida: lo guardado se conserva; la siguiente sigue donde quedó.")
    return lines
