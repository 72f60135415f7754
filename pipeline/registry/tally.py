"""What a run counts by source: `corridas_fuentes`, where the fates add up to the links received at every commit.

A run lives in one process, so which links were counted, and with which fate, is held in memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from crawlers.noticia import Destino
from pipeline.registry.connection import writing

HERE = "corrida_id = ? AND fuente_id = ?"


class Tally:
    """The counts of one run; every change happens inside `transaction` of its source."""

    def __init__(self, db: Database, corrida_id: int) -> None:
        self.db = db
        self.corrida_id = corrida_id
        self.fates: dict[str, dict[str, Destino]] = {}

    @contextmanager
    def transaction(self, fuente_id: str) -> Iterator[None]:
        """One transaction on one source's counts; those in memory are put back when it fails."""
        before = dict(self.fates.get(fuente_id, {}))
        try:
            with writing(self.db):
                self.db.execute(
                    "INSERT OR IGNORE INTO corridas_fuentes (corrida_id, fuente_id) VALUES (?, ?)",
                    [self.corrida_id, fuente_id],
                )
                yield
        except BaseException:
            self.fates[fuente_id] = before
            raise

    def of_source(self, fuente_id: str) -> dict[str, Destino]:
        """Return the fates counted for a source in this run, by normalised link."""
        return self.fates.setdefault(fuente_id, {})

    def count(self, fuente_id: str, url: str, fate: Destino) -> None:
        """Count a link as received with `fate`, or move one that was counted to it."""
        counted = self.of_source(fuente_id)
        before = counted.get(url)
        if before is None:
            self.assign(fuente_id, f"recibidos = recibidos + 1, {fate} = {fate} + 1")
        elif before != fate:
            self.assign(fuente_id, f"{before} = {before} - 1, {fate} = {fate} + 1")
        counted[url] = fate

    def assign(self, fuente_id: str, assignments: str, *values: object) -> None:
        """Change the source's row of this run."""
        self.db.execute(
            f"UPDATE corridas_fuentes SET {assignments} WHERE {HERE}",
            [*values, self.corrida_id, fuente_id],
        )
