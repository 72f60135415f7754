"""What changed since a report was signed: every figure that is another now, beside the signed one."""

from collections.abc import Iterator
from dataclasses import replace

from crawlers.fechas import local_day
from pipeline.reports.document import Bloque, Documento, Parrafo, Tabla, Titulo
from pipeline.reports.setting import shown
from pipeline.reports.store import Firmado, cells_of
from pipeline.reports.words import day_text

COLUMNS = ("Cuadro", "Renglón", "Columna", "Firmado", "Ahora")


def differences(signed: Firmado, tables: tuple[Tabla, ...]) -> tuple[tuple[str, ...], ...]:
    """Return (table, row, column, signed, now) of each figure that differs, in the report's order; a dash where it lacks."""
    before, now = cells_of(signed.cuadros), cells_of(tables)
    keys = list(dict.fromkeys([*now, *before]))
    told = [(*key, shown(before.get(key)), shown(now.get(key))) for key in keys]
    return tuple(row for row in told if row[-2] != row[-1])


def changes(signed: Firmado, tables: tuple[Tabla, ...]) -> Iterator[Bloque]:
    """Yield the section on what differs from the newest signed version."""
    day = day_text(local_day(signed.cuando) or signed.cuando[:10])
    yield Titulo(f"Qué cambió desde la versión {signed.version}")
    found = differences(signed, tables)
    if not found:
        yield Parrafo(f"Ninguna cifra ha cambiado desde la versión {signed.version}, cerrada el {day}.")
        return
    yield Parrafo(
        f"La versión {signed.version} se cerró el {day} y no se modifica. Desde entonces cambió lo revisado en el periodo,"
        " o en el que se compara, y estas cifras son otras:"
    )
    yield Tabla(f"Cifras firmadas en la versión {signed.version} y cifras de ahora", COLUMNS, found, cifras=False)


def with_changes(document: Documento, signed: Firmado | None) -> Documento:
    """Return the document with the section on changes after its opening section, if it was signed before."""
    if signed is None:
        return document
    tables = tuple(block for block in document.bloques if isinstance(block, Tabla) and block.cifras)
    sections = [place for place, block in enumerate(document.bloques) if isinstance(block, Titulo) and block.nivel == 1]
    cut = sections[1]
    blocks = (*document.bloques[:cut], *changes(signed, tables), *document.bloques[cut:])
    return replace(document, bloques=blocks)
