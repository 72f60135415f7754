"""`hallazgos depurar`: texts and captures of old ordinary news go; their identity, their fate and all evidence stay.

First the rows, then the files that no row needs any more. Killed anywhere, the next purge goes on where it ended: a row is
emptied and marked in one transaction, a file is listed as removed before it goes.
"""

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_time
from hashlib import file_digest
from pathlib import Path

from sqlite_utils import Database

from crawlers.capture import FOLDER
from crawlers.fechas import MEXICO, utc_text
from pipeline.errores import ErrorDeUso, reason
from pipeline.evidence import Kept, copy_holds, item_of
from pipeline.lock import crawl_lock, upkeep_lock
from pipeline.needs import finding_needs, ordinary_needs
from pipeline.progreso import Bar, bar, tracked
from pipeline.quien import shell_user
from pipeline.registry import audit, purge
from pipeline.registry.connection import open_registry
from pipeline.registry.transaction import writing
from pipeline.reloj import mexico_day

PAUSE_SECONDS = 0.01
OF_A_RUN = re.compile(r"corrida-\d{6,}-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z(?:-\d+)?\.warc\.gz")


@dataclass(frozen=True)
class Plan:
    """What goes: texts, then capture files of runs; `needed` are the old files that stay. Files are (path, bytes)."""

    before: str
    texts: purge.Texts
    files: tuple[tuple[Path, int], ...]
    needed: tuple[tuple[Path, int], ...]

    def empty(self) -> bool:
        """Tell whether nothing goes."""
        return not (self.texts.noticias or self.files)


def plan(registro: Path, days: int, now: datetime) -> Plan:
    """Return what a purge would take away, changing nothing."""
    with closing(open_registry(registro)) as db:
        return _plan(db, registro.parent, _cutoff(days, now))


def apply(registro: Path, days: int, now: datetime) -> Plan:
    """Purge; return what went. Raises `CrawlBusy` during a run or a backup, `ErrorDeUso` for a file that cannot be removed."""
    with crawl_lock(registro), upkeep_lock(registro), closing(open_registry(registro)) as db:
        found = _plan(db, registro.parent, _cutoff(days, now))
        if not found.empty():
            _note(db, found, days, now)
        with bar("Quitando textos", found.texts.noticias) as shown:
            _empty_texts(db, found.before, now, shown)
        evidence = _of_findings(db)
        for path, size in tracked(found.files, "Quitando capturas"):
            name = path.relative_to(registro.parent).as_posix()
            _remove(db, path, purge.Removal(name, size, _digest(path), tuple(map(item_of, evidence[name]))), now)
        more = purge.merge_index(db, -purge.MERGE_PAGES)
        while more:
            time.sleep(PAUSE_SECONDS)
            more = purge.merge_index(db, purge.MERGE_PAGES)
        return found


def _cutoff(days: int, now: datetime) -> str:
    """Return the moment at which the Mexico City day `days` days before today began, as rows carry it."""
    day = mexico_day(now) - timedelta(days=days)
    return utc_text(datetime.combine(day, clock_time(0), tzinfo=MEXICO))


def _plan(db: Database, folder: Path, before: str) -> Plan:
    old = list(_old_files(folder, before))
    needed = _needed(db, folder, before, {name for name, _, _ in old})
    return Plan(
        before,
        purge.purgeable(db, before),
        tuple((path, size) for name, path, size in old if name not in needed),
        tuple((path, size) for name, path, size in old if name in needed),
    )


def _old_files(folder: Path, before: str) -> Iterator[tuple[str, Path, int]]:
    """Yield (name in rows, path, bytes) of the capture files of runs that began before the moment; nothing else is ours."""
    for path in sorted((folder / FOLDER).glob("*/*.warc.gz")):
        found = OF_A_RUN.fullmatch(path.name)
        if found and path.is_file() and not path.is_symlink():
            year, month, day, hour, minute, second = found.groups()
            if f"{year}-{month}-{day}T{hour}:{minute}:{second}Z" < before:
                yield path.relative_to(folder).as_posix(), path, path.stat().st_size


def _needed(db: Database, folder: Path, before: str, old: set[str]) -> set[str]:
    """Return which old files must stay: a row that keeps its text or a pending link names it, or a finding without a copy."""
    stay = {name for name, _ in ordinary_needs(db.conn, f"NOT {purge.ORDINARY}", before)}
    of_findings = _of_findings(db)
    return stay | {name for name in old - stay if not all(copy_holds(folder, one) for one in of_findings[name])}


def _of_findings(db: Database) -> defaultdict[str, list[Kept]]:
    """Return the captures of findings by the file that they lie in."""
    found: defaultdict[str, list[Kept]] = defaultdict(list)
    for one in finding_needs(db.conn):
        found[one.captura.partition("#")[0]].append(one)
    return found


def _note(db: Database, found: Plan, days: int, now: datetime) -> None:
    said = {"dias": days, "anteriores_a": found.before, "noticias": found.texts.noticias, "capturas": len(found.files)}
    with writing(db):
        audit.record(db, audit.Change("depurar", "noticias", found.before, despues=said), quien=shell_user(), now=now)


def _empty_texts(db: Database, before: str, now: datetime, shown: Bar) -> None:
    db.conn.execute("PRAGMA secure_delete = ON")  # what goes is overwritten, not only unlinked
    last = ("", 0)
    while lot := purge.next_lot(db, before, last):
        purge.empty(db, [noticia_id for _, noticia_id in lot], now)
        shown.advance(len(lot))
        last = lot[-1]
        time.sleep(PAUSE_SECONDS)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _stuck(path, error) from error


def _remove(db: Database, path: Path, gone: purge.Removal, now: datetime) -> None:
    try:
        purge.note_removed(db, gone, quien=shell_user(), now=now)
        path.unlink()
    except OSError as error:
        raise _stuck(path, error) from error
    with suppress(OSError):
        path.parent.rmdir()  # a year's folder that is empty now


def _stuck(path: Path, error: OSError) -> ErrorDeUso:
    return ErrorDeUso(f"{path}: no se puede quitar: {reason(error)}; lo demás sigue como estaba")
