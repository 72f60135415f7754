"""Every connection keeps foreign keys, waits for the daily run's short writes, and reads search words as our own page does."""

import sqlite3

from datasette import hookimpl

from pipeline.pages.search import match_expression
from pipeline.registry.connection import BUSY_MILLISECONDS


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Set what Datasette's connections (also the writing one) come without; its `escape_fts` breaks on a lone quote."""
    conn.execute("PRAGMA foreign_keys = ON")
    conn.create_function("escape_fts", 1, match_expression)
    conn.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
