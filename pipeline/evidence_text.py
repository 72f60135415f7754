"""What `hallazgos evidencia` prints."""

from contextlib import closing
from pathlib import Path

import click

from crawlers.capture import CapturedResponse, CaptureError
from pipeline.errores import ErrorDeUso
from pipeline.evidence import RECAPTURED, Kept, kept, record_of, write_private
from pipeline.registry.connection import open_registry


def show(registro: Path, key: str, output: Path | None) -> None:
    """Print where the captures of a noticia or finding lie; write the body of a single one to `output`."""
    with closing(open_registry(registro)) as db:
        found = list(kept(db, [key]))
    if output is not None and len(found) > 1:
        versions = ", ".join(str(one.noticia_id) for one in found)
        raise ErrorDeUso(f"{key}: son varias capturas (noticias {versions}); con -o, indique una")
    for one in found:
        click.echo(describe(registro.parent, one))
        if output is not None:
            write_private(output, _record(registro.parent, one).body)


def describe(folder: Path, one: Kept) -> str:
    """Return a capture in a few lines: address, answer, digest, where it lies. Raises `ErrorDeUso` when it is gone."""
    which = "recaptura" if one.version == RECAPTURED else f"versión {one.version}"
    head = f"Noticia {one.noticia_id}, {which}" + (f", hallazgo {one.folio}" if one.folio else "")
    if not one.captura:
        return f"{head}\n  captura     ninguna: la escribió una persona\n  sha256      {one.sha256}"
    record = _record(folder, one)
    lines = [
        head,
        f"  dirección   {record.url}",
        f"  respuesta   {record.status}, {len(record.body)} bytes, {record.fetched_at}",
        f"  sha256      {record.sha256}",
        f"  captura     {folder / one.captura}"
        + ("" if (folder / one.captura.partition("#")[0]).exists() else " (ya no está; queda la copia)"),
    ]
    if one.copy and (folder / one.copy.partition("#")[0]).exists():
        lines.append(f"  copia       {folder / one.copy.partition('#')[0]}")
    return "\n".join(lines)


def _record(folder: Path, one: Kept) -> CapturedResponse:
    if not one.captura:
        raise ErrorDeUso(f"noticia {one.noticia_id}: la escribió una persona; no hay captura")
    try:
        return record_of(folder, one)
    except CaptureError as error:
        raise ErrorDeUso(f"noticia {one.noticia_id}: {error}") from error
