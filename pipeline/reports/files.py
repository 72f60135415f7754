"""Documents as files: the extension decides the format; whole or not there, private, the same bytes for the same document."""

from pathlib import Path
from typing import cast

from pipeline.errores import ErrorDeUso
from pipeline.figures.export_files import write_atomically
from pipeline.reports.document import Documento, printable

FORMATS = (".docx", ".html", ".pdf")


def check_target(path: Path) -> None:
    """Raise `ErrorDeUso` for an extension that has no format, a folder that is not there, or a PDF without a browser."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise ErrorDeUso(f"{path}: la extensión debe ser {', '.join(FORMATS)}")
    if path.is_dir():
        raise ErrorDeUso(f"{path}: es una carpeta")
    if not path.parent.is_dir():
        raise ErrorDeUso(f"{path}: no existe la carpeta {path.parent}")
    if suffix == ".pdf":
        from pipeline.reports.pdf import browser  # noqa: PLC0415 - needed for one format only

        browser()


def content(document: Documento, suffix: str) -> bytes:
    """Return the document in the format of `suffix`, one of `FORMATS`."""
    written = cast(Documento, printable(document))
    if suffix == ".docx":
        from pipeline.reports.word import as_docx  # noqa: PLC0415 - heavy, and needed for one format only

        return as_docx(written)
    from pipeline.reports.html import as_html  # noqa: PLC0415 - needed for two formats only

    return as_html(written) if suffix == ".html" else printed(as_html(written))


def printed(html: bytes) -> bytes:
    """Return a page printed to PDF."""
    from pipeline.reports.pdf import as_pdf  # noqa: PLC0415 - needed for one format only

    return as_pdf(html)


def write(path: Path, data: bytes) -> None:
    """Put `data` in `path`, all or nothing."""
    write_atomically(path, data)
