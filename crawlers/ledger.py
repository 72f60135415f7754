"""What a harvest needs to know from, and tell to, whoever keeps the rows: the registry is the queue (principle 1)."""

import sqlite3
from collections.abc import Sequence
from typing import Protocol

from crawlers.noticia import Destino, Enlace, Lectura, Noticia, Pedido

# What storing raises when the machine fails (disk full, file locked by another): no link's fault, so it ends the crawl.
MACHINE_FAULTS = (OSError, sqlite3.OperationalError)


class Ledger(Protocol):
    """Every method is one short transaction, done when it returns; a kill between two calls loses nothing."""

    def conditional(self, fuente_id: str) -> tuple[str | None, str | None]:
        """Return the stored (ETag, Last-Modified) of the source's feed, or Nones when it is to be read whatever it answers."""

    def unchanged(self, fuente_id: str, url: str, huella: str) -> bool:
        """Tell whether this is what the address gave before, with nothing in it to take that was not taken then."""

    def pending(self, fuente_id: str) -> list[Enlace]:
        """Return the source's links of earlier runs that are due; all its pending ones count as received in this run."""

    def brings_news(self, enlaces: Sequence[Enlace]) -> bool:
        """Tell whether an answer with these links will be asked for any of them, so that it must be kept as evidence."""

    def record_reading(self, reading: Lectura) -> Pedido:
        """Write a row for every new link of the answer, then its ETag and digest; return what to fetch now."""

    def save_noticia(self, enlace: Enlace, noticia: Noticia) -> Destino:
        """Store the article, or a new version of it, and the link's fate; return that fate."""

    def record_fate(self, enlace: Enlace, destino: Destino, motivo: str) -> None:
        """Store a link's fate without an article; an `ERROR` becomes `pendiente` again until its three days are over.

        `PENDIENTE`: nothing could be asked, since its site asks to be left alone; after three days of that it is an `ERROR`.
        """

    def close_source(self, fuente_id: str, motivo: str) -> None:
        """Store why the source ended in this run; an empty reason: everything was read."""
