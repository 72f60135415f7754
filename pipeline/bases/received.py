"""The file that a phone without network exports: read whole, refused whole, or taken entry by entry."""

import json
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from pipeline.bases.entries import Sender, Taken, take
from pipeline.bases.standing import found_base
from pipeline.errores import ErrorDeUso, reason
from pipeline.review.changes import Hand
from pipeline.review.errors import ReviewError

FORMAT, VERSION = "hallazgos-base", 1
MOST_BYTES = 2_000_000
MOST_ENTRIES = 2_000


@dataclass(frozen=True)
class Received:
    """A file as it came: of which Base (its number and its demonstration's uid), who wrote it, its entries as given."""

    base_id: int
    movilizacion: str
    anoto: str
    registros: list[object]


def read_file(path: Path) -> Received:
    """Return what a file holds. Raises `ErrorDeUso` for one that cannot be read or is no file of ours."""
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise ErrorDeUso(f"{path}: {reason(error)}") from error
    try:
        return read_content(content)
    except ReviewError as error:
        raise ErrorDeUso(f"{path}: {error.message}") from error


def read_content(content: bytes) -> Received:
    """Return what the bytes of a file hold. Raises `ReviewError` for what is no file of ours."""
    if len(content) > MOST_BYTES:
        raise ReviewError(f"pasa de {MOST_BYTES // 1_000_000} MB; no parece el archivo de un teléfono")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise ReviewError("no es un archivo exportado por el formulario de la Base") from error
    if not isinstance(found, dict) or found.get("formato") != FORMAT:
        raise ReviewError("no es un archivo exportado por el formulario de la Base")
    if found.get("version") != VERSION:
        raise ReviewError("lo escribió otra versión del formulario; pida uno nuevo con «base formulario»")
    base_id, entries = found.get("base"), found.get("registros")
    if type(base_id) is not int or not 0 < base_id < 2**53 or not isinstance(entries, list):
        raise ReviewError("el archivo está incompleto: no dice de qué Base es o no trae anotaciones")
    if len(entries) > MOST_ENTRIES:
        raise ReviewError(f"trae más de {MOST_ENTRIES} anotaciones; no parece el archivo de un teléfono")
    return Received(base_id, str(found.get("movilizacion", "")), str(found.get("anoto", "")), entries)


def receive(db: Database, received: Received, hand: Hand, *, base_id: int | None = None) -> list[Taken]:
    """Take a file in; return what became of each entry. Raises `ReviewError` for one of another Base or another registry."""
    if base_id is not None and received.base_id != base_id:
        raise ReviewError(f"el archivo es de la Base {received.base_id}, no de la {base_id}")
    base = found_base(db, received.base_id)
    if base["movilizacion_uid"] != received.movilizacion:
        raise ReviewError(
            f"el archivo es de una Base de otro registro; aquí la {received.base_id} es de «{base['movilizacion']}»"
        )
    return take(db, received.base_id, received.registros, hand, Sender("formulario", received.anoto))
