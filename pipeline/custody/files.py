"""A capture file by itself: whether every record holds its checksum, and where its answers begin."""

import zlib
from enum import StrEnum
from pathlib import Path

from crawlers.capture import read_responses
from pipeline.evidence import CHUNK


class State(StrEnum):
    """How a file was found: whole, ending in half a record (a killed run), or changed since it was written."""

    WHOLE = "entero"
    CUT = "cortado"
    DAMAGED = "danado"


def state_of(path: Path) -> State:
    """Read a file to its end, a piece at a time."""
    inflate, begun = zlib.decompressobj(wbits=31), False
    with path.open("rb") as stream:
        rest = b""
        while rest or (rest := stream.read(CHUNK)):
            try:
                inflate.decompress(rest)
            except zlib.error:
                return State.DAMAGED
            begun, rest = not inflate.eof, inflate.unused_data
            if inflate.eof:
                inflate = zlib.decompressobj(wbits=31)
    return State.CUT if begun else State.WHOLE


def answers(path: Path) -> list[int]:
    """Return where the answers that hold their digests begin, up to the first tear."""
    return [record.offset for record in read_responses(path)]
