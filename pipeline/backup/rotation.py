"""Which backups of a folder stay: the newest of each of the last N days, weeks and months that have one.

A folder's backups are those of its own list (`respaldos.sha256`, in the form that `sha256sum -c` reads), written when each was
made. Nothing else in the folder is ever removed, whatever it is called.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from pipeline.errores import ErrorDeUso, reason
from pipeline.partial import whole_file
from pipeline.reloj import mexico_day

LIST = "respaldos.sha256"
LINE = re.compile(r"([0-9a-f]{64})  (.+)")
STAMP = "%Y%m%dT%H%M%SZ"


def backup_name(registro: Path, now: datetime, *, encrypted: bool) -> str:
    """Return the name of a backup made now: `hallazgos-REGISTRO-AAAAMMDDTHHMMSSZ.tar.gz`, with `.age` when encrypted."""
    return f"hallazgos-{registro.stem}-{now.astimezone(UTC):{STAMP}}.tar.gz{'.age' if encrypted else ''}"


def moment_of(name: str, registro: Path) -> datetime | None:
    """Return when a backup of this registry was made, by its name; None when the name is not of one."""
    found = re.fullmatch(rf"hallazgos-{re.escape(registro.stem)}-(\d{{8}}T\d{{6}}Z)\.tar\.gz(?:\.age)?", name)
    try:
        return datetime.strptime(found[1], STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def enlist(backup: Path) -> None:
    """Add a backup to its folder's list."""
    with backup.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    _write(backup.parent, {**_listed(backup.parent), backup.name: digest})


def rotate(newest: Path, registro: Path, keep: int) -> list[Path]:
    """Remove the backups of this registry that the rule lets go, beside the one just made; return them. Raises `ErrorDeUso`."""
    folder = newest.parent
    listed = _listed(folder)
    moments = {name: moment for name in listed if (moment := moment_of(name, registro))}
    gone = [folder / name for name in sorted(moments.keys() - kept(moments, keep) - {newest.name})]
    try:
        for path in gone:
            if path.is_file() and not path.is_symlink():
                path.unlink()
        if gone:
            _write(folder, {name: digest for name, digest in listed.items() if folder / name not in gone})
    except OSError as error:
        raise ErrorDeUso(f"{folder}: no se puede quitar un respaldo viejo: {reason(error)}") from error
    return gone


def kept(moments: dict[str, datetime], keep: int) -> set[str]:
    """Return the names that stay: the newest of each of the last `keep` days, ISO weeks and months (Mexico City)."""
    periods: Iterable[Callable[[datetime], object]] = (
        mexico_day,
        lambda moment: mexico_day(moment).isocalendar()[:2],
        lambda moment: (mexico_day(moment).year, mexico_day(moment).month),
    )
    newest_first = sorted(moments, key=lambda name: (moments[name], name), reverse=True)
    stays: set[str] = set()
    for period in periods:
        firsts: dict[object, str] = {}
        for name in newest_first:
            firsts.setdefault(period(moments[name]), name)
        stays.update(list(firsts.values())[:keep])
    return stays


def _listed(folder: Path) -> dict[str, str]:
    path = folder / LIST
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return {found[2]: found[1] for line in lines if (found := LINE.fullmatch(line))}


def _write(folder: Path, digests: dict[str, str]) -> None:
    with whole_file(folder / LIST) as path:
        path.write_text("".join(f"{digest}  {name}\n" for name, digest in digests.items()), "utf-8")
