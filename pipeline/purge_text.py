"""What `hallazgos depurar` prints."""

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.purge import Plan
from pipeline.tables import show_rows

COLUMNS = ("que", "cantidad", "megabytes")
HEADINGS = ("Qué", "Cuántos", "MB")


def show(found: Plan, form: str, *, done: bool) -> None:
    """Print what went, or would go."""
    texts = found.texts
    rows = [
        _row("noticias ordinarias: texto y autoría", texts.noticias, texts.bytes),
        _row("versiones anteriores: texto", texts.versiones, texts.versiones_bytes),
        _row("pasajes", texts.pasajes, 0),
        _files("archivos de captura", found.files),
        _files("capturas antiguas que se quedan: algo las necesita", found.needed),
    ]
    show_rows(COLUMNS, rows, form, headings=HEADINGS)
    if form == "tabla":
        click.echo(f"{'Se quitó' if done else 'Se quitaría'} lo capturado antes del {found.before}.")
        if done:
            click.echo("El sitio que ocupaban los textos queda libre dentro del registro, para lo nuevo.")
        else:
            click.echo("Nada ha cambiado: para quitarlo, repita la orden con --aplicar.")


def _row(what: str, count: int, size: int) -> dict[str, object]:
    return {"que": what, "cantidad": count, "megabytes": round(size / 1e6, 2)}


def _files(what: str, files: Sequence[tuple[Path, int]]) -> dict[str, object]:
    return _row(what, len(files), sum(size for _, size in files))
