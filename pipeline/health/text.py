"""How `hallazgos salud` is printed: the table of sources with a few lines under it, CSV of the sources, or one JSON object."""

import csv
import io
import json
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from pipeline.health.disk import Disk
from pipeline.health.report import SOURCE_COLUMNS, Health, LastRun

LONG = 3650  # days after which nobody plans
STATES = ("bloqueada", "fallando", "desbordada", "callada", "nueva", "activa", "inactiva")


def as_json(health: Health) -> str:
    """Return the whole state as one JSON object; `atencion` holds what needs a person."""
    record = {
        "atencion": health.atencion,
        "corrida": asdict(health.corrida) if health.corrida else None,
        "disco": asdict(health.disco),
        "permisos": [asdict(lax) for lax in health.permisos],
        "cifrado": health.cifrado.value,
        "estados": dict(health.states()),
        "fuentes": health.fuentes,
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def as_csv(health: Health) -> str:
    """Return one line a source."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(SOURCE_COLUMNS)
    writer.writerows([row[name] for name in SOURCE_COLUMNS] for row in health.fuentes)
    return out.getvalue()


def as_table(health: Health) -> Table:
    """Return the table of the sources that are read, those that need a person first."""
    table = Table("estado", "fuente", "detalle", "último nuevo", title="Salud de las fuentes", title_justify="left")
    table.add_column("días", justify="right")
    table.add_column("sin recoger", justify="right")
    for row in health.fuentes:
        if row["estado"] != "inactiva":
            silent = "" if row["dias_callada"] is None else str(row["dias_callada"])
            cells = (row["estado"], row["fuente_id"], row["detalle"], row["ultimo_nuevo"] or "", silent)
            table.add_row(*map(Text, cells), str(row["sin_recoger"] or "·"), style="bold" if row["atencion"] else None)
    return table


def closing_lines(health: Health) -> list[str]:
    """Return the lines under the table, ending with what needs a person."""
    states = health.states()
    counted = ", ".join(f"{state}: {states[state]}" for state in STATES if states[state])
    modes = "bien" if not health.permisos else f"{len(health.permisos)} por corregir"
    lines = [
        f"Fuentes: {counted or 'ninguna'}.",
        f"Última corrida: {run_text(health.corrida)}.",
        f"Disco: {disk_text(health.disco)}.",
        f"Permisos de los archivos: {modes}. Disco cifrado: {health.cifrado}.",
    ]
    wanted = health.atencion
    if not wanted:
        return [*lines, "Nada necesita a una persona."]
    return [*lines, "Necesita a una persona:", *(f"  {line}" for line in wanted)]


def run_text(run: LastRun | None) -> str:
    """Return the last run in words, with the days since."""
    if run is None:
        return "ninguna"
    when = "posterior a hoy" if run.dias < 0 else {0: "hoy", 1: "ayer"}.get(run.dias, f"hace {run.dias} días")
    return f"{run.corrida}, del {run.dia} ({when}), {run.estado.replace('_', ' ')}"


def disk_text(disk: Disk) -> str:
    """Return the room left in words."""
    left = f"quedan {size_text(disk.libre)}"
    if disk.dias is None or disk.por_dia is None:
        return f"{left}; {disk.motivo}"
    days = "para más de diez años" if disk.dias > LONG else f"para {disk.dias} días"
    return f"{left}; crece {size_text(disk.por_dia)} al día (sin contar respaldos): alcanza {days}"


def size_text(count: int) -> str:
    """Return bytes as people read them: `1.2 GB`."""
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} B"
