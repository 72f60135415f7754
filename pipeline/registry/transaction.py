"""The one way to write, a short transaction that takes its lock at once; and one instant for many reads."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlite_utils import Database


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One write transaction: all or nothing.

    It takes the write lock at once (`BEGIN IMMEDIATE`): a transaction that reads first and writes then would fail without
    waiting when somebody wrote in between. Inside another one it is a savepoint.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


@contextmanager
def reading(db: Database) -> Iterator[None]:
    """One instant of the registry for many reads, whatever others write meanwhile."""
    db.conn.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()
