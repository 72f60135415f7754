"""Bytes to text: the charset a body really has, markup and entities resolved, gzip bounded."""

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.text import decode, gunzip, one_line, parse_html, plain

WORD = "«Señaló» a la jueza Muñoz — ayer"


@pytest.mark.parametrize(
    ("charset", "declared", "content_type"),
    [
        ("utf-8", "", ""),
        ("utf-8", "", "text/html; charset=iso-8859-1"),  # the header lies
        ("utf-8", '<meta charset="windows-1252">', ""),  # the page lies
        ("utf-8-sig", "", ""),
        ("utf-16", "", ""),
        ("cp1252", "", ""),
        ("cp1252", '<meta charset="utf-8">', ""),
        ("cp1252", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', ""),
        ("mac-roman", "", "text/html; charset=macintosh"),
        ("cp1252", "", "text/html; charset=no-existe"),
    ],
)
def test_the_charset_a_body_really_has(charset, declared, content_type):
    assert decode(f"{declared}{WORD}".encode(charset), content_type).endswith(WORD)


def test_utf_8_cut_in_a_character_or_with_one_bad_byte_stays_utf_8():
    raw = WORD.encode()
    assert decode("El año y el niño".encode()[:-2]) == "El año y el ni"
    assert decode(raw * 5 + b"\xff" + raw).count(WORD) == 6


def test_a_charset_that_is_no_text_is_not_used():
    assert decode(b"hola \xe1", "text/html; charset=base64") == "hola á"


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("<p>Uno &amp; dos</p><p>tres</p>", "Uno & dos\ntres"),
        ("&lt;p&gt;Escapado&lt;/p&gt;", "<p>Escapado</p>"),
        ("Tom &amp;amp; Ana", "Tom & Ana"),
        ("5 < 6 y 7 > 3", "5 < 6 y 7 > 3"),
        ("a<br>b<script>alert(1)</script><style>p{}</style>", "a\nb"),
        ("cero\u200bancho\x00", "ceroancho"),
        ("<ul><li>uno<li>dos</ul>", "uno\ndos"),
        ("sin\n\n  marcas ", "sin\nmarcas"),
        (None, ""),
    ],
)
def test_a_fragment_as_plain_text(fragment, expected):
    assert plain(fragment) == expected


def test_a_title_is_one_line():
    assert one_line("<b>Uno</b>\n <i>dos</i>") == "Uno dos"


def test_gzip_is_unpacked_within_a_limit_and_a_torn_file_gives_its_start():
    packed = gzip.compress(b"a" * 1_000_000)
    assert gunzip(packed, 100) == b"a" * 100
    assert gunzip(packed[:-20], 10_000_000).startswith(b"aaaa")
    assert gunzip(b"\x1f\x8bno es gzip") == b""
    assert gunzip(b"ya plano") == b"ya plano"


@pytest.mark.parametrize("text", ["", "   ", "\x00"])
def test_nothing_has_no_tree(text):
    assert parse_html(text) is None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=30))
def test_any_bytes_decode(body, content_type):
    assert isinstance(decode(body, content_type), str)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_made_plain_without_tags_left_open(text):
    assert "\x00" not in plain(text)
    assert "\n\n" not in plain(text)


def test_a_gzip_of_several_members_is_unpacked_whole_up_to_the_limit():
    packed = gzip.compress(b"uno ") + gzip.compress(b"dos ") + gzip.compress(b"tres")
    assert gunzip(packed) == b"uno dos tres"
    assert gunzip(packed, 6) == b"uno do"
    assert gunzip(packed[:-12]).startswith(b"uno dos ")
