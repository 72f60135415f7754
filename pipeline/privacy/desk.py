"""What who administers asks for on the page, and what came of it: one private file each in `reservado/pedidos/`.

Names stand in it, so it lies in no table: analysts read those. It goes when whoever asked says so, after thirty days, and
whenever somebody is blocked or erased.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawlers.fechas import utc_text
from pipeline.evidence import write_private
from pipeline.privacy.sealed import FOLDER

TRAYS = "pedidos"
KEPT_FOR = timedelta(days=30)
MOST_TRIES = 3
WAITING, UNDER_WAY, DONE, FAILED = "pendiente", "en_curso", "hecho", "fallido"


@dataclass(frozen=True)
class Errand:
    """One request of the page: `accion` as its form names it; `resultado` is what the page shows of it, JSON as it is."""

    id: int
    accion: str
    quien: str
    cuando: str
    personas: tuple[int, ...] = ()
    nombres: tuple[str, ...] = ()
    motivo: str = ""
    retencion: str = ""
    solicitud: int = 0
    estado: str = WAITING
    intentos: int = 0
    mensaje: str = ""
    resultado: Mapping[str, Any] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Tell whether it waits or is being done."""
        return self.estado in (WAITING, UNDER_WAY)


def tray(registro: Path) -> Path:
    """Return where they lie."""
    return registro.parent / FOLDER / TRAYS


def ask(registro: Path, errand: Errand) -> Errand:
    """Write a new one under the next number; return it."""
    folder = tray(registro)
    for one in (folder.parent, folder):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = max((one.id for one in errands(registro)), default=0) + 1
    return keep(registro, replace(errand, id=number))


def keep(registro: Path, errand: Errand) -> Errand:
    """Write one as it is now; return it."""
    content = json.dumps(asdict(errand), ensure_ascii=False)
    write_private(tray(registro) / f"{errand.id:06d}.json", content.encode())
    return errand


def errands(registro: Path) -> list[Errand]:
    """Return every one, the newest first; what cannot be read is passed over."""
    found = []
    for path in sorted(tray(registro).glob("[0-9]*.json"), reverse=True):
        if path.stem.isdecimal():
            with suppress(OSError, ValueError, TypeError):
                told = json.loads(path.read_text("utf-8"))
                found.append(Errand(**{**told, "personas": tuple(told["personas"]), "nombres": tuple(told["nombres"])}))
    return found


def errand(registro: Path, number: int) -> Errand | None:
    """Return one by number."""
    return next((one for one in errands(registro) if one.id == number), None)


def document(registro: Path, number: int, form: str) -> Path:
    """Return where an export of it lies (`form`: `json`, `html`)."""
    return tray(registro) / f"{number:06d}-datos.{form}"


def drop(registro: Path, number: int) -> None:
    """Take one off with its documents."""
    for path in tray(registro).glob(f"{number:06d}*"):
        path.unlink(missing_ok=True)


def clear(registro: Path, *, besides: int = 0) -> None:
    """Take off all that are done: they name people."""
    for one in errands(registro):
        if one.id != besides and not one.open:
            drop(registro, one.id)


def drop_old(registro: Path, now: datetime) -> None:
    """Take off those of more than thirty days ago."""
    for one in errands(registro):
        if one.cuando < utc_text(now - KEPT_FOR):
            drop(registro, one.id)
