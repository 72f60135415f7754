"""Normalised addresses: identity of an article, tried on cases and on any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.urls import is_front_page, normalise, origin_of, same_site, site_of, untracked, web_address

CASES = [
    (
        "HTTPS://Www.Diario.Ejemplo:443/Nota/A-Uno/?utm_source=x&b=2&a=1#comentarios",
        "https://www.diario.ejemplo/Nota/A-Uno?a=1&b=2",
    ),
    ("http://diario.ejemplo", "http://diario.ejemplo/"),
    ("http://diario.ejemplo:8080/a//b/../c/", "http://diario.ejemplo:8080/a/c"),
    ("http://usuaria:clave@diario.ejemplo/a", "http://diario.ejemplo/a"),
    ("https://diario.ejemplo/nota?partner=rss", "https://diario.ejemplo/nota"),
    ("https://diario.ejemplo/nota?FBCLID=1&id=7", "https://diario.ejemplo/nota?id=7"),
    ("https://diario.ejemplo/?p=123&p=122&amp", "https://diario.ejemplo/?amp&p=123&p=122"),
    ("https://diario.ejemplo/periodista%3a-%c3%b1%61", "https://diario.ejemplo/periodista%3A-%C3%B1a"),
    ("https://diario.ejemplo/periodista:-ña", "https://diario.ejemplo/periodista:-%C3%B1a"),
    ("https://niñez.ejemplo/a", "https://xn--niez-hqa.ejemplo/a"),
    ("  https://diario.ejemplo/a\n", "https://diario.ejemplo/a"),
    ("https://diario.ejemplo/100%", "https://diario.ejemplo/100%25"),
    ("https://diario.ejemplo/nota.amp", "https://diario.ejemplo/nota.amp"),
    ("mailto:a@b.ejemplo", "mailto:a@b.ejemplo"),
    ("http://[::1", "http://[::1"),
    ("", ""),
]


@pytest.mark.parametrize(("given_url", "expected"), CASES)
def test_normalise_by_example(given_url, expected):
    assert normalise(given_url) == expected


@given(st.text())
def test_normalise_never_raises_and_settles(text):
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet="abcÑñ/.:?&=%#@[]2Fe\\ ;+ \udcff"))
def test_normalise_settles_on_what_looks_like_an_address(tail):
    once = normalise("https://diario.ejemplo/" + tail)
    assert normalise(once) == once
    assert once.startswith("https://diario.ejemplo/")


WORDS = st.text(alphabet="abcXYZ019-_", min_size=1, max_size=8)


@given(
    st.lists(WORDS, max_size=4),
    st.lists(st.tuples(WORDS, WORDS), max_size=4),
    st.sampled_from(["utm_source", "fbclid", "gclid"]),
)
def test_tracking_never_makes_another_address_and_meaning_stays(segments, parameters, tracking):
    base = "https://diario.ejemplo/" + "/".join(segments)
    query = "&".join(f"{name}={value}" for name, value in parameters)
    plain = f"{base}?{query}"
    assert normalise(f"{base}?{tracking}=1&{query}") == normalise(plain)
    assert normalise(plain).split("?")[0] == base.rstrip("/") or not segments
    assert all(f"{name}={value}" in normalise(plain) for name, value in parameters)


def test_sites_are_registrable_domains():
    assert site_of("https://www.jornada.com.mx/rss") == "jornada.com.mx"
    assert site_of("https://uno.blogspot.com/") == "uno.blogspot.com"
    assert site_of("https://www.diario.ejemplo/") == "diario.ejemplo"
    assert site_of("http://127.0.0.1:8000/a") == "127.0.0.1"
    assert site_of("http://[2001:db8::1]/a") == "2001:db8::1"
    assert site_of("http://localhost/a") == "localhost"
    assert site_of("https://gob.mx/") == "gob.mx"
    assert site_of("no es una dirección") == ""
    assert same_site("https://m.diario.com.mx/a", "http://www.diario.com.mx/b")
    assert not same_site("https://diario.com.mx/", "https://otro.com.mx/")
    assert not same_site("", "")


def test_front_pages_and_origins():
    assert is_front_page("https://diario.ejemplo/#arriba")
    assert not is_front_page("https://diario.ejemplo/?p=1")
    assert origin_of("HTTPS://Diario.ejemplo:443/a/b") == "https://diario.ejemplo"
    assert origin_of("mailto:x") == ""


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("https://Diario.ejemplo/A/?utm_source=x&b=2&a=1&fbclid=9#c", "https://Diario.ejemplo/A/?b=2&a=1"),
        ("https://diario.ejemplo/a?partner=rss", "https://diario.ejemplo/a"),
        ("https://diario.ejemplo/a?q=%C3%B1", "https://diario.ejemplo/a?q=%C3%B1"),
        ("https://diario.ejemplo/a", "https://diario.ejemplo/a"),
    ],
)
def test_what_is_asked_for_is_as_given_without_tracking(given_url, expected):
    assert untracked(given_url) == expected
    assert normalise(untracked(given_url)) == normalise(given_url)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/a/b", "https://diario.ejemplo/a/b"),
        ("  https://otro.ejemplo/con blanco\n ", "https://otro.ejemplo/con%20blanco"),
        ("https://otro.ejemplo/pa\nrti\rda\t", "https://otro.ejemplo/partida"),
        ("\x00\x1fhttps://otro.ejemplo/a\x1b[31m\x85\u2028\u202eb", "https://otro.ejemplo/a%1B[31m%C2%85%E2%80%A8%E2%80%AEb"),
        ("https://otro.ejemplo/\ud800", "https://otro.ejemplo/%3F"),
        ("https://otro.ejemplo/ñandú", "https://otro.ejemplo/ñandú"),
        ("", ""),
        (" \n ", ""),
        ("javascript:alert(1)", ""),
        ("http://[::1", ""),
        ("http://con blanco.ejemplo/", ""),
        ("http://a:99999999/", ""),
        ("http:///sin-sitio", ""),
        ("https://x.ejemplo℀/", ""),
    ],
)
def test_what_a_link_leads_to_can_be_asked_for_and_written_on_a_line(href, address):
    assert web_address(href, "https://diario.ejemplo/nota") == address


@given(st.text(), st.sampled_from(["", "https://", "HTTP://diario.ejemplo/", "https://diario.ejemplo:80/?"]))
def test_what_a_link_leads_to_is_printable_or_nothing(text, start):
    found = web_address(start + text, "https://diario.ejemplo/nota")
    assert found == "" or (found.isprintable() and " " not in found and found.lower().startswith(("http://", "https://")))
