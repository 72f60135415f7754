"""What lies where in a backup: a gzipped tar, the registry first, its files after it, the manifest at the end.

The registry goes first and the captures after it: a capture is written before the row that names it, so every row of the copied
registry finds its capture among the files read later. Files that a run adds meanwhile may come along; nothing needs them.
"""

import json
import re
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

MANIFEST = "MANIFIESTO.json"
CONFIGURATION = "configuracion"
FOLDERS = ("captura", "evidencia", CONFIGURATION)
FORMAT = 1
MOST_MANIFEST_BYTES = 1 << 28
CHUNK = 1 << 20


class BackupError(ValueError):
    """A backup that cannot be read or written; the message says why, in Spanish."""


@dataclass(frozen=True)
class Digest:
    """SHA-256 (hex) and size of one file."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: digests by member, and when and from what it was made."""

    creado: str
    registro: str
    version: str
    archivos: Mapping[str, Digest] = field(default_factory=dict)

    def dump(self) -> bytes:
        """Return it as the archive holds it."""
        return json.dumps({"formato": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode()


def load_manifest(raw: bytes) -> Manifest:
    """Return the manifest. Raises `BackupError` for what is none, or is of a later format."""
    try:
        values = json.loads(raw)
        if values.pop("formato") != FORMAT:
            raise BackupError("el respaldo es de una versión posterior de hallazgos")
        files = {name: Digest(str(one["sha256"]), int(one["bytes"])) for name, one in values.pop("archivos").items()}
        return Manifest(**values, archivos=files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise error if isinstance(error, BackupError) else BackupError("el manifiesto no se entiende") from error


def check_name(name: str) -> None:
    """Refuse a member that is not one of ours, or could be written outside its folder. Raises `BackupError`."""
    parts = PurePosixPath(name).parts
    plain = "/".join(parts) == name and not any(part in ("..", ".") or part.startswith("/") for part in parts)
    if not plain or re.search(r"[\x00-\x1f\\\ud800-\udfff]", name) or (len(parts) > 1 and parts[0] not in FOLDERS):
        raise BackupError(f"trae un nombre que no se admite: {name!r}")


def checked_name(path: Path) -> str:
    """Return the member's name of a relative path. Raises `BackupError` for one that no backup can hold."""
    name = path.as_posix()
    check_name(name)
    return name


def place(folder: Path, name: str) -> Path:
    """Return where a member goes under `folder`. Raises `BackupError`."""
    check_name(name)
    return folder.joinpath(*PurePosixPath(name).parts)


def forget_members(tar: tarfile.TarFile) -> None:
    """Keep tarfile from remembering every member: the memory would grow with the number of files."""
    tar.members.clear()  # type: ignore[attr-defined]  # its type stubs know the method only; documented as a list in its code
