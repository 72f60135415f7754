"""What a line of the log of custody says and how its hash comes about: pure functions, so that anybody can do it again.

A line's hash is the SHA-256 (hex) of its columns but `huella`, in the table's order, as a JSON array without spaces, in UTF-8;
`anterior`, the hash of the line before, is the last of them. The first line's `anterior` is empty.
"""

import hashlib
import json
from dataclasses import astuple, dataclass, fields


@dataclass(frozen=True)
class Line:
    """A row of `custodia`: texts as stored, `cuando` in UTC, digests in hex, `direccion` the digest of the address."""

    id: int
    cuando: str
    accion: str
    folio: str
    noticia_id: int | None
    version: int | None
    captura: str
    sha256: str
    direccion: str
    metodo: str
    herramienta: str
    quien: str
    detalle: str
    anterior: str
    huella: str = ""

    def digest(self) -> str:
        """Return the hash that the line must carry."""
        said = json.dumps(astuple(self)[:-1], ensure_ascii=False, separators=(",", ":"), default=repr)  # bytes: changed by hand
        return hashlib.sha256(said.encode()).hexdigest()


COLUMNS = tuple(one.name for one in fields(Line))


def address_digest(url: str) -> str:
    """Return what stands for an address in the log: its slug may hold a name."""
    return hashlib.sha256(url.encode()).hexdigest()
