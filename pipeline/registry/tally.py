"""What a run counts by source: `corridas_fuentes`, where the fates add up to the links received at every commit.

A run lives in one process, so which links were counted, and with which fate, is held in memory.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from crawlers.noticia import Destino
from pipeline.registry.transaction import writing

HERE = "corrida_id = ? AND fuente_id = ?"


class Tally:
    """The counts of one run; every change happens inside `transaction` of its source."""

    def __init__(self, db: Database, corrida_id: int) -> None:
        self.db = db
        self.corrida_id = corrida_id
        self.fates: dict[str, dict[str, Destino]] = {}
        self.changes: Counter[str] = Counter()

    @contextmanager
    def transaction(self, fuente_id: str) -> Iterator[None]:
        """One transaction on one source's counts; those in memory are put back when it fails."""
        before = dict(self.fates.get(fuente_id, {}))
        self.changes = Counter()
        try:
            with writing(self.db):
                self.db.execute(
                    "INSERT OR IGNORE INTO corridas_fuentes (corrida_id, fuente_id) VALUES (?, ?)",
                    [self.corrida_id, fuente_id],
                )
                yield
                self._write_changes(fuente_id)
        except BaseException:
            self.fates[fuente_id] = before
            raise

    def of_source(self, fuente_id: str) -> dict[str, Destino]:
        """Return the fates counted for a source in this run, by normalised link."""
        return self.fates.setdefault(fuente_id, {})

    def count(self, fuente_id: str, url: str, fate: Destino) -> None:
        """Count a link as received with `fate`, or move one that was counted to it."""
        counted = self.of_source(fuente_id)
        self.changes[counted.get(url, "recibidos")] += -1 if url in counted else 1
        self.changes[fate] += 1
        counted[url] = fate

    def _write_changes(self, fuente_id: str) -> None:
        """Write what the transaction counted, once for all its links."""
        changes = {name: n for name, n in self.changes.items() if n}
        if changes:
            self.assign(fuente_id, ", ".join(f"{name} = {name} + ?" for name in changes), *changes.values())

    def assign(self, fuente_id: str, assignments: str, *values: object) -> None:
        """Change the source's row of this run."""
        self.db.execute(
            f"UPDATE corridas_fuentes SET {assignments} WHERE {HERE}",
            [*values, self.corrida_id, fuente_id],
        )
