"""Erases again, on a registry restored from an older backup, whom it names still.

The backup says the name itself: the list tells in which row, column and place it stood; the digest says whether what stands
there is the name meant. Then the same order is carried out on what was restored.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.privacy.digests import asked
from pipeline.privacy.erase import erase_in
from pipeline.privacy.finish import finish_left
from pipeline.privacy.restored import Entry, read_list
from pipeline.registry import arco
from pipeline.registry.arco import Order
from pipeline.registry.connection import open_registry


def erase_again(path: Path, registro: Path, now: datetime, quien: str) -> int:
    """Carry out on a restored registry what its time did not know yet; return how many requests were."""
    salt, entries = read_list(path)
    done = 0
    with closing(open_registry(registro)) as db:
        known = {(one.tipo, one.cuando) for one in arco.requests(db)}
        for entry in entries:
            if (entry["tipo"], entry["cuando"]) in known:
                continue
            order = _order(db, entry, salt)
            if order is not None:
                erase_in(db, registro.parent, order, quien=quien, now=now)
                done += 1
        finish_left(db, registro, now)
    return done


def _order(db: Database, entry: Entry, salt: str) -> Order | None:
    """Return the order for the people whom a restored registry names; None when it names none of them."""
    prints = {tuple(one) for one in entry["huellas"]}
    ids = tuple(number for number, (name, _, _) in arco.people(db, entry["personas"]).items() if _is_one(name, prints, salt))
    names = tuple(dict.fromkeys(name for name in _sampled(db, entry["muestras"]) if _is_one(name, prints, salt)))
    if not ids and not names:
        everybody = db.execute("SELECT DISTINCT nombre FROM personas").fetchall()
        names = tuple(name for (name,) in everybody if _is_one(name, prints, salt))
    if not ids and not names:
        return None
    return Order(entry["tipo"], ids, f"{entry['motivo']} (otra vez, en un respaldo restaurado)", entry["retencion"], names)


def _is_one(name: str, prints: set[tuple[str, ...]], salt: str) -> bool:
    return any((one.huella, one.forma) in prints for one in asked(name, salt))


def _sampled(db: Database, samples: Sequence[Sequence[Any]]) -> Iterator[str]:
    """Yield what stands now where names stood when they were erased."""
    columns = {(table, row[1]) for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
               for row in db.execute(f"PRAGMA table_info('{table}')").fetchall()}  # fmt: skip
    for table, row, column, start, end in samples:
        if (table, column) in columns:
            found = db.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", [row]).fetchone()
            if found and isinstance(found[0], str):
                yield found[0][start:end]
