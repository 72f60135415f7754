"""Files that others of this machine may read: whatever is laxer than 0600 for a file, 0700 for a folder (design, R30)."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawlers.capture import FOLDER as CAPTURES
from pipeline.accounts.file import accounts_path
from pipeline.accounts.guesses import guesses_path
from pipeline.accounts.secret import secret_path
from pipeline.evidence import FOLDER as EVIDENCE
from pipeline.lock import lock_path
from pipeline.privacy.sealed import FOLDER as SEALED

OTHERS = 0o077


@dataclass(frozen=True)
class LaxMode:
    """A file or folder that is too open, its mode and the one it should have (octal); `otros`: how many more lie inside."""

    ruta: str
    modo: str
    debe: str
    otros: int = 0


def lax_modes(registro: Path, config: Path) -> tuple[LaxMode, ...]:
    """Return what is too open: the registry and what lies beside it, captures, evidence, what is
    kept sealed (one line a folder), settings.
    """
    found = [_lax(path) for path in (*beside(registro), config) if path.is_file()]
    for name in (CAPTURES, EVIDENCE, SEALED):
        folder = registro.parent / name
        inside = [lax for path in tree(folder) if (lax := _lax(path))]
        if inside:
            found.append(LaxMode(inside[0].ruta, inside[0].modo, inside[0].debe, len(inside) - 1))
    return tuple(lax for lax in found if lax)


def beside(registro: Path) -> list[Path]:
    """Return the registry, its journal, its lock, accounts, secret and failed logins, and the copies made before migrations."""
    own = [registro, *(registro.with_name(f"{registro.name}{tail}") for tail in ("-wal", "-shm"))]
    accounts = accounts_path(registro)
    own += [lock_path(registro), accounts, guesses_path(accounts), secret_path(registro)]
    return [*own, *sorted(registro.parent.glob(f"{registro.stem}.antes-de-*{registro.suffix}"))]


def tree(folder: Path) -> Iterator[Path]:
    """Yield a folder and everything in it, links left out."""
    if folder.is_dir():
        yield folder
        yield from (path for path in sorted(folder.rglob("*")) if not path.is_symlink())


def _lax(path: Path) -> LaxMode | None:
    mode = path.stat().st_mode
    if not mode & OTHERS:
        return None
    return LaxMode(str(path), f"{stat.S_IMODE(mode):04o}", "0700" if stat.S_ISDIR(mode) else "0600")
