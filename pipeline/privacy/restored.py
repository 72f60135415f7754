"""The list of what restoring must erase again: beside the registry and beside its backups, without a name in it."""

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.errores import ErrorDeUso, reason
from pipeline.evidence import write_private
from pipeline.privacy.sealed import FOLDER
from pipeline.registry import arco, erased

LIST = "supresiones.json"
BACKUPS = "respaldos"  # where backups go unless somebody says otherwise
Entry = Mapping[str, Any]


def list_path(registro: Path) -> Path:
    """Return where the registry's own list lies."""
    return registro.parent / FOLDER / LIST


def write_list(db: Database, registro: Path) -> None:
    """Write the list of everything blocked or erased that still holds."""
    entries = [
        {
            "solicitud": one.id,
            "tipo": one.tipo,
            "personas": one.personas,
            "motivo": one.motivo,
            "retencion": one.retencion,
            "cuando": one.cuando,
            "muestras": one.muestras,
            "huellas": [list(row) for row in db.execute(
                "SELECT huella, forma FROM arco_nombres WHERE solicitud_id = ?", [one.id]
            ).fetchall()],
        }
        for one in reversed(arco.requests(db))
        if one.tipo in ("bloquear", "suprimir", "descartados") and not (one.tipo == "bloquear" and one.levantada_en)
    ]  # fmt: skip
    content = json.dumps({"sal": erased.salt(db), "solicitudes": entries}, ensure_ascii=False, indent=1)
    list_path(registro).parent.mkdir(mode=0o700, exist_ok=True)
    write_private(list_path(registro), content.encode())
    backups = registro.parent / BACKUPS
    if backups.is_dir():
        copy_list(registro, backups)


def copy_list(registro: Path, folder: Path) -> None:
    """Put the list beside the backups of a folder, if there is one."""
    if list_path(registro).is_file():
        with suppress(shutil.SameFileError):
            write_private(folder / LIST, list_path(registro).read_bytes())


def read_list(path: Path) -> tuple[str, list[Entry]]:
    """Return the salt and the entries. Raises `ErrorDeUso` for what is no such list."""
    try:
        found = json.loads(path.read_text("utf-8"))
        return str(found["sal"]), list(found["solicitudes"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ErrorDeUso(f"{path}: no es una lista de supresiones: {reason(error)}") from error
