"""The records of a capture file one by one; a record is covered inside the very bytes it took, so that the others stay.

A record is a gzip member of its own. What replaces it is made as long as it was by a comment in its gzip header, which every
reader passes over; what cannot be made that short loses its body.
"""

import base64
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawlers.text import gunzip
from pipeline.evidence import CHUNK
from pipeline.privacy.forms import COVER, IN_ADDRESS, Forms

END = b"\r\n\r\n"
GZIP_HEAD = b"\x1f\x8b\x08%b\x00\x00\x00\x00\x02\xff"
GZIP_MAGIC = b"\x1f\x8b"
MOST_UNPACKED = 64_000_000
WITH_COMMENT = b"\x10"
IN_LATIN = "&#9608;"  # the cover where the page's own encoding has no such letter


class DoesNotFit(ValueError):
    """A covered record takes more room than the record did."""


@dataclass(frozen=True)
class Member:
    """One gzip member: where it begins, its bytes as they lie in the file, and what they hold. `whole` False: a torn end."""

    offset: int
    packed: bytes
    raw: bytes
    whole: bool = True


def members(path: Path) -> Iterator[Member]:
    """Yield the members of a file in order, the torn end of a killed run too."""
    with path.open("rb") as stream:
        offset, rest = 0, stream.read(CHUNK)
        while rest:
            inflate = zlib.decompressobj(wbits=31)
            packed: list[bytes] = []
            raw: list[bytes] = []
            while rest and not inflate.eof:
                try:
                    raw.append(inflate.decompress(rest))
                except zlib.error:
                    yield Member(offset, b"".join([*packed, rest, stream.read()]), b"".join(raw), whole=False)
                    return
                packed.append(rest[: len(rest) - len(inflate.unused_data)])
                rest = inflate.unused_data or (b"" if inflate.eof else stream.read(CHUNK))
            taken = b"".join(packed)
            yield Member(offset, taken, b"".join(raw), whole=inflate.eof)
            offset += len(taken)
            rest = rest or stream.read(CHUNK)


def texts_of(raw: bytes) -> list[str]:
    """Return bytes as text: as UTF-8, and where they are none as Latin-1 too; a packed page (a site's map) as what it holds."""
    told = raw.decode("utf-8", "surrogateescape")
    if inside := unpacked(raw):
        return [told, *texts_of(inside)]
    return [told] if told.isprintable() or _is_utf8(raw) else [told, raw.decode("latin-1")]


def unpacked(raw: bytes) -> bytes:
    """Return what an answer's gzipped body holds; empty for any other."""
    body = raw.partition(END)[2].partition(END)[2].removesuffix(END)
    return gunzip(body, MOST_UNPACKED) if body.startswith(GZIP_MAGIC) else b""


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def covered_bytes(raw: bytes, forms: Forms, fill: str = COVER) -> bytes:
    """Return bytes with the names covered, in whichever of the two encodings they are written."""
    told = forms.covered(raw.decode("utf-8", "surrogateescape"), fill).encode("utf-8", "surrogateescape")
    if _is_utf8(raw):
        return told
    return forms.covered(told.decode("latin-1"), fill).replace(COVER, IN_LATIN).encode("latin-1")


def covered_member(one: Member, forms: Forms) -> bytes:
    """Return a member of the same length in which the names are covered. Raises `DoesNotFit` (never for what we wrote)."""
    head, _, rest = one.raw.partition(END)
    block = rest.removesuffix(END)
    response = b"WARC-Type: response" in head
    for told in _ways(block, forms, response=response):
        try:
            return packed_to(_record(head, told, forms, response=response), len(one.packed))
        except DoesNotFit:
            continue
    raise DoesNotFit(f"{one.offset}: el registro no cabe en su sitio")


def _ways(block: bytes, forms: Forms, *, response: bool) -> Iterator[bytes]:
    """Yield a covered block in ever less room: the page, the page in plain letters, the answer without its page."""
    if response and block.partition(END)[2].startswith(GZIP_MAGIC):
        yield _without_body(_block(block, forms, IN_ADDRESS))  # what is packed is not covered letter by letter
    elif response:
        yield _block(block, forms, COVER)
        yield _block(block, forms, IN_ADDRESS)
        yield _without_body(_block(block, forms, IN_ADDRESS))
    else:
        yield covered_bytes(block, forms, IN_ADDRESS)


def body_digest(raw: bytes) -> str:
    """Return the hex digest of the body of an answer's record, as rows carry it."""
    block = raw.partition(END)[2].removesuffix(END)
    return hashlib.sha256(block.partition(END)[2]).hexdigest()


def _block(block: bytes, forms: Forms, fill: str) -> bytes:
    head, _, body = block.partition(END)
    told = covered_bytes(body, forms, fill)
    return _measured(covered_bytes(head, forms, IN_ADDRESS), len(told)) + END + told


def _measured(head: bytes, size: int) -> bytes:
    """Return HTTP headers that tell the length of the body that follows."""
    lines = head.split(b"\r\n")
    return b"\r\n".join(b"Content-Length: %d" % size if line.lower().startswith(b"content-length:") else line for line in lines)


def _without_body(block: bytes) -> bytes:
    return _measured(block.partition(END)[0], 0) + END


def _record(head: bytes, block: bytes, forms: Forms, *, response: bool) -> bytes:
    """Return a whole record with the digests and the length of its new block."""
    payload = block.partition(END)[2] if response else b""
    says = {
        b"content-length": b"%d" % len(block),
        b"warc-block-digest": _sha1(block),
        b"warc-payload-digest": _sha1(payload),
    }
    lines = []
    for line in covered_bytes(head, forms, IN_ADDRESS).split(b"\r\n"):
        name, _, _ = line.partition(b":")
        new = says.get(name.lower())
        lines.append(name + b": " + new if new is not None else line)
    return b"\r\n".join(lines) + END + block + END


def _sha1(content: bytes) -> bytes:
    return b"sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest())


def packed_to(raw: bytes, size: int) -> bytes:
    """Return a gzip member of exactly `size` bytes. Raises `DoesNotFit`."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    body = deflate.compress(raw) + deflate.flush()
    tail = zlib.crc32(raw).to_bytes(4, "little") + (len(raw) % (1 << 32)).to_bytes(4, "little")
    spare = size - len(GZIP_HEAD % b"\x00") - len(body) - len(tail)
    if spare < 0:
        raise DoesNotFit
    comment = b"" if spare == 0 else b" " * (spare - 1) + b"\x00"
    return GZIP_HEAD % (WITH_COMMENT if spare else b"\x00") + comment + body + tail
