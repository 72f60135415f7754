"""Every connection to the registry keeps foreign keys and waits for the daily run's short writes."""

import sqlite3

from datasette import hookimpl
from pipeline.registry.connection import BUSY_MILLISECONDS


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Set what Datasette's own connections (also the writing one) come without."""
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
