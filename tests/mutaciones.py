"""Ways in which documents arrive broken: pure functions over bytes, and the hypothesis strategy that piles them up."""

import gzip
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import strategies as st

MAX_CASE = 1_000_000  # bytes: what a mutated document may grow to
Mutator = Callable[[bytes, bytes, int, int], bytes]  # body, another document, a place and a size drawn at random

CODECS = (
    "utf-8", "utf-7", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "cp037", "shift_jis", "gb18030", "big5", "koi8-r",
    "hz", "iso2022_jp", "mac_roman", "cp437",
)  # fmt: skip
DECLARED = (
    *CODECS, "rot13", "hex", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "zlib",
    "no-existe", "utf-8;", "x" * 3_000, "\x00",
)  # fmt: skip
NUMBERS = (b"0", b"-1", b"00", b"99", b"2147483648", b"9" * 25, b"9" * 5_000, b"1e999", b"NaN", b"0x7f", b"31", b"\xd9\xa3")
ADDRESSES = (
    b"http://[::1", b"http://a:99999999/", b"//", b"http:///x", b"javascript:alert(1)", b"data:text/html,x",
    b"file:///etc/passwd", b"http://\xc3\xb1and\xc3\xba.ejemplo/", b"http://xn--a.ejemplo/", b"https://x.ejemplo/%ff%00%zz", b"http://x.ejemplo/a\nb",
    b"https://usuario:clave@x.ejemplo/nota-de-hoy-en-la-plaza", b"http://x.ejemplo/\xed\xa0\x80",
    b"http://" + b"a" * 300 + b".ejemplo/",
    b"https://x.ejemplo/" + b"a/" * 5_000, b"https://x.ejemplo/?" + b"a=1&" * 3_000, b"http://0x7f.1/", b"HTTP://X.EJEMPLO:80//..//a",
    b"https://x.ejemplo/\xe2\x80\xae/nota", b"http://x.ejemplo\\@y.ejemplo/", b"?", b"#", b"..", b"http://x.ejemplo/&#10;&#0;&#55296;",
    b"https://x.ejemplo\xe2\x84\x80/", b"http://\xef\xbc\x8e/", b"http://x.ejemplo/&#27;[31m",
)  # fmt: skip
TEXTS = (
    b"\xe2\x80\xae", b"\xed\xa0\x80\xed\xb0\x80", b"\xf4\x90\x80\x80", b"\xff\xfe", b"\xc0\x80", b"]]>", b"-->", b"<![CDATA[",
    b"<!--", b"&#0;", b"&#x110000;", b"&#55296;", b"&#13;&#10;", b"\\ud800", b"\\u0000", b"\x1b[31m", b"\r",
    b"\x0b\x0c\x85", b"</", b"<?xml?>", b"\xe2\x80\xa8", b"=cmd|'/c'!A1",
    b"\x00", b"'", b'"', b">", b"<", b"%s%n", b"{{7*7}}", b"\xcd\x81" * 400,
    b"&nosuch;", b"<base href='//['>",
)  # fmt: skip
TAGS = (
    b"div",
    b"p",
    b"b",
    b"item",
    b"url",
    b"table",
    b"a href=x",
    b"ul",
    b"svg",
    b"content:encoded",
    b"font",
    b"h1",
    b"sitemap",
    b"i",
)
FLOODS = (
    b"&lt;",
    b"&amp;amp;",
    b"&#x41;",
    b"&nbsp;",
    b"&a;",
    b"&",
    b"&#",
    b"<br>",
    b"<p>",
    b"a ",
    b"\n",
    b"[",
    b'{"a":',
    b"\\",
    b"<!",
    b"http://a/ ",
)
DATES = (
    b"Mon, 99 Xyz 99999 99:99:99 +9999", b"0000-00-00T00:00:00Z", b"9999-12-31T23:59:59-12:00", b"0001-01-01T00:00:00+14:00",
    b"2026-11-23T24:00:00Z", b"23/11/" + b"9" * 400, b"1" * 13, b"12 de brumario de 2026", b"2026-02-30", b"20261123T999999",
    b"2026-11-23T10:00:00+99:99", b"-2026-11-23", b"31 dic 9999 23:59:59 EST", b"1 ene 1900 0:0:0 +14:00",
)  # fmt: skip
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ja">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b'<!ENTITY ext SYSTEM "file:///etc/passwd">]>'
)


def at(body: bytes, place: int) -> int:
    """Return a place inside the body (or its end)."""
    return place % (len(body) + 1)


def put(body: bytes, place: int, piece: bytes) -> bytes:
    """Return the body with a piece put in, within the size of a case."""
    here = at(body, place)
    return body[:here] + piece[: max(0, MAX_CASE - len(body))] + body[here:]


def after_tag(body: bytes, place: int) -> int:
    """Return the place behind the next `>`, where markup is read as markup."""
    return body.find(b">", at(body, place)) + 1


def swap(pattern: bytes, body: bytes, place: int, piece: bytes) -> bytes:
    """Return the body with the first match of a pattern from a place on replaced."""
    here = at(body, place)
    return body[:here] + re.sub(pattern, lambda _: piece, body[here:], count=1)


def flip(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    changed = bytearray(body)
    for step in range(1 + size % 12):
        if changed:
            changed[(place + step * 7919 * (size + 1)) % len(changed)] ^= 1 << (size + step) % 8
    return bytes(changed)


def cut(body: bytes, _other: bytes, place: int, _size: int) -> bytes:
    return body[: at(body, place)]


def drop(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return body[: at(body, place)] + body[at(body, place) + size % 600 :]


def splice(body: bytes, other: bytes, place: int, size: int) -> bytes:
    return (body[: at(body, place)] + other[at(other, place * 31 + size) :])[:MAX_CASE]


def insert_other(body: bytes, other: bytes, place: int, _size: int) -> bytes:
    return put(body, after_tag(body, place), other)


def repeat(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    piece = body[at(body, place) : at(body, place) + 1 + size % 900]
    return put(body, place, piece * (1 + size % 300))


def nest(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return put(body, after_tag(body, place), b"<%s>" % TAGS[place % len(TAGS)] * (size % 6_000))


def flood(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return put(body, after_tag(body, place), FLOODS[place % len(FLOODS)] * size)


def attribute(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    quote = (b'"', b"'", b"")[place % 3]
    return put(body, after_tag(body, place), b"<a href=%s%s%s class=x id>" % (quote, b"a-b " * size, quote))


def attributes(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return swap(rb">", body, place, b" " + b" ".join(b"a%d=%d" % (n, n) for n in range(size % 2_000)) + b">")


def declare(body: bytes, _other: bytes, place: int, _size: int) -> bytes:
    name = DECLARED[place % len(DECLARED)].encode()
    return re.sub(rb"""(?i)((?:charset|encoding)=["']?)[\w.:-]+""", lambda found: found[1] + name, body, count=1)


def recode(body: bytes, _other: bytes, place: int, _size: int) -> bytes:
    return body.decode("utf-8", "replace").encode(CODECS[place % len(CODECS)], "replace")


def bom(body: bytes, _other: bytes, place: int, _size: int) -> bytes:
    return (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00", b"\n\n ")[place % 6] + body


def number(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return swap(rb"\d+", body, place, NUMBERS[size % len(NUMBERS)])


def dated(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return swap(rb"\d{4}-\d\d-\d\d[T0-9:.Z+-]*|\w{3}, \d+ \w+ \d{4}[ 0-9:+-]*", body, place, DATES[size % len(DATES)])


def address(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return swap(rb"https?://[^\s\"'<>]+", body, place, ADDRESSES[size % len(ADDRESSES)])


def text(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return put(body, place, TEXTS[size % len(TEXTS)] * (1 + place % 3))


def rename(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return swap(rb"<[\w:]+", body, place, b"<" + TAGS[size % len(TAGS)])


def unclose(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return swap((rb"</[\w:]+>", rb">", rb"<", rb'"', rb"}", rb"\]")[size % 6], body, place, b"")


def bomb(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    return BOMB + put(body, after_tag(body, place), (b"&j;", b"&ext;", b"&b;")[size % 3])


def packed(body: bytes, _other: bytes, place: int, size: int) -> bytes:
    whole = gzip.compress(body, 1)
    return whole[: at(whole, place)] if size % 2 else whole


MUTATORS: tuple[Mutator, ...] = (
    flip, cut, drop, splice, insert_other, repeat, nest, flood, attribute, attributes, declare, recode, bom, number, dated,
    address, text, rename, unclose, bomb, packed,
)  # fmt: skip
CONTENT_TYPES = (
    "", "text/html", "text/html; charset=utf-16", "application/xml; charset=no-existe", "application/json", "image/png",
    "a/b;" * 400,
    "text/xml; charset=\"", "text/plain; charset=us-ascii",
)  # fmt: skip


def mutated(body: bytes, other: bytes, steps: Sequence[tuple[Mutator, int, int]]) -> bytes:
    """Return a document after every step, each on what the one before left."""
    for mutate, place, size in steps:
        body = mutate(body, other, place, size)[:MAX_CASE]
    return body


def documents(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Return the strategy of documents: a seed, broken one to four times."""
    step = st.tuples(st.sampled_from(MUTATORS), st.integers(0, 2**31), st.integers(0, 2**16))
    return st.builds(mutated, st.sampled_from(seeds), st.sampled_from(seeds), st.lists(step, min_size=1, max_size=4))


def read_seeds(folder: Path, *patterns: str) -> list[bytes]:
    """Return the files of a folder (unpacked), the smallest first."""
    files = sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    bodies = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files)
    return sorted(bodies, key=len)
