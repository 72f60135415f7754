"""Days of disk left: the free room beside the registry over what captures, evidence and registry grow by in a day."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from crawlers.capture import FOLDER as CAPTURES
from pipeline.evidence import FOLDER as EVIDENCE
from pipeline.reloj import mexico_day

RECENT = 28  # days whose captures are measured: four of each weekday
SHORTEST = 7  # days of history without which a day's growth is a guess
FEW_DAYS = 30
FEW_BYTES = 1_000_000_000  # two months of captures of a small catalogue, and what SQLite needs to copy itself
STAMP = re.compile(r"-(\d{8})T\d{6}Z")  # in the name of a capture and of its copy in `evidencia/`: when the run began


@dataclass(frozen=True)
class Disk:
    """Bytes free, bytes a day, days left. `por_dia` and `dias` are None when not known: `motivo` says why, in Spanish."""

    libre: int
    por_dia: int | None = None
    dias: int | None = None
    motivo: str = ""

    @property
    def short(self) -> bool:
        """Tell whether a person should make room."""
        return self.libre < FEW_BYTES or (self.dias is not None and self.dias < FEW_DAYS)


def measure(db: Database, registro: Path, today: date) -> Disk:
    """Return the room left beside the registry. Backups are not counted: nobody says where they are."""
    free = shutil.disk_usage(registro.parent).free
    first = db.execute("SELECT min(dia) FROM corridas").fetchone()[0]
    history = (today - date.fromisoformat(first)).days if first else 0
    if history < SHORTEST:
        return Disk(free, motivo=f"hay menos de {SHORTEST} días de corridas: aún no se sabe cuánto crece")
    growth = registry_bytes(registro) // history + recent_bytes(registro.parent, today) // min(history, RECENT)
    if growth <= 0:
        return Disk(free, 0, motivo="no crece")
    return Disk(free, growth, free // growth)


def registry_bytes(registro: Path) -> int:
    """Return the size of the registry with its journal; its growth is taken as even over its life."""
    paths = (registro, registro.with_name(f"{registro.name}-wal"))
    return sum(path.stat().st_size for path in paths if path.exists())


def recent_bytes(folder: Path, today: date) -> int:
    """Return the bytes of captures and evidence of the last `RECENT` days (in UTC, as their names have it)."""
    since = today - timedelta(days=RECENT)
    return sum(path.stat().st_size for path in kept_files(folder) if since < day_of(path) <= today)


def kept_files(folder: Path) -> Iterator[Path]:
    """Yield every file under `captura/` and `evidencia/`."""
    for name in (CAPTURES, EVIDENCE):
        yield from (path for path in (folder / name).rglob("*") if path.is_file() and not path.is_symlink())


def day_of(path: Path) -> date:
    """Return the day of a capture by its name, which a copy or a restored backup keeps; else the file's own."""
    found = STAMP.search(path.name)
    if found:
        return datetime.strptime(found[1], "%Y%m%d").replace(tzinfo=UTC).date()
    return mexico_day(datetime.fromtimestamp(path.stat().st_mtime, UTC))
