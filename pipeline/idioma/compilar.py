"""Compiles `messages.po` to the `messages.mo` that gettext reads (`make idioma`); needs babel, which the crawl brings."""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "es" / "LC_MESSAGES"


def compiled() -> bytes:
    """Return the compiled form of `messages.po`."""
    with (FOLDER / "messages.po").open("rb") as source:
        catalog = read_po(source, locale="es")
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes on any day
    target = io.BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


if __name__ == "__main__":
    (FOLDER / "messages.mo").write_bytes(compiled())
