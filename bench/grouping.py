"""Groups the latest notes of a registry and takes all back: `python -m bench.grouping REGISTRO` prints the seconds."""

import sys
import time
from contextlib import closing
from pathlib import Path

from pipeline.incidents import group_pending
from pipeline.registry.connection import open_registry

NOTES = 100


def main(registry: Path) -> None:
    """Take the latest notes out of their findings and time their grouping, all in a transaction that is rolled back."""
    with closing(open_registry(registry)) as db:
        db.conn.execute("BEGIN IMMEDIATE")
        latest = f"SELECT noticia_id FROM hallazgos_noticias ORDER BY noticia_id DESC LIMIT {NOTES}"
        db.execute(f"UPDATE noticias SET estado = 'etiquetada' WHERE id IN ({latest})")
        db.execute(f"DELETE FROM hallazgos_noticias WHERE noticia_id IN ({latest})")
        begun = time.perf_counter()
        group_pending(db)
        print(time.perf_counter() - begun)  # noqa: T201 - its result
        db.conn.rollback()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
