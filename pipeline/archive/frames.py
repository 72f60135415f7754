"""Where the records of an archive begin and end, within a range of its bytes: what is torn or garbage costs itself.

A range owns the records that begin in it, so that ranges can be read apart, in any order, on any machine. In a packed archive
each record is a gzip member of its own, whose end does not depend on what the record says of its length.
"""

import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from crawlers.capture import WARC_MARK

MAX_RECORD = 16_000_000  # bytes of a record unpacked: a page has up to 5 MB
PIECE = 1 << 16
BUFFER = 1 << 20
GZIP = b"\x1f\x8b\x08"
BREAK = b"\r\n\r\n"
VERSION = WARC_MARK + b"1."
MAX_HEADER = 1 << 16
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)


@dataclass(frozen=True)
class Frame:
    """One record: where it begins in the file, its bytes there (`size`), itself unpacked; None: torn or `large`."""

    offset: int
    size: int
    record: bytes | None
    large: bool = False


def frames(path: Path, start: int, end: int) -> Iterator[Frame]:
    """Yield the records that begin at `start` or later and before `end`. Raises `OSError`."""
    with path.open("rb", buffering=BUFFER) as stream:
        read = _packed if stream.read(3) == GZIP else _plain
        yield from read(stream, start, end)


def refusal(path: Path) -> str:
    """Return why a file cannot be read as an archive, in Spanish, or ''. Raises `OSError`."""
    with path.open("rb") as stream:
        packed = stream.read(3) == GZIP
        stream.seek(0)
        first, _, _ = _member(stream, 0) if packed else (stream.read(MAX_HEADER), 0, False)
    if not (first or b"").startswith(WARC_MARK):
        return "" if packed and first is None else "no es un archivo WARC"
    if packed and first and _ending(first) is None:
        return "no está comprimido registro por registro; descomprímalo antes (gunzip)"
    return ""


def _ending(record: bytes) -> int | None:
    """Return where the block of a record ends by what its header says, None when that is not where it ends."""
    header = record.find(BREAK, 0, MAX_HEADER)
    told = _LENGTH.search(record[: header + 2]) if header >= 0 else None
    end = header + len(BREAK) + int(told[1]) if told else -1
    return end if told and end <= len(record) and not record[end:].strip(b"\r\n") else None


def _packed(stream: BinaryIO, start: int, end: int) -> Iterator[Frame]:
    at = 0 if start == 0 else _next_member(stream, start, end)
    while at is not None and at < end:
        record, size, large = _member(stream, at)
        if size and record is not None:
            whole = record.startswith(WARC_MARK) and _ending(record) is not None
            yield Frame(at, size, record if whole else None)
            at += size
            continue
        stream.seek(at)
        if not stream.read(1):
            return
        following = _next_member(stream, at + 1, end)
        yield Frame(at, (following or end) - at, None, large)
        at = following


def _member(stream: BinaryIO, at: int) -> tuple[bytes | None, int, bool]:
    """Return (what the member unpacks to, its bytes in the file, whether it is too large); None: torn, or too large."""
    inflate, pieces, size, unpacked = zlib.decompressobj(wbits=31), [], 0, 0
    stream.seek(at)
    try:
        while not inflate.eof:
            piece = stream.read(PIECE)
            if not piece:
                return None, 0, False
            size += len(piece)
            pieces.append(inflate.decompress(piece, MAX_RECORD - unpacked + 1))
            unpacked += len(pieces[-1])
            if unpacked > MAX_RECORD:
                return None, 0, True
    except zlib.error:
        return None, 0, False
    return b"".join(pieces), size - len(inflate.unused_data), False


def _next_member(stream: BinaryIO, start: int, end: int) -> int | None:
    """Return where the next member begins that holds a record, at `start` or later and before `end`."""
    for at in _places(stream, GZIP, start, end):
        stream.seek(at)
        try:
            if zlib.decompressobj(wbits=31).decompress(stream.read(PIECE), len(WARC_MARK)) == WARC_MARK:
                return at
        except zlib.error:
            continue
    return None


def _places(stream: BinaryIO, mark: bytes, start: int, end: int) -> Iterator[int]:
    """Yield where a mark stands, from `start` on and before `end`."""
    at = start
    while at < end:
        stream.seek(at)
        piece = stream.read(PIECE + len(mark) - 1)
        found = piece.find(mark)
        while 0 <= found < PIECE and at + found < end:
            yield at + found
            found = piece.find(mark, found + 1)
        if len(piece) < PIECE:
            return
        at += PIECE


def _plain(stream: BinaryIO, start: int, end: int) -> Iterator[Frame]:
    at = 0 if start == 0 else _next_plain(stream, start, end)
    while at is not None and at < end:
        stream.seek(at)
        head = stream.read(MAX_HEADER)
        if not head:
            return
        size = _told_size(head)
        whole = size is not None and _ends(stream, at + size)
        following = at + size if whole and size else _next_plain(stream, at + 1, end)
        large = whole and size is not None and size > MAX_RECORD
        length = (following if following is not None else end) - at
        stream.seek(at)
        yield Frame(at, length, stream.read(length) if whole and not large else None, large)
        at = following


def _told_size(head: bytes) -> int | None:
    """Return the bytes of a record with its end, by its header; None where that cannot be read."""
    header = head.find(BREAK)
    one = header >= 0 and head.startswith(VERSION) and head.find(VERSION, 1, header) < 0  # two: the first is torn
    told = _LENGTH.search(head[: header + 2]) if one else None
    return header + len(BREAK) + int(told[1]) + len(BREAK) if told else None


def _ends(stream: BinaryIO, at: int) -> bool:
    """Tell whether a record ends here: its two line breaks stand before."""
    if at > os.fstat(stream.fileno()).st_size:
        return False  # a length beyond what any file system has cannot even be gone to
    stream.seek(at - len(BREAK))
    return stream.read(len(BREAK)) == BREAK


def _next_plain(stream: BinaryIO, start: int, end: int) -> int | None:
    for at in _places(stream, VERSION, start, end):
        stream.seek(at)
        if _told_size(stream.read(MAX_HEADER)) is not None:
            return at
    return None
