"""Earlier editions, read from the folders that this program made: everything that the public knows already."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.errores import ErrorDeUso
from pipeline.publication.tables import Clave, Publicado

SUMS, EDITIONS, MARK = "SHA256SUMS", "ediciones.json", "publicacion.json"
PROGRAM = "hallazgos publicar"
MARKED = {"programa", "corte", "version", "edicion", "k", "contacto", "licencia"}


@dataclass(frozen=True)
class Edicion:
    """One edition: the last month that it covers (`AAAA-MM`), its smallest figure, and what it published."""

    corte: str
    k: int
    cifras: tuple[tuple[Clave, int | None], ...]

    @property
    def publicado(self) -> Publicado:
        """Its figures by key."""
        return dict(self.cifras)


def known_editions(folders: list[Path]) -> list[Edicion]:
    """Return every edition that the folders tell of, each once, oldest first. Raises `ErrorDeUso` as `read_folder` does."""
    found = dict.fromkeys(edition for folder in folders for edition in read_folder(folder))
    return sorted(found, key=lambda edition: edition.corte)


def read_folder(folder: Path) -> list[Edicion]:
    """Return the editions that a publication carries, its own last. Raises `ErrorDeUso` for what is not whole or not ours."""
    check_whole(folder)
    try:
        raw = json.loads((folder / EDITIONS).read_text("utf-8"))
        return [Edicion(one["corte"], one["k"], tuple((Clave(*key), value) for *key, value in one["cifras"])) for one in raw]
    except (ValueError, KeyError, TypeError) as error:
        raise ErrorDeUso(f"{folder / EDITIONS}: no se entiende") from error


def check_whole(folder: Path) -> None:
    """Raise `ErrorDeUso` for a folder that `publicar` did not make, or that was changed since."""
    if not is_ours(folder):
        raise ErrorDeUso(f"{folder}: no es una versión pública hecha por «hallazgos publicar»")
    named = digests(folder)
    for name, digest in named.items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ErrorDeUso(f"{path}: falta o no es como se publicó (no coincide con {SUMS})")
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if extra := sorted(present - named.keys() - {SUMS}):
        raise ErrorDeUso(f"{folder / extra[0]}: no es parte de la publicación")


def digests(folder: Path) -> dict[str, str]:
    """Return each file's digest by its name. Raises `ErrorDeUso` for a list that cannot be read."""
    try:
        return {line[66:]: line[:64] for line in (folder / SUMS).read_text("utf-8").splitlines()}
    except ValueError as error:
        raise ErrorDeUso(f"{folder / SUMS}: no se entiende") from error


def is_ours(folder: Path) -> bool:
    """Say whether a folder bears the mark of a publication."""
    try:
        found = json.loads((folder / MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("programa") == PROGRAM and found.keys() >= MARKED and (folder / SUMS).is_file()


def as_json(editions: list[Edicion]) -> bytes:
    """Return the editions as the file that `read_folder` reads."""
    told = [
        {"corte": one.corte, "k": one.k, "cifras": [[*key, value] for key, value in one.cifras]} for one in editions
    ]  # fmt: skip
    return (json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
